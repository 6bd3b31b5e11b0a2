import { MINUTE, SECOND } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import { normal } from './random.ts';

/**
 * Half of the invoices arrive within 20 s, 95 % within 90 s, all within 10 minutes of working sync.
 */
const MEDIAN_MS = 20 * SECOND;
const P95_MS = 90 * SECOND;
const LONGEST_MS = 10 * MINUTE;

/** 95 % quantile of the standard normal distribution. */
const Z95 = 1.6449;
const SIGMA = Math.log(P95_MS / MEDIAN_MS) / Z95;

/** A period [from, to) in which the sync works at a fraction of its speed; 0: stalled. */
export interface Disturbance {
  from: EpochMs;
  to: EpochMs;
  rate: number;
}

/** Working time of the sync until an invoice arrives: lognormal, deterministic per invoice. */
export function syncDelayMs(seed: string, number: string, accepted_at: EpochMs): number {
  const drawn = MEDIAN_MS * Math.exp(SIGMA * normal(seed, number, accepted_at));
  return Math.min(drawn, LONGEST_MS);
}

/**
 * Working time of the sync in [from, to), in ms at full speed; overlapping disturbances count at
 * the lowest rate.
 */
export function workedMs(from: EpochMs, to: EpochMs, disturbances: readonly Disturbance[]): number {
  const edges = disturbances
    .flatMap((it) => [it.from, it.to])
    .filter((at) => from < at && at < to)
    .toSorted((a, b) => a - b);
  let worked = 0;
  let at = from;
  for (const next of [...edges, to]) {
    worked += Math.max(0, next - at) * rateAt(at, disturbances);
    at = next;
  }
  return worked;
}

function rateAt(at: EpochMs, disturbances: readonly Disturbance[]): number {
  const rates = disturbances.filter((it) => it.from <= at && at < it.to).map(({ rate }) => rate);
  return Math.min(1, ...rates);
}
