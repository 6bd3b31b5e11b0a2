import { NUMBERS } from '../../../model/numbers.ts';
import { type OwnDetail, ownDetail } from '../../../model/own-detail.ts';
import type { LineCondition } from '../../../model/own-trouble.ts';
import type { CarriedClock } from './wall-clock.ts';
import type { Delays } from './watch.ts';

/** Tells whether this machine is too busy to measure well. */
export interface MachineCondition {
  /** The condition if it changed, given our delays of the last 10 s. */
  after(delays: Delays): LineCondition | null;
}

/**
 * In trouble when starved twice in a row: a hiccup, a single pause and our own start spoil at most
 * some runs, which say so themselves, and are no state that people need to hear of.
 */
export function createMachineCondition(line: string, clock: CarriedClock): MachineCondition {
  let is_failing = false;
  /** When it was starved last; and the delays of the 10 s before. */
  let starved_at: number | null = null;
  let before: Delays = { sum_ms: 0, longest_from: 0 };
  return {
    after(delays) {
      const { starved_ms, starved_of_ms, starved_until_quiet_ms } = NUMBERS.own;
      const now = clock.monotonic();
      const sum_ms = before.sum_ms + delays.sum_ms;
      const is_starved = delays.sum_ms >= starved_ms;
      const is_twice = is_starved && before.sum_ms >= starved_ms;
      const since = before.longest_from;
      before = delays;
      if (is_starved) starved_at = now;
      if (is_twice && !is_failing) {
        is_failing = true;
        const span_ms = Math.max(2 * starved_of_ms, clock.now() - since);
        return condition(since, { code: 'loop_delayed', delay_ms: sum_ms, span_ms });
      }
      if (!is_failing) return null;
      if (starved_at !== null && now - starved_at < starved_until_quiet_ms) return null;
      is_failing = false;
      return condition(clock.now(), { code: 'loop_in_time' });
    },
  };

  function condition(at: number, detail: OwnDetail): LineCondition {
    return { kind: 'machine', line, neutral: null, is_failing, at, detail: ownDetail(detail) };
  }
}
