import { html, nothing, type TemplateResult } from 'lit';
import { noteSentence, type PageWords, stateName, whySentences } from '../../../messages/index.ts';
import {
  isAnsweredOnly,
  isAside,
  type Note,
  type RecentDelays,
  type SyncProgress,
} from '../../../model/component.ts';
import { type DelayFigure, delayFigure } from '../../../model/figure.ts';
import type { ComponentView } from '../../../model/overview.ts';
import { componentMaintenance } from './component-maintenance.ts';
import { STATE_CLASS, stateIcon } from './icons.ts';

/** The current state by name and shape, the main figure, and the reason. */
export function componentHead(view: ComponentView, words: PageWords): TemplateResult {
  const { text } = words;
  return html`<div class="head">
      <h3>${stateIcon(view.state)}${text(`function.${view.function}`)} <span
        class=${STATE_CLASS[view.state]}>${stateWord(view, words)}</span></h3>
      ${view.sync ? syncFigure(view.sync, view.measured_at, words) : delays(view.recent, words)}
    </div>
    ${notes(view, words)}
    ${view.sync && view.sync.sample > 0 ? syncDetails(view.sync, words) : nothing}
    ${asides(view, words)}
    ${view.maintenance ? componentMaintenance(view.maintenance, words) : nothing}
    ${measured(view, words)}`;
}

/** Time of measurement and end of its validity. */
function measured({ state, measured_at, valid_until }: ComponentView, words: PageWords) {
  if (state === 'unknown' || measured_at === null || valid_until === null) return nothing;
  const at = words.text('measured.at', { time: words.clock(measured_at) });
  const until = words.text('measured.until', { time: words.clock(valid_until) });
  return html`<p class="measured">${at} · ${until}</p>`;
}

function stateWord(view: ComponentView, words: PageWords): string {
  const { text } = words;
  if (isAnsweredOnly(view)) return text('task.answered_only');
  return view.function === 'reach' && view.state === 'operational'
    ? text('task.reach_only')
    : stateName(view, words);
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

function delays(recent: RecentDelays | null, words: PageWords) {
  if (recent === null || recent.n === 0) return nothing;
  const { text } = words;
  const basis = { window: words.duration(recent.window_ms), n: recent.n };
  return html`<p class="figure"><b>${delayText(delayFigure(recent), words)}</b> <small>${
    recent.bad > 0
      ? text('number.basis_bad', { ...basis, bad: recent.bad })
      : text('number.basis', basis)
  }</small></p>`;
}

/** Without n and window, which stand beside it. */
function delayText(figure: DelayFigure, words: PageWords): string {
  if (figure.kind === 'too_few') return words.text('number.delays_few');
  if (figure.kind === 'mostly_bad') return words.text('number.delays_unknown');
  const median = words.duration(figure.median_ms);
  return figure.p95_ms === null
    ? words.text('number.delays_tail_unknown', { median })
    : words.text('number.delays', { median, p95: words.duration(figure.p95_ms) });
}

function syncFigure(sync: SyncProgress, measured_at: number | null, words: PageWords) {
  const { text } = words;
  if (sync.sample === 0) return nothing;
  const watermark =
    sync.watermark_at === null
      ? text('number.watermark_none')
      : text('number.watermark', {
          time: words.timeNear(sync.watermark_at, measured_at ?? sync.watermark_at),
        });
  const sample = text('number.sample', { n: sync.sample });
  return html`<p class="figure"><b>${watermark}</b> <small>${sample}</small></p>`;
}

function syncDetails(sync: SyncProgress, words: PageWords) {
  const { text } = words;
  const sentences = [
    sync.waiting > 0 && sync.oldest_waiting_at !== null
      ? text('sync.waiting', {
          n: sync.waiting,
          time: words.timeNear(
            sync.oldest_waiting_at,
            sync.last_arrival_at ?? sync.oldest_waiting_at,
          ),
        })
      : text('sync.none_waiting'),
    arrivals(delayFigure(sync.arrived), words),
    ...(sync.lost > 0 ? [text('sync.lost', { n: sync.lost })] : []),
  ];
  return html`<p class="detail">${sentences.join(text('sentence.separator'))}</p>`;
}

function arrivals(figure: DelayFigure, words: PageWords): string {
  const { n } = figure;
  if (figure.kind !== 'quantiles') return words.text('sync.arrived_few', { n });
  return words.text('sync.arrived', { n, delays: delayText(figure, words) });
}
