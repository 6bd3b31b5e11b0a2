import type { StateSpan } from './ledger.ts';
import { SEVERITY } from './severity.ts';
import { MINUTE } from './time.ts';
import type { ComponentId, EpochMs, State } from './vocabulary.ts';
import type { Day } from './zone.ts';

/** Time excluded from the denominator: maintenance announced in time. */
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
  /** Counted time: without unknown and excluded time. */
  valid_ms: number;
  down_ms: number;
  /** Maintenance announced in time: neither up nor down. */
  excluded_ms: number;
  /** The unadjusted figure, in which excluded time counts by its state. */
  raw: { up_ms: number; valid_ms: number };
}

const DOWN: ReadonlySet<State> = new Set(['partial_outage', 'major_outage', 'under_maintenance']);

/**
 * Availability by time: 1 − (partial + major) ÷ (known − excluded). Maintenance that `excluded`
 * does not cover was not announced in time, or overran, and counts as down.
 */
export function availability(
  spans: readonly StateSpan[],
  excluded: readonly ExcludedTime[],
): Availability {
  let valid_ms = 0;
  let down_ms = 0;
  let excluded_ms = 0;
  let raw_down_ms = 0;
  const times = union(excluded);
  for (const span of spans) {
    if (span.state === 'unknown') continue;
    const length = span.to - span.from;
    const covered = times.reduce((sum, time) => sum + overlap(span, time), 0);
    excluded_ms += covered;
    valid_ms += length - covered;
    if (DOWN.has(span.state)) {
      down_ms += length - covered;
      raw_down_ms += length;
    }
  }
  const known_ms = valid_ms + excluded_ms;
  return {
    up_ms: valid_ms - down_ms,
    valid_ms,
    down_ms,
    excluded_ms,
    raw: { up_ms: known_ms - raw_down_ms, valid_ms: known_ms },
  };
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

const BAR_MINIMUM_MS = 5 * MINUTE;

/**
 * One state per day: the worst state such that the component spent at least 5 minutes of that day
 * in it or in a worse one; null for a day without measurement.
 */
export function dayBars(spans: readonly StateSpan[], days: readonly Day[]): (State | null)[] {
  let first = 0;
  return days.map((day) => {
    while (first < spans.length && (spans[first] as StateSpan).to <= day.from) first += 1;
    const spent = new Map<State, number>();
    for (let i = first; i < spans.length; i += 1) {
      const span = spans[i] as StateSpan;
      if (span.from >= day.to) break;
      spent.set(span.state, (spent.get(span.state) ?? 0) + overlap(span, day));
    }
    let at_or_worse_ms = 0;
    for (const state of SEVERITY) {
      at_or_worse_ms += spent.get(state) ?? 0;
      if (at_or_worse_ms >= BAR_MINIMUM_MS) return state;
    }
    return null;
  });
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
