import type { Policy } from '../configuration.ts';
import { elapsedMs, hasOurDelay, type Result } from '../result.ts';
import { isBad } from './bad.ts';
import { ourDelayMs } from './proof.ts';

/**
 * How a result counts. `untimed` is good, and says nothing of speed: it took long, perhaps only by
 * our own delay. `unjudged` says nothing about the system: our credentials, our rate, our line.
 */
export type Grade = 'good' | 'slow' | 'untimed' | 'bad' | 'unjudged';

export interface Grading {
  policy: Pick<Policy, 'slow_ms'>;
  /** A maintenance was announced for the slot. */
  in_window: boolean;
}

/**
 * A maintenance answer is bad unless a window was announced for it; a slow result is still good.
 */
export function grade(result: Result, grading: Grading): Grade {
  if (result.outcome === 'maintenance' && grading.in_window) return 'unjudged';
  if (isBad(result.outcome)) return 'bad';
  if (result.outcome !== 'ok') return 'unjudged';
  return speedOf(result, grading);
}

/** Slow if it took too long without our own delay; that is at most what was not theirs. */
function speedOf(result: Result, { policy }: Grading): Grade {
  if (policy.slow_ms === null) return 'good';
  const elapsed_ms = elapsedMs(result);
  if (elapsed_ms <= policy.slow_ms) return 'good';
  return elapsed_ms - oursMs(result) > policy.slow_ms ? 'slow' : 'untimed';
}

/** How much may be ours of what we waited: all, where that it was is known but not how much. */
function oursMs(result: Result): number {
  const known_ms = ourDelayMs(result, result.proof?.loop_delay_ms ?? 0);
  return known_ms === 0 && hasOurDelay(result) ? elapsedMs(result) : known_ms;
}
