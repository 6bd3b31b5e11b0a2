import { expect, test } from 'vitest';
import { nearestRank } from '../../model/nearest-rank.ts';

/** The worked examples of the nearest rank in Wikipedia, "Percentile" (2026-11). */
const FIVE = [35, 20, 15, 50, 40];
const TEN = [20, 3, 16, 6, 15, 7, 13, 8, 10, 8];

test.each([
  [FIVE, 0.05, 15],
  [FIVE, 0.3, 20],
  [FIVE, 0.4, 20],
  [FIVE, 0.5, 35],
  [FIVE, 1, 50],
  [TEN, 0.25, 7],
  [TEN, 0.5, 8],
  [TEN, 0.75, 15],
  [TEN, 1, 20],
])('of %j the quantile %d is %d, which is among them', (values, q, expected) => {
  expect(nearestRank(Float64Array.from(values), q)).toBe(expected);
});

test('of none there is none, nor where it falls on one that is longer than all', () => {
  expect(nearestRank(new Float64Array(0), 0.5)).toBeNull();
  // The third of five is there, the fourth is not.
  const three = () => Float64Array.from([9, 7, 8]);
  expect(nearestRank(three(), 0.5, 5)).toBe(9);
  expect(nearestRank(three(), 0.7, 5)).toBeNull();
});
