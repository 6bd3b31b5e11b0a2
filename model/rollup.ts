import type { EpochMs, Outcome } from './vocabulary.ts';

/**
 * What is kept of the results of one check over one hour (or one day of the page's zone). Two of them merge into
 * a third without loss, which averages of percentiles do not.
 */
export interface Rollup {
  check: string;
  /** Start of the hour (UTC) or of the day (page zone). */
  from: EpochMs;
  n: number;
  /** Results by outcome; `ok` includes the slow ones. For sync: journeys due, `ok` = arrived in time. */
  outcomes: Partial<Record<Outcome, number>>;
  slow: number;
  /** Delays of good results in ms as an encoded sketch (model/sketch.ts). */
  delays: Uint8Array | null;
  simulated: boolean;
}
