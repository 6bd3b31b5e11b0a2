import { html, nothing, type TemplateResult } from 'lit/html.js';
import {
  delaysText,
  invoicesText,
  toldDelaysText,
  watermarkText,
} from '../../../messages/figures.ts';
import {
  noteSentence,
  type PageWords,
  stateName,
  wellText,
  whySentences,
} from '../../../messages/index.ts';
import { isAside, isOnlyTold, isQuiet, type Note } from '../../../model/component.ts';
import type { ComponentView } from '../../../model/overview.ts';
import { wellOf } from '../../../model/well.ts';
import { componentMaintenance } from './component-maintenance.ts';
import { STATE_CLASS, stateIcon } from './icons.ts';
import { componentRecovery } from './recovered.ts';
import { componentStages } from './stages.ts';

/** The current state by name and shape, the main figure, and the reason. */
export function componentHead(view: ComponentView, words: PageWords): TemplateResult {
  const { text } = words;
  return html`<div class="head">
      <h3>${stateIcon(view.state)}${text(`function.${view.function}`)} <span
        class=${STATE_CLASS[view.state]}>${stateWord(view, words)}</span></h3>
      ${view.sync ? syncFigure(view, words) : delays(view, words)}
    </div>
    ${notes(view, words)}
    ${componentRecovery(view, words)}
    ${invoices(view, words)}
    ${componentStages(view, words)}
    ${asides(view, words)}
    ${view.maintenance ? componentMaintenance(view.maintenance, words) : nothing}
    ${measured(view, words)}`;
}

/** What is known of the invoices that are followed. */
function invoices({ sync, state }: ComponentView, words: PageWords) {
  const told = sync === null || sync.sample === 0 ? '' : invoicesText(sync, state, words);
  return told === '' ? nothing : html`<p class="detail">${told}</p>`;
}

/** Time of measurement and end of its validity. */
function measured(view: ComponentView, words: PageWords) {
  const { state, measured_at, valid_until } = view;
  if (state === 'unknown' || measured_at === null || valid_until === null) return nothing;
  const key = isOnlyTold(view) ? 'measured.told_at' : 'measured.at';
  const at = words.text(key, { time: words.clockToday(measured_at) });
  const until = words.text('measured.until', { time: words.clockToday(valid_until) });
  return html`<p class="measured">${at} · ${until}</p>`;
}

function stateWord(view: ComponentView, words: PageWords): string {
  return view.state === 'operational' ? wellText(wellOf(view), words) : stateName(view, words);
}

/**
 * What files were checked by, and what was odd without being a disturbance; that it only answers is
 * said by its state already.
 */
function asides(view: ComponentView, words: PageWords) {
  const is_said = (note: Note) => note.code === 'noticed' && note.note === 'answered_only';
  const odd = view.notes.filter((note) => isAside(note) && !is_said(note));
  if (odd.length === 0) return nothing;
  const sentences = odd.map((note) => noteSentence(note, words, view.names));
  return html`<p class="detail">${sentences.join(words.text('sentence.separator'))}</p>`;
}

/** Why it is in its state. */
function notes(view: ComponentView, words: PageWords) {
  const why = whySentences(view, words);
  if (view.state === 'operational' || why.length === 0) return nothing;
  const separator = words.text('sentence.separator');
  const since =
    view.since === null || view.state === 'unknown'
      ? nothing
      : html`${words.text('note.since', { time: words.dateTime(view.since) })}${separator}`;
  return html`<p class="note ${STATE_CLASS[view.state]}-note">${since}${why.join(separator)}</p>`;
}

/** Of what is unknown now, or not used, as they were when it was last measured. */
function delays(view: ComponentView, words: PageWords) {
  const { recent, state, measured_at } = view;
  if (recent === null) return nothing;
  const { n, told } = recent;
  const until = state === 'unknown' || isQuiet(view) ? measured_at : null;
  return html`${n === 0 ? nothing : figureWithBasis(delaysText(recent, until, words))}${
    told === undefined || told.n === 0
      ? nothing
      : figureWithBasis(toldDelaysText(told, until, words))
  }`;
}

function syncFigure({ sync, measured_at }: ComponentView, words: PageWords) {
  if (sync === null || sync.sample === 0) return nothing;
  return figureWithBasis(watermarkText(sync, measured_at, words));
}

function figureWithBasis({ figure, basis }: { figure: string; basis: string }) {
  return html`<p class="figure"><b>${figure}</b> · <small>${basis}</small></p>`;
}
