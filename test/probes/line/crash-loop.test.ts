import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { createCrashLoop } from '../../../probes/line/watch/crash-loop.ts';
import { START } from './staged-line.ts';

/** A thread whose life and death the test tells, in a time that it sets. */
function watched() {
  const time = { ms: 0 };
  const clock = { now: () => START + time.ms, monotonic: () => time.ms };
  const loop = createCrashLoop('local', clock);
  return {
    diesAt(ms: number) {
      time.ms = ms;
      return loop.died();
    },
    runsAt(ms: number) {
      time.ms = ms;
      return loop.runs();
    },
  };
}

test('three deaths within ten minutes are told, since the first of them, once', () => {
  const { diesAt } = watched();
  expect(diesAt(0)).toBeNull();
  expect(diesAt(2 * MINUTE)).toBeNull();
  expect(diesAt(10 * MINUTE - 1)).toEqual({
    kind: 'process',
    line: 'local',
    neutral: null,
    is_failing: true,
    at: START,
    detail: 'thread_dies n=3 span_ms=599999',
  });
  expect(diesAt(10 * MINUTE + 5 * SECOND)).toBeNull();
});

test('deaths further apart are none', () => {
  const { diesAt } = watched();
  for (const minutes of [0, 5, 10, 15, 20]) expect(diesAt(minutes * MINUTE)).toBeNull();
});

test('it is over when a thread has run for five minutes; one more death of the ten is told', () => {
  const { diesAt, runsAt } = watched();
  for (const seconds of [1, 2, 3]) diesAt(seconds * SECOND);
  expect(runsAt(10 * SECOND)).toBeNull();
  expect(diesAt(100 * SECOND)).toBeNull();
  expect(runsAt(110 * SECOND)).toBeNull();
  expect(runsAt(410 * SECOND - 1)).toBeNull();
  expect(runsAt(410 * SECOND)).toMatchObject({
    kind: 'process',
    is_failing: false,
    at: START + 410 * SECOND,
    detail: 'thread_runs',
  });
  expect(runsAt(411 * SECOND)).toBeNull();
  expect(diesAt(420 * SECOND)).toMatchObject({
    is_failing: true,
    at: START + 420 * SECOND,
  });
});

test.each([1, 3, 4.9])('a death every %s minutes is one trouble that lasts', (minutes) => {
  const { diesAt, runsAt } = watched();
  const told = Array.from({ length: 20 }, (_, n) => [
    diesAt(n * minutes * MINUTE),
    runsAt(n * minutes * MINUTE + SECOND),
    runsAt((n + 1) * minutes * MINUTE - 1),
  ]).flat();
  expect(told.filter((it) => it !== null)).toMatchObject([{ is_failing: true, at: START }]);
});

test('a thread that lives says nothing', () => {
  const { diesAt, runsAt } = watched();
  diesAt(0);
  for (const minutes of [1, 5, 30]) expect(runsAt(minutes * MINUTE)).toBeNull();
});
