import { expect, test } from 'vitest';
import { type FollowedInvoices, watermarkOf } from '../../../model/judge/watermark.ts';
import { DAY, MINUTE } from '../../../model/time.ts';
import { createRandom } from '../../random.ts';
import { T0 } from '../builders.ts';

const at = (minutes: number) => T0 + minutes * MINUTE;

/** Invoices accepted every minute from 0 to before `n`, of which those at these minutes wait. */
function followed(n: number, waiting: readonly number[]): FollowedInvoices {
  const minutes = Array.from({ length: n }, (_, minute) => minute);
  const arrived = minutes.filter((minute) => !waiting.includes(minute)).map(at);
  return {
    waiting: waiting.map(at),
    latest_arrived: arrived.slice(-20),
    accepted: minutes.map(at),
  };
}

test('is the latest acceptance among the arrived while none waits, and nothing before that', () => {
  expect(watermarkOf(followed(30, []))).toEqual({ at: at(29), stragglers: [] });
  expect(watermarkOf(followed(0, []))).toEqual({ at: null, stragglers: [] });
  // W1: that an invoice waits does not say that all before it arrived.
  expect(watermarkOf(followed(1, [0]))).toEqual({ at: null, stragglers: [] });
});

test('is just before the oldest that waits and was not overtaken', () => {
  expect(watermarkOf(followed(30, [20, 25]))).toEqual({ at: at(20) - 1, stragglers: [] });
  expect(watermarkOf(followed(60, [9, 50]))).toEqual({ at: at(50) - 1, stragglers: [at(9)] });
});

test('leaves out a single straggler, and of many only as many as are rare', () => {
  expect(watermarkOf(followed(90, [9]))).toEqual({ at: at(89), stragglers: [at(9)] });
  expect(watermarkOf(followed(90, [9, 12]))).toEqual({ at: at(12) - 1, stragglers: [at(9)] });
  const three = watermarkOf(followed(400, [9, 12, 300]));
  expect(three).toEqual({ at: at(399), stragglers: [at(9), at(12), at(300)] });
});

test('nothing that waits lies before it but what is named', () => {
  const random = createRandom(3);
  for (let round = 0; round < 500; round += 1) {
    const n = 1 + Math.floor(random() * 300);
    const lost = random() * 0.1;
    const waiting = Array.from({ length: n }, (_, i) => i).filter(() => random() < lost);
    const given = followed(n, waiting);
    const { at: mark, stragglers } = watermarkOf(given);
    if (mark === null) continue;
    const before = given.waiting.filter((it) => it <= mark);
    expect(stragglers).toEqual(before);
    const of_day = given.accepted.filter((it) => it <= mark && it > mark - DAY).length;
    expect(stragglers.length).toBeLessThanOrEqual(Math.max(1, of_day / 100));
    expect(given.latest_arrived).not.toHaveLength(0);
    expect(mark).toBeLessThan(at(n));
  }
});
