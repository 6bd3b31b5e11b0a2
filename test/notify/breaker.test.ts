import { expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import { createBreaker } from '../../notify/breaker.ts';

const HOST = 'hooks.example';

function broken(failures: number) {
  const time = { now: 0 };
  const breaker = createBreaker({ monotonic: () => time.now });
  for (let n = 0; n < failures; n++) breaker.report(HOST, 'failed');
  return { time, breaker };
}

// As docs/notifications.md says: after 3 failures 10 s, doubling, at most 5 minutes.
it.each([
  [0, 0],
  [1, 0],
  [2, 0],
  [3, 10 * SECOND],
  [4, 20 * SECOND],
  [7, 160 * SECOND],
  [8, 5 * MINUTE],
  [1_000, 5 * MINUTE],
])('after %i failures in a row a host is left alone for %i ms', (failures, pause_ms) => {
  expect(broken(failures).breaker.pauseMs(HOST)).toBe(pause_ms);
});

it('a pause is whole milliseconds, whatever a real clock shows', () => {
  const { time, breaker } = broken(3);
  time.now = 0.625;
  expect(breaker.pauseMs(HOST)).toBe(10 * SECOND);
  time.now = 10 * SECOND - 0.375;
  expect(breaker.pauseMs(HOST)).toBe(1);
});

it('lets one through then, and no other one before that has ended', () => {
  const { time, breaker } = broken(3);
  time.now = 10 * SECOND - 1;
  expect(breaker.pauseMs(HOST)).toBe(1);
  time.now = 10 * SECOND;
  expect(breaker.pauseMs(HOST)).toBe(0);
  breaker.begin(HOST);
  expect(breaker.pauseMs(HOST)).toBeGreaterThan(0);
  breaker.report(HOST, 'failed');
  expect(breaker.pauseMs(HOST)).toBe(20 * SECOND);
  time.now += 20 * SECOND;
  breaker.begin(HOST);
  breaker.report(HOST, 'answered');
  expect(breaker.pauseMs(HOST)).toBe(0);
  expect(breaker.isDoubtful(HOST)).toBe(false);
});

it('counts failures in a row only, and each host by itself', () => {
  const { breaker } = broken(2);
  breaker.report('other.example', 'failed');
  breaker.report(HOST, 'answered');
  breaker.report(HOST, 'failed');
  expect(breaker.pauseMs(HOST)).toBe(0);
  expect(breaker.isDoubtful(HOST)).toBe(true);
});

it('lets another one through when what was tried could not be sent', () => {
  const { time, breaker } = broken(3);
  time.now = 10 * SECOND;
  breaker.begin(HOST);
  breaker.leave(HOST);
  expect(breaker.pauseMs(HOST)).toBe(0);
});
