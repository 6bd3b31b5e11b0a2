import type { EpochMs } from './vocabulary.ts';

/** The usual median delay of a check in an hour, or in the rest of it from when it was known. */
export interface UsualDelay {
  check: string;
  from: EpochMs;
  to: EpochMs;
  median_ms: number;
  /**
   * Of a sync: their 99th percentile, and the 95th of the distance between arrivals; null: not
   * known.
   */
  p99_ms: number | null;
  apart_ms: number | null;
  /** Of the same hour of other days, or of all hours until that is known. */
  hours: 'same' | 'all';
}

/** By check, oldest first. */
export type UsualDelays = ReadonlyMap<string, readonly UsualDelay[]>;

/** As they are looked up, of delays in the order of time. */
export function usualByCheck(delays: readonly UsualDelay[]): UsualDelays {
  return Map.groupBy(delays, ({ check }) => check);
}
