import { HOUR, SECOND } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { Settlement } from '../store/ports/deliveries.ts';

const FIRST_DELAY_MS = 5 * SECOND;
const LONGEST_DELAY_MS = HOUR;
/** With these delays, the last attempt is made about a day after the first. */
const MAX_ATTEMPTS = 33;

/** Delay after the n-th failed attempt (n from 1): 5 s, doubling, at most an hour. */
export function retryDelayMs(attempts: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
}

/**
 * The settlement of a delivery after its `attempts`-th failure: another attempt, or permanent
 * failure.
 */
export function afterFailure(attempts: number, at: EpochMs, error: string): Settlement {
  if (attempts >= MAX_ATTEMPTS) {
    return { status: 'never_again', at, error: `gave up after ${attempts} attempts: ${error}` };
  }
  return { status: 'retry', at, next_attempt_at: at + retryDelayMs(attempts), error };
}
