import type { LineCondition } from '../../../model/own-trouble.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { CarriedClock } from './wall-clock.ts';

/** Tells whether this machine is too busy to measure well. */
export interface MachineCondition {
  /** The condition if it changed, given the sum of our delays in the last 10 s. */
  after(delayed_ms: number): LineCondition | null;
}

/** A thread delayed by so much of 10 s cannot measure well. */
const STARVED_FROM_MS = 2 * SECOND;
const SUMMED_OVER_MS = 10 * SECOND;
/** It is over after so long without. */
const QUIET_MS = MINUTE;

/**
 * In trouble when starved twice in a row: a hiccup, a single pause and our own start spoil at most
 * some runs, which say so themselves, and are no state that people need to hear of.
 */
export function createMachineCondition(line: string, clock: CarriedClock): MachineCondition {
  let is_failing = false;
  /** When it was starved last; and the delays of the 10 s before. */
  let starved_at: number | null = null;
  let before_ms = 0;
  return {
    after(delayed_ms) {
      const now = clock.monotonic();
      const sum_ms = before_ms + delayed_ms;
      const is_starved = delayed_ms >= STARVED_FROM_MS;
      const is_twice = is_starved && before_ms >= STARVED_FROM_MS;
      before_ms = delayed_ms;
      if (is_starved) starved_at = now;
      if (is_twice && !is_failing) {
        is_failing = true;
        const span_ms = 2 * SUMMED_OVER_MS;
        return condition(clock.now() - span_ms, `loop delayed by ${sum_ms} ms of ${span_ms} ms`);
      }
      if (!is_failing || (starved_at !== null && now - starved_at < QUIET_MS)) return null;
      is_failing = false;
      return condition(clock.now(), 'loop in time for a minute');
    },
  };

  function condition(at: number, detail: string): LineCondition {
    return { kind: 'machine', line, neutral: null, is_failing, at, detail };
  }
}
