import type { Policy } from '../configuration.ts';
import { delayMs, type Result } from '../result.ts';
import { isBad } from './bad.ts';
import { starvedMs } from './proof.ts';

/**
 * How a result counts. `unjudged` says nothing about the system: our credentials, our rate, our
 * line.
 */
export type Grade = 'good' | 'slow' | 'bad' | 'unjudged';

export interface Grading {
  policy: Pick<Policy, 'slow_ms'>;
  /** A maintenance was announced for the slot. */
  in_window: boolean;
  /** Of the check. */
  deadline_ms: number;
}

/**
 * A maintenance answer is bad unless a window was announced for it; a slow result is still good.
 */
export function grade(result: Result, grading: Grading): Grade {
  if (result.outcome === 'maintenance' && grading.in_window) return 'unjudged';
  if (isBad(result.outcome)) return 'bad';
  if (result.outcome !== 'ok') return 'unjudged';
  return isSlow(result, grading) ? 'slow' : 'good';
}

/** What our own lateness and pauses added is not theirs, once it is enough to matter. */
function isSlow(result: Result, { policy, deadline_ms }: Grading): boolean {
  if (policy.slow_ms === null) return false;
  const start_lag_ms = Math.max(0, result.started_at - result.slot_at);
  const ours_ms = starvedMs(start_lag_ms + (result.proof?.loop_delay_ms ?? 0), deadline_ms);
  return delayMs(result) - ours_ms > policy.slow_ms;
}
