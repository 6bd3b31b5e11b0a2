import { html, nothing, type TemplateResult } from 'lit';
import type { PageWords } from '../../../messages/index.ts';
import { measuredSince } from '../../../model/figure.ts';
import { percent } from '../../../model/figures.ts';
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
      ${days.map((day) => dayBar(day.state))}</div>
    <div class="scale"><span>${words.text('bars.start', { days: count })}</span>
      <span>${availabilityText(view, words)}</span><span>${words.text('bars.end')}</span></div>
    ${announced(view, words)}
    <details><summary>${words.text('bars.table')}<span
      class="unseen"> · ${names.system} ${names.function}</span></summary>
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

/** The shape of a bar encodes its state; null is a day without measurement. */
export function dayBar(state: State | null): TemplateResult {
  return BARS[state ?? 'none'];
}

/** Availability of sync counts invoices that arrived in time, others count time. */
function availabilityText({ history }: ComponentOverview, words: PageWords): string {
  const { promise, availability, n } = history;
  if (promise !== null && promise.due > 0) {
    return words.text('bars.promise', {
      within: words.duration(promise.within_ms),
      percent: `${percent({ up_ms: promise.arrived, valid_ms: promise.due })}%`,
      n: promise.due,
    });
  }
  const figure = percent(availability);
  // No figure without n: after the start roll-ups are not written yet.
  if (figure === null || n === 0) return words.text('bars.availability_none');
  const since = measuredSince(history);
  return since === null
    ? words.text('bars.availability', { percent: `${figure}%`, n })
    : words.text('bars.availability_since', {
        since: words.dateTime(since),
        percent: `${figure}%`,
        n,
      });
}

/**
 * Where announced maintenance is excluded, the figure that includes it is printed too. Sync has no
 * excluded time.
 */
function announced({ history: { availability, promise } }: ComponentOverview, words: PageWords) {
  if (availability.excluded_ms === 0 || promise !== null) return nothing;
  return html`<p class="announced">${words.text('bars.announced', {
    excluded: words.duration(availability.excluded_ms),
    percent: percentText(availability.raw),
  })}</p>`;
}

function table(view: ComponentOverview, words: PageWords): TemplateResult {
  const { text } = words;
  const counted = view.function === 'sync' ? text('bars.invoices') : text('bars.runs');
  return html`<table>
    <caption>${text('bars.table_caption', {
      system: words.name(view.system_name),
      function: text(`function.${view.function}`),
      zone: words.zone(),
    })}</caption>
    <thead><tr><th scope="col">${text('bars.day')}</th><th scope="col">${text('bars.state')}</th>
      <th scope="col">${text('bars.down')}</th><th scope="col">${text('bars.day_availability')}</th>
      <th scope="col">${counted}</th></tr></thead>
    <tbody>${stretches(view.history.days).map((stretch) => row(stretch, words))}</tbody>
  </table>`;
}

/** Consecutive days with one state, and neither down time nor gaps. */
interface Stretch {
  first: DayView;
  last: DayView;
  n: number;
}

/** Groups days, newest first; days with down time or gaps are separate. */
function stretches(days: readonly DayView[]): Stretch[] {
  const found: Stretch[] = [];
  for (const day of [...days].reverse()) {
    const open = found.at(-1);
    if (open && isQuiet(open.first) && isQuiet(day) && open.first.state === day.state) {
      open.first = day;
      open.n += day.n;
    } else found.push({ first: day, last: day, n: day.n });
  }
  return found;
}

function isQuiet({ availability: { down_ms, excluded_ms }, gaps }: DayView): boolean {
  return down_ms === 0 && excluded_ms === 0 && gaps.length === 0;
}

function row({ first, last, n }: Stretch, words: PageWords): TemplateResult {
  const { text } = words;
  const day =
    first === last
      ? words.day(first.day)
      : text('bars.span', { from: words.day(first.day), to: words.day(last.day) });
  if (first.state === null) {
    return html`<tr><th scope="row">${day}</th>
      <td colspan="4" class="is-unknown">${text('bars.no_data')}${dayGaps(first, words)}</td></tr>`;
  }
  const { down_ms } = first.availability;
  const stateName = text(`state.${first.state}`);
  return html`<tr><th scope="row">${day}</th>
    <td class=${STATE_CLASS[first.state]}>${stateName}${dayGaps(first, words)}</td>
    <td>${down_ms > 0 ? words.duration(down_ms) : text('bars.down_none')}</td>
    <td>${dayAvailability(first, words)}</td><td>${words.number(n)}</td></tr>`;
}

/** How long of the day we did not measure, and why. */
function dayGaps({ gaps }: DayView, words: PageWords) {
  if (gaps.length === 0) return nothing;
  return gaps.map(({ cause, ms }) => {
    const duration = words.duration(ms);
    const gap = words.text('bars.day_gap', { duration, cause: words.text(`gap.${cause}`) });
    return html`<br><small>${gap}</small>`;
  });
}

/** Includes the second figure where maintenance announced in time was excluded. */
function dayAvailability({ availability }: DayView, words: PageWords): string {
  const figure = percentText(availability);
  if (availability.excluded_ms === 0) return figure;
  return words.text('bars.day_announced', {
    percent: figure,
    raw: percentText(availability.raw),
  });
}

function percentText(time: { up_ms: number; valid_ms: number }): string {
  const figure = percent(time);
  return figure === null ? '–' : `${figure}%`;
}
