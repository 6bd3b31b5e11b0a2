import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchFreshness } from '../../status-page/serve/freshness.ts';
import { quiet } from '../platform/quiet.ts';

const SECOND = 1_000;
let answer: () => Promise<number | null> = async () => null;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const clock = { now: () => 0, monotonic: () => Date.now() };
  return watchFreshness({ reader: { heartbeat: () => answer() }, clock, log: quiet });
}

it('is well while the heartbeat changes, whatever it says (B6)', async () => {
  let beats = 5_000_000;
  answer = async () => (beats -= 3_600_000);
  const freshness = watched();
  await vi.advanceTimersByTimeAsync(5 * 60 * SECOND);
  expect(freshness.problem()).toBeNull();
});

it('says that nothing is recorded 30 s after the last heartbeat', async () => {
  answer = async () => 42;
  const freshness = watched();
  await vi.advanceTimersByTimeAsync(31 * SECOND);
  expect(freshness.problem()).toBeNull();
  await vi.advanceTimersByTimeAsync(SECOND);
  expect(freshness.problem()).toBe('the collector has recorded nothing for 30 s');
  answer = async () => 43;
  await vi.advanceTimersByTimeAsync(SECOND);
  expect(freshness.problem()).toBeNull();
});

it.each([
  ['fail', () => Promise.reject(new Error('the database is locked'))],
  ['hang', () => new Promise<null>(() => {})],
])('says that nothing can be read when reads %s', async (_, broken) => {
  answer = broken;
  const freshness = watched();
  await vi.advanceTimersByTimeAsync(31 * SECOND);
  expect(freshness.problem()).toBe('the database could not be read for 30 s');
});
