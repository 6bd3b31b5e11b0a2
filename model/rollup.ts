import type { EpochMs, Outcome } from './vocabulary.ts';

/** Period of a roll-up: an hour (UTC) or a day (page zone). */
export type Grain = 'hour' | 'day';

/**
 * Aggregate of the results of one check over one hour or one day. Roll-ups merge without loss,
 * which averages of percentiles do not.
 */
export interface Rollup {
  check: string;
  /** Start of the hour (UTC) or of the day (page zone). */
  from: EpochMs;
  n: number;
  /**
   * Results by outcome; `ok` includes the slow ones. For sync: journeys due, `ok` = arrived in
   * time.
   */
  outcomes: Partial<Record<Outcome, number>>;
  slow: number;
  /** Delays of good results in ms as an encoded sketch (model/sketch.ts). */
  delays: Uint8Array | null;
  simulated: boolean;
}

/** What has to be added to a roll-up, and taken from it: counts may be below 0. */
export interface RollupPart extends Rollup {
  /** Delays, as those of the roll-up. */
  without?: Uint8Array;
}

/** A roll-up without results. */
export function emptyRollup(check: string, from: EpochMs): Rollup {
  return { check, from, n: 0, outcomes: {}, slow: 0, delays: null, simulated: false };
}
