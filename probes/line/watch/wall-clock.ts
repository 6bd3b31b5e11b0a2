import { readFileSync } from 'node:fs';
import { NUMBERS } from '../../../model/numbers.ts';
import type { Clock } from '../../../model/ports.ts';
import { SECOND } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';

/** What happened to the wall clock since the last comparison, in ms; 0: nothing. */
export interface ClockChange {
  /** Set forth (positive) or back (negative). */
  stepped_ms: number;
  /** The whole machine slept, and the monotonic clock with it. */
  slept_ms: number;
}

/** The wall clock, carried on by the monotonic one between comparisons. */
export interface CarriedClock extends Clock {
  /** Whether the wall clock differs by more than drift. */
  differs(): boolean;
  /** Follows the wall clock. */
  compare(): ClockChange;
}

/** Time since the boot of this machine, its sleep included, in ms; null where not told. */
export function timeSinceBoot(): number | null {
  try {
    return Number.parseFloat(readFileSync('/proc/uptime', 'latin1')) * SECOND;
  } catch {
    return null;
  }
}

/**
 * Carries the wall clock. While a machine sleeps, Linux' CLOCK_MONOTONIC stands still and
 * CLOCK_BOOTTIME goes on; when the wall clock is set, neither moves.
 */
export function carryClock(clock: Clock, sinceBoot = timeSinceBoot): CarriedClock {
  let offset_ms = clock.now() - clock.monotonic();
  let asleep_ms = sleepSoFar();
  const now = (): EpochMs => Math.round(clock.monotonic() + offset_ms);
  const aheadMs = () => clock.now() - (clock.monotonic() + offset_ms);
  return {
    now,
    monotonic: clock.monotonic,
    differs: () => isStep(aheadMs()),
    compare() {
      const ahead_ms = aheadMs();
      const slept_ms = newSleep();
      const beyond_ms = Math.round(ahead_ms - slept_ms);
      offset_ms += ahead_ms;
      return { slept_ms, stepped_ms: isStep(beyond_ms) ? beyond_ms : 0 };
    },
  };

  function newSleep(): number {
    const before_ms = asleep_ms;
    asleep_ms = sleepSoFar();
    if (before_ms === null || asleep_ms === null) return 0;
    const ms = asleep_ms - before_ms;
    return ms > 0 && isStep(ms) ? Math.round(ms) : 0;
  }

  function sleepSoFar(): number | null {
    const since_boot_ms = sinceBoot();
    return since_boot_ms === null ? null : since_boot_ms - clock.monotonic();
  }
}

/** A smaller difference is drift, which is followed without a word. */
/** Whether that is more than the drift of a clock. */
export function isStep(by_ms: number): boolean {
  return Math.abs(by_ms) > NUMBERS.own.clock_step_ms;
}
