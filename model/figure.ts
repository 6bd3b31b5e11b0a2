import type { EpochMs } from './vocabulary.ts';

/** Fewer have no median, and fewer no 95th percentile, which of few is the worst one, by chance. */
const MEDIAN_FROM = 5;
const P95_FROM = 60;

/** What is known of the delays behind a figure, in ms; a quantile is null if it is not known. */
export interface MeasuredDelays {
  n: number;
  median_ms: number | null;
  p95_ms: number | null;
}

/** What may be said of delays: a figure with its n, or why there is none. */
export type DelayFigure =
  | { kind: 'quantiles'; n: number; median_ms: number; p95_ms: number | null }
  | { kind: 'too_few'; n: number }
  | { kind: 'mostly_bad'; n: number };

/**
 * Quantiles as far as n carries them: no median of fewer than 5, no 95th percentile of fewer than
 * 60. Without a median of enough, most of what was measured was bad.
 */
export function delayFigure({ n, median_ms, p95_ms }: MeasuredDelays): DelayFigure {
  if (n < MEDIAN_FROM) return { kind: 'too_few', n };
  if (median_ms === null) return { kind: 'mostly_bad', n };
  return { kind: 'quantiles', n, median_ms, p95_ms: n < P95_FROM ? null : p95_ms };
}

/** How much of some days a component was measured in. */
export interface MeasuredDays {
  from: EpochMs;
  /** Start of the first time in which its state was known; null: none was. */
  known_from: EpochMs | null;
}

/** Since when it is measured, if for less than all of the days; else null. */
export function measuredSince({ from, known_from }: MeasuredDays): EpochMs | null {
  return known_from !== null && known_from > from ? known_from : null;
}

/** The same of all of them: since the first of them is measured. Nothing of none. */
export function firstMeasured(all: readonly MeasuredDays[]): MeasuredDays | null {
  return all.reduce<MeasuredDays | null>((first, it) => {
    if (it.known_from === null) return first ?? it;
    return (first?.known_from ?? Number.POSITIVE_INFINITY) <= it.known_from ? first : it;
  }, null);
}
