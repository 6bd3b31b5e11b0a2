import { html, nothing, type TemplateResult } from 'lit';
import { availabilityText, dayFigures, unexcusedText } from '../../../messages/availability.ts';
import type { PageWords } from '../../../messages/index.ts';
import { isUnrecorded } from '../../../messages/own-trouble.ts';
import { isUndisturbed } from '../../../model/figures.ts';
import type { ComponentOverview, DayView } from '../../../model/overview.ts';
import type { State } from '../../../model/vocabulary.ts';
import { STATE_CLASS } from '../../web/views/icons.ts';

/** The days of a component as bars, its availability with n, and the same as a table. */
export function history(view: ComponentOverview, words: PageWords): TemplateResult {
  const { days } = view.history;
  const names = {
    system: words.name(view.system_name),
    function: words.text(`function.${view.function}`),
  };
  const count = String(days.length);
  return html`<div class="history" id="${view.id}-history">
    <div class="bars" role="img"
      aria-label=${words.text('bars.label', { ...names, days: count })}>
      ${days.map((day) => dayBar(day.state, day.shorter !== null))}</div>
    <div class="scale"><span>${words.text('bars.start', { days: count })}</span>
      <span>${availabilityText(view.history, words)}</span>
      <span>${words.text('bars.end')}</span></div>
    ${unexcused(view, words)}
    <details><summary>${words.text('bars.table')}<span
      class="unseen"> · ${words.text('verdict.of_system', names)}</span></summary>
      <div class="scroll" tabindex="0" role="group"
        aria-label=${words.text('bars.table')}>${table(view, words)}</div>
    </details>
  </div>`;
}

const BARS: Record<State | 'none', TemplateResult> = {
  operational: html`<i></i>`,
  degraded_performance: html`<i class="slow"></i>`,
  partial_outage: html`<i class="partial"></i>`,
  major_outage: html`<i class="major"></i>`,
  under_maintenance: html`<i class="planned"></i>`,
  unknown: html`<i class="none"></i>`,
  none: html`<i class="none"></i>`,
};

/**
 * The shape of a bar encodes its state; null is a day of which too little is known. A mark below it
 * says that there was a shorter outage.
 */
export function dayBar(state: State | null, is_marked = false): TemplateResult {
  const bar = BARS[state ?? 'none'];
  return is_marked ? html`<b>${bar}</b>` : bar;
}

function unexcused({ history }: ComponentOverview, words: PageWords) {
  const told = unexcusedText(history, words);
  return told === null ? nothing : html`<p class="announced">${told}</p>`;
}

function table(view: ComponentOverview, words: PageWords): TemplateResult {
  const { text } = words;
  const is_sync = view.function === 'sync';
  const columns = is_sync ? SYNC_COLUMNS : COLUMNS;
  return html`<table>
    <caption>${text('bars.table_caption', {
      system: words.name(view.system_name),
      function: text(`function.${view.function}`),
      zone: words.zone(),
    })}</caption>
    <thead><tr>${columns.map((it) => html`<th scope="col">${text(`bars.${it}`)}</th>`)}</tr></thead>
    <tbody>${stretches(view.history.days).map((it) => row(it, is_sync, words))}</tbody>
  </table>`;
}

const COLUMNS = ['day', 'state', 'down', 'partial', 'day_availability', 'runs', 'good'] as const;
const SYNC_COLUMNS = ['day', 'state', 'down', 'partial', 'day_promise', 'invoices'] as const;

/** Consecutive days with one state, and neither outages nor gaps. */
interface Stretch {
  first: DayView;
  last: DayView;
  n: number;
  ok: number;
  told: number;
}

/** Groups days, newest first; days with outages or gaps are separate. */
function stretches(days: readonly DayView[]): Stretch[] {
  const found: Stretch[] = [];
  for (const day of [...days].reverse()) {
    const open = found.at(-1);
    if (open && isQuiet(open.first) && isQuiet(day) && isAlike(open.first, day)) {
      open.first = day;
      open.n += day.n;
      open.ok += day.ok;
      open.told += day.told ?? 0;
    } else found.push({ first: day, last: day, n: day.n, ok: day.ok, told: day.told ?? 0 });
  }
  return found;
}

function isQuiet({ availability, gaps }: DayView): boolean {
  return isUndisturbed(availability) && gaps.length === 0;
}

function isAlike(a: DayView, b: DayView): boolean {
  return a.state === b.state && (a.state !== null || isMeasured(a) === isMeasured(b));
}

/** Whether anything is known of the day. */
function isMeasured({ known_ms, n }: DayView): boolean {
  return known_ms > 0 || n > 0;
}

function row(stretch: Stretch, is_sync: boolean, words: PageWords): TemplateResult {
  const { first, last, n, ok, told } = stretch;
  const { text } = words;
  const day =
    first === last
      ? words.day(first.day)
      : text('bars.span', { from: words.day(first.day), to: words.day(last.day) });
  if (!isMeasured(first)) {
    const span = (is_sync ? SYNC_COLUMNS : COLUMNS).length - 1;
    return html`<tr><th scope="row">${day}</th><td colspan=${span}
      class="is-unknown">${text('bars.no_data')}${dayGaps(first, words)}</td></tr>`;
  }
  const together = { ...first, n, ok, told };
  const { down, partly, available, count, good } = dayFigures(together, is_sync, words);
  return html`<tr><th scope="row">${day}</th>
    <td class=${STATE_CLASS[first.state ?? 'unknown']}>${
      first.state === null ? text('bars.little_data') : text(`state.${first.state}`)
    }${shorterOutage(first, words)}${dayGaps(first, words)}</td>
    <td>${down}</td><td>${partly}</td><td>${available}</td><td>${count}</td>${
      is_sync ? nothing : html`<td>${good}</td>`
    }</tr>`;
}

/** The outage that was too short to be the state of the day. */
function shorterOutage({ shorter }: DayView, words: PageWords) {
  if (shorter === null) return nothing;
  const state = words.text(`state.${shorter.state}`);
  const duration = words.duration(shorter.ms);
  return html`<br><small>${words.text('bars.shorter', { state, duration })}</small>`;
}

/** How long of the day we did not measure, or not record in time, and why. */
function dayGaps({ gaps }: DayView, words: PageWords) {
  if (gaps.length === 0) return nothing;
  return gaps.map(({ cause, ms }) => {
    const duration = words.duration(ms);
    const key = isUnrecorded(cause) ? 'bars.day_gap_unrecorded' : 'bars.day_gap';
    const gap = words.text(key, { duration, cause: words.text(`gap.${cause}`) });
    return html`<br><small>${gap}</small>`;
  });
}
