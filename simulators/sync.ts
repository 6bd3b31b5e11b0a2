import type { EpochMs } from '../model/vocabulary.ts';
import { normal } from './random.ts';

/** Half of the invoices arrive within 20 s, 95 % within 90 s, all within 10 minutes of a working sync. */
const MEDIAN_MS = 20_000;
const P95_MS = 90_000;
const LONGEST_MS = 600_000;

/** 95 % quantile of the standard normal distribution. */
const Z95 = 1.6449;
const SIGMA = Math.log(P95_MS / MEDIAN_MS) / Z95;

/** A time in which the sync stood still: [from, to). */
export interface Interval {
  from: EpochMs;
  to: EpochMs;
}

/** How much working time of the sync an invoice needs: lognormal, and the same whenever it is asked. */
export function syncDelayMs(seed: string, number: string, accepted_at: EpochMs): number {
  const drawn = MEDIAN_MS * Math.exp(SIGMA * normal(seed, number, accepted_at));
  return Math.min(drawn, LONGEST_MS);
}

/** How long the sync worked in [from, to): all of it, less the stalls, overlapping ones counted once. */
export function workedMs(from: EpochMs, to: EpochMs, stalls: readonly Interval[]): number {
  let worked = 0;
  let at = from;
  for (const stall of stalls.toSorted((a, b) => a.from - b.from)) {
    if (stall.to <= stall.from) continue;
    if (stall.from >= to) break;
    worked += Math.max(0, stall.from - at);
    at = Math.max(at, stall.to);
  }
  return worked + Math.max(0, to - at);
}
