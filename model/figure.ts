import type { MeasuredDelays, ValueRange } from './delays.ts';
import { FIGURE_NUMBERS } from './figure-numbers.ts';
import { type Availability, percent } from './figures.ts';
import type { EpochMs } from './vocabulary.ts';

/** The time of a figure: the last so many ms, until an instant if not until now; or days. */
export type FigureWindow = { last_ms: number; until: EpochMs | null } | { days: number };

/** What a figure rests on, and is never told without. */
export interface Basis {
  /** Judged measurements, or invoices. */
  n: number;
  window: FigureWindow;
  /** Since when it is measured, if for less than all of the window; else null. */
  since: EpochMs | null;
}

export interface KnownFigure extends Basis {
  is_known: true;
  value: number | ValueRange;
  unit: 'percent' | 'ms';
}

/**
 * Why there is no figure yet: nothing was measured, or too little; most of it was bad; nothing was
 * due; all of it is excused.
 */
export type NotYet = 'unmeasured' | 'too_few' | 'mostly_bad' | 'nothing_due' | 'excused';

/** A number of what was measured, or why there is none. Made here only, and worded in messages. */
export type Figure = KnownFigure | (Basis & { is_known: false; why: NotYet });

/** The median of delays: none of fewer than 5, nor where most of them were bad. */
export function medianFigure({ n, median_ms }: MeasuredDelays, basis: Omit<Basis, 'n'>): Figure {
  if (n < FIGURE_NUMBERS.median_from) return { ...basis, n, is_known: false, why: 'too_few' };
  return ofDelay(median_ms, { ...basis, n });
}

/** Their 95th percentile: none of fewer than 60, nor where it falls on a bad one. */
export function p95Figure(
  { n, p95_ms }: MeasuredDelays,
  basis: Omit<Basis, 'n'>,
  from = FIGURE_NUMBERS.p95_from,
): Figure {
  if (n < from) return { ...basis, n, is_known: false, why: 'too_few' };
  return ofDelay(p95_ms, { ...basis, n });
}

function ofDelay(value: number | ValueRange | null, basis: Basis): Figure {
  return value === null
    ? { ...basis, is_known: false, why: 'mostly_bad' }
    : { ...basis, is_known: true, value, unit: 'ms' };
}

/** Availability by time, truncated to two decimals: 99.996 is 99.99. */
export function availabilityFigure(time: Counted<Availability>, basis: Basis): Figure {
  if (basis.n === 0) return { ...basis, is_known: false, why: 'unmeasured' };
  if (time.valid_ms <= 0)
    return { ...basis, is_known: false, why: time.excluded_ms > 0 ? 'excused' : 'unmeasured' };
  return ofPercent(percent(time), basis);
}

type Counted<T extends Availability> = Pick<T, 'up_ms' | 'valid_ms' | 'excluded_ms'>;

/** The share of n that was so, truncated like an availability. */
export function shareFigure(count: number, basis: Basis, none: NotYet = 'unmeasured'): Figure {
  if (basis.n === 0) return { ...basis, is_known: false, why: none };
  return ofPercent(percent({ up_ms: count, valid_ms: basis.n }), basis);
}

function ofPercent(value: string | null, basis: Basis): Figure {
  return value === null
    ? { ...basis, is_known: false, why: 'unmeasured' }
    : { ...basis, is_known: true, value: Number(value), unit: 'percent' };
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
