import type { Clock } from '../../model/ports.ts';
import { DAY } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/**
 * The time by which rows grow old: a wall clock that is set forth makes nothing older for a day, so
 * that one which is wrong for an hour does not delete everything.
 */
export function createAge(clock: Clock): { now(): EpochMs } {
  let trusted = { at: clock.now(), monotonic: clock.monotonic() };
  return {
    now() {
      const elapsed_ms = clock.monotonic() - trusted.monotonic;
      // In whole ms, as the store keeps instants; the monotonic clock has fractions.
      const now = Math.min(clock.now(), Math.floor(trusted.at + elapsed_ms));
      if (elapsed_ms >= DAY) trusted = { at: clock.now(), monotonic: clock.monotonic() };
      return now;
    },
  };
}
