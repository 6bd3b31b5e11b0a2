import { html, nothing, type TemplateResult } from 'lit/html.js';
import { wasDisturbedText } from '../../../messages/incidents.ts';
import { type PageWords, wellText } from '../../../messages/index.ts';
import { lastedText } from '../../../messages/lasted.ts';
import type { ComponentView, Recovered } from '../../../model/overview.ts';
import { wellOf } from '../../../model/well.ts';
import { timeElement } from './time.ts';

/** What is well again since a short while, the last first; nothing where nothing is. */
export function recoveryList(components: readonly ComponentView[], words: PageWords) {
  const recovered = components
    .flatMap((view) => (view.recovered === null ? [] : [{ view, recovered: view.recovered }]))
    .sort((a, b) => b.recovered.since - a.recovered.since);
  if (recovered.length === 0) return nothing;
  return html`<ul class="recoveries">${recovered.map(
    (it) => html`<li>${systemRecovery(it.view, it.recovered, words)}</li>`,
  )}</ul>`;
}

/** The same of one function, beside its state; nothing where it was not out. */
export function componentRecovery(view: ComponentView, words: PageWords) {
  const { recovered } = view;
  if (recovered === null) return nothing;
  const told = recovery(view, recovered, outageText(view, recovered, words), words);
  return html`<p class="recovered">${told}</p>`;
}

function systemRecovery(view: ComponentView, recovered: Recovered, words: PageWords) {
  const system = words.name(view.system_name);
  const what = outageText(view, recovered, words);
  return recovery(view, recovered, words.text('incident.title', { system, what }), words);
}

/** 下载曾中断 */
function outageText({ id }: ComponentView, { ailment }: Recovered, words: PageWords): string {
  return wasDisturbedText(id, { ailment, bad_time: null }, words);
}

function recovery(
  view: ComponentView,
  { since, bad_time, incident }: Recovered,
  outage: string,
  words: PageWords,
): TemplateResult {
  const { locale, text, href } = words;
  const lasted = lastedText(bad_time, words);
  const state = wellText(wellOf(view), words);
  const well = text('recovered.since', { time: words.dateTime(since), state });
  return html`<b>${text('recovered.title')}</b> ${outage} · ${lasted} · ${timeElement(
    since,
    well,
  )} · <a href=${href(`/${locale}/incidents/${incident}`)}>${text('incidents.details')}</a>`;
}
