import { expect, test } from 'vitest';
import { createAge } from '../../collector/upkeep/age.ts';
import { DAY, HOUR } from '../../model/time.ts';
import { START } from './configuration.ts';

function startAge() {
  const time = { now: START, monotonic: 500.25 };
  const age = createAge({ now: () => time.now, monotonic: () => time.monotonic });
  return {
    now: () => age.now() - START,
    pass(ms: number) {
      time.now += ms;
      time.monotonic += ms;
    },
    set(ms: number) {
      time.now += ms;
    },
  };
}

test('rows grow old as time passes, in whole ms', () => {
  const { now, pass } = startAge();
  pass(HOUR + 0.5);
  expect(now()).toBe(HOUR);
  pass(3 * DAY);
  expect(now()).toBe(HOUR + 3 * DAY);
});

test('a clock set forth makes nothing older for a day', () => {
  const { now, pass, set } = startAge();
  pass(HOUR);
  set(30 * DAY);
  expect(now()).toBe(HOUR);
  pass(DAY - HOUR - 1);
  expect(now()).toBe(DAY - 1);
  pass(1);
  expect(now()).toBe(DAY);
  // From then on it is trusted.
  expect(now()).toBe(31 * DAY);
});

test('a clock set forth and back again has made nothing older', () => {
  const { now, pass, set } = startAge();
  set(30 * DAY);
  pass(HOUR);
  set(-30 * DAY);
  pass(HOUR);
  expect(now()).toBe(2 * HOUR);
});

test('a clock set back is followed at once', () => {
  const { now, set } = startAge();
  set(-HOUR);
  expect(now()).toBe(-HOUR);
});
