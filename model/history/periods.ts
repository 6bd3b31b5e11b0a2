import { HOUR, MINUTE } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';
import { addDays, dayAt, startOfDay } from '../zone.ts';

export const HISTORY_GRAINS = ['minute', 'hour', 'day', 'month', 'year'] as const;
/** Lengths of periods: minutes and hours of UTC; days, months and years of the page's zone. */
export type HistoryGrain = (typeof HISTORY_GRAINS)[number];

/** [from, to) */
export interface Period {
  from: EpochMs;
  to: EpochMs;
}

/** The whole periods that overlap [from, to), in order. */
export function periodsOf(grain: HistoryGrain, range: Period, zone: string): Period[] {
  return [...eachPeriod(grain, range, zone)];
}

/** The same, each when it is asked for: 20 years of days are a tenth of a second of computing. */
export function* eachPeriod(
  grain: HistoryGrain,
  { from, to }: Period,
  zone: string,
): Generator<Period> {
  if (to <= from) return;
  if (grain === 'minute' || grain === 'hour') {
    yield* equalPeriods(grain === 'minute' ? MINUTE : HOUR, { from, to });
    return;
  }
  let name = firstDayOf(grain, dayAt(zone, from));
  for (let start = startOfDay(zone, name); start < to; ) {
    name = nextOf(grain, name);
    let end = startOfDay(zone, name);
    // A zone may have skipped a day: then it has no start.
    if (dayAt(zone, end) !== name) end = startOfDay(zone, addDays(name, 1));
    if (end > start) yield { from: start, to: end };
    start = Math.max(start, end);
  }
}

function* equalPeriods(length_ms: number, { from, to }: Period): Generator<Period> {
  for (let start = from - (from % length_ms); start < to; start += length_ms)
    yield { from: start, to: start + length_ms };
}

/** The first day of the day's month or year, YYYY-MM-DD. */
function firstDayOf(grain: HistoryGrain, day: string): string {
  if (grain === 'month') return `${day.slice(0, 7)}-01`;
  return grain === 'year' ? `${day.slice(0, 4)}-01-01` : day;
}

function nextOf(grain: HistoryGrain, first: string): string {
  const longest = { minute: 1, hour: 1, day: 1, month: 31, year: 366 }[grain];
  return firstDayOf(grain, addDays(first, longest));
}
