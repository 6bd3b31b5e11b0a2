import type { LineCondition } from '../../../model/own-trouble.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import type { CarriedClock } from './wall-clock.ts';

/** Tells whether this machine is too busy, or stopped us. */
export interface MachineCondition {
  /** The condition if it changed, given the sum of our delays in the last 10 s. */
  after(delayed_ms: number): LineCondition | null;
}

/** A thread delayed by so much of 10 s cannot measure well. */
const STARVED_FROM_MS = 2 * SECOND;
/** It is over after so long without. */
const QUIET_MS = MINUTE;

export function createMachineCondition(line: string, clock: CarriedClock): MachineCondition {
  let failing_since: number | null = null;
  let starved = 0;
  return {
    after(delayed_ms) {
      const now = clock.monotonic();
      if (delayed_ms >= STARVED_FROM_MS) {
        starved = now;
        if (failing_since !== null) return null;
        failing_since = now;
        return condition(true, `loop delayed by ${delayed_ms} ms of 10 s`);
      }
      if (failing_since === null || now - starved < QUIET_MS) return null;
      failing_since = null;
      return condition(false, 'loop in time for a minute');
    },
  };

  function condition(is_failing: boolean, detail: string): LineCondition {
    return { kind: 'machine', line, neutral: null, is_failing, at: clock.now(), detail };
  }
}
