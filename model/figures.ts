import { FIGURE_NUMBERS } from './figure-numbers.ts';
import { measuredIn, type StateSpan } from './ledger.ts';
import { isOutage, SEVERITY } from './severity.ts';
import type { ComponentId, EpochMs, State } from './vocabulary.ts';
import type { Day } from './zone.ts';

/** Time in which what is bad is excused: maintenance announced in time. */
export interface ExcludedTime {
  components: readonly ComponentId[];
  from: EpochMs;
  to: EpochMs;
}

/**
 * Up time and counted time, in ms. Not a ratio: 0 ÷ 0 is "not measured", and a ratio would hide the
 * duration.
 */
export interface Availability {
  up_ms: number;
  /** Counted time: what is known, without bad time that is excused. */
  valid_ms: number;
  /** Major outage that nothing excuses. */
  down_ms: number;
  /** Partial outage that nothing excuses: some users were affected, which is not down. */
  partial_ms: number;
  /** Bad time that is excused: neither up nor down. Good time never is. */
  excluded_ms: number;
  /** The unadjusted figure, in which nothing is excused. */
  raw: { up_ms: number; valid_ms: number };
}

/**
 * Availability by time: 1 − unexcused major outage ÷ (known − excused bad). Measurement alone
 * decides what was up and down, of a function under maintenance too; an announcement in time only
 * excuses what was bad.
 */
export function availability(
  spans: readonly StateSpan[],
  excluded: readonly ExcludedTime[],
): Availability {
  const times = union(excluded);
  const sums = { known_ms: 0, major_ms: 0, down_ms: 0, partial_ms: 0, excluded_ms: 0 };
  for (const span of spans) {
    const measured = measuredIn(span);
    if (measured === 'unknown') continue;
    const length = span.to - span.from;
    sums.known_ms += length;
    if (!isOutage(measured)) continue;
    const excused = times.reduce((sum, time) => sum + overlap(span, time), 0);
    sums.excluded_ms += excused;
    if (measured === 'major_outage') sums.major_ms += length;
    sums[measured === 'major_outage' ? 'down_ms' : 'partial_ms'] += length - excused;
  }
  const { known_ms, major_ms, down_ms, partial_ms, excluded_ms } = sums;
  const valid_ms = known_ms - excluded_ms;
  return {
    up_ms: valid_ms - down_ms,
    valid_ms,
    down_ms,
    partial_ms,
    excluded_ms,
    raw: { up_ms: known_ms - major_ms, valid_ms: known_ms },
  };
}

/** Whether nothing was bad, excused or not. */
export function isUndisturbed({ down_ms, partial_ms, excluded_ms }: Availability): boolean {
  return down_ms + partial_ms + excluded_ms === 0;
}

/**
 * "99.99": truncated to two decimals, so that 99.996 never prints 100; null when nothing was
 * measured.
 */
export function percent({
  up_ms,
  valid_ms,
}: Pick<Availability, 'up_ms' | 'valid_ms'>): string | null {
  if (valid_ms <= 0) return null;
  const hundredths = Math.floor((up_ms * 10_000) / valid_ms);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** What the bar of a day shows. */
export interface DayBar {
  /**
   * The worst state such that the component spent at least 5 minutes of the day in it or in a worse
   * one; null where less is known.
   */
  state: State | null;
  /** The worst outage that was too short for that, and how long it was in all; null: none. */
  shorter: { state: State; ms: number } | null;
  /** How long its state was known. */
  known_ms: number;
}

export function dayBars(spans: readonly StateSpan[], days: readonly Day[]): DayBar[] {
  let first = 0;
  return days.map((day) => {
    while (first < spans.length && (spans[first] as StateSpan).to <= day.from) first += 1;
    const spent = new Map<State, number>();
    for (let i = first; i < spans.length; i += 1) {
      const span = spans[i] as StateSpan;
      if (span.from >= day.to) break;
      spent.set(span.state, (spent.get(span.state) ?? 0) + overlap(span, day));
    }
    return dayBar(spent);
  });
}

function dayBar(spent: ReadonlyMap<State, number>): DayBar {
  let known_ms = 0;
  let state: State | null = null;
  let shorter: DayBar['shorter'] = null;
  for (const it of SEVERITY) {
    const ms = spent.get(it) ?? 0;
    known_ms += ms;
    if (known_ms >= FIGURE_NUMBERS.bar_ms) state ??= it;
    else if (ms > 0 && isOutage(it)) shorter ??= { state: it, ms };
  }
  return { state, shorter, known_ms };
}

interface Interval {
  from: EpochMs;
  to: EpochMs;
}

function overlap(a: Interval, b: Interval): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

/** The same time as disjoint intervals, so that overlapping windows are not counted twice. */
function union(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const interval of [...intervals].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && interval.from <= last.to) last.to = Math.max(last.to, interval.to);
    else merged.push({ from: interval.from, to: interval.to });
  }
  return merged;
}
