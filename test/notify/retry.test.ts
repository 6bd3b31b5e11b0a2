import { expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import { afterFailure, retryDelayMs } from '../../notify/retry.ts';

/** As docs/notifications.md says: 5 s, doubling, at most an hour. */
it.each([
  [1, 5 * SECOND],
  [2, 10 * SECOND],
  [3, 20 * SECOND],
  [9, 1_280 * SECOND],
  [10, 2_560 * SECOND],
  [11, 60 * MINUTE],
  [12, 60 * MINUTE],
  [32, 60 * MINUTE],
])('after attempt %i the next follows in %i ms', (attempts, delay_ms) => {
  expect(retryDelayMs(attempts)).toBe(delay_ms);
  expect(afterFailure(attempts, 1_000, 'busy')).toEqual({
    status: 'retry',
    at: 1_000,
    next_attempt_at: 1_000 + delay_ms,
    error: 'busy',
  });
});

it('gives up after 33 attempts', () => {
  expect(afterFailure(33, 1_000, 'busy')).toEqual({
    status: 'never_again',
    at: 1_000,
    error: 'gave up after 33 attempts: busy',
  });
});
