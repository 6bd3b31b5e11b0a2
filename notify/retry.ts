import { HOUR, MINUTE, SECOND } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { Settlement } from '../store/ports/deliveries.ts';

const FIRST_DELAY_MS = 5 * SECOND;
const LONGEST_DELAY_MS = HOUR;
/** With these delays, the last attempt is made about a day after the first. */
const MAX_ATTEMPTS = 33;
/**
 * Of an address that has never confirmed: it may be a stranger's, or nobody's. The last attempt
 * comes after any server that greylists takes it.
 */
const STRANGER_DELAYS_MS = [MINUTE, 30 * MINUTE];

/** Delay after the n-th failed attempt (n from 1): 5 s, doubling, at most an hour. */
export function retryDelayMs(attempts: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
}

/** A delivery that failed. */
export interface FailedDelivery {
  /** How often it has failed by now. */
  attempts: number;
  at: EpochMs;
  error: string;
  /** Whether the address has never confirmed, and it is its fault. */
  is_stranger: boolean;
}

/** The settlement of a delivery that failed: another attempt, or permanent failure. */
export function afterFailure({ attempts, at, error, is_stranger }: FailedDelivery): Settlement {
  const max_attempts = is_stranger ? STRANGER_DELAYS_MS.length + 1 : MAX_ATTEMPTS;
  if (attempts >= max_attempts) {
    return { status: 'never_again', at, error: `gave up after ${attempts} attempts: ${error}` };
  }
  const stranger_ms = is_stranger ? STRANGER_DELAYS_MS[attempts - 1] : undefined;
  const delay_ms = stranger_ms ?? retryDelayMs(attempts);
  return { status: 'retry', at, next_attempt_at: at + delay_ms, error };
}
