import { expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import { afterFailure, retryDelayMs } from '../../notify/retry.ts';

const FAILURE = { at: 1_000, error: 'busy', is_stranger: false } as const;

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
  expect(afterFailure({ attempts, ...FAILURE })).toEqual({
    status: 'retry',
    at: 1_000,
    next_attempt_at: 1_000 + delay_ms,
    error: 'busy',
  });
});

it('gives up after 33 attempts', () => {
  expect(afterFailure({ attempts: 33, ...FAILURE })).toEqual({
    status: 'never_again',
    at: 1_000,
    error: 'gave up after 33 attempts: busy',
  });
});

it.each([
  [1, 1 * MINUTE],
  [2, 30 * MINUTE],
])('to a stranger, after attempt %i the next follows in %i ms', (attempts, delay_ms) => {
  expect(afterFailure({ attempts, ...FAILURE, is_stranger: true })).toMatchObject({
    status: 'retry',
    next_attempt_at: 1_000 + delay_ms,
  });
});

it('gives up a stranger after 3 attempts', () => {
  expect(afterFailure({ attempts: 3, ...FAILURE, is_stranger: true })).toMatchObject({
    status: 'never_again',
    error: 'gave up after 3 attempts: busy',
  });
});
