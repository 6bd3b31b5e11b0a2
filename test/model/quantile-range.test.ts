import { describe, expect, it, test } from 'vitest';
import { type BracketedDelay, quantileRanges } from '../../model/quantile-range.ts';
import { createRandom } from '../random.ts';

/** Durations and whether each was over, as in tables of survival analysis. */
function exact(durations: readonly number[], over: readonly number[]): BracketedDelay[] {
  return durations.map((it, i) => ({ from_ms: it, to_ms: over[i] ? it : null }));
}

/**
 * Limits by lifelines 0.30.3 (`confidence_interval_survival_function_`, log–log by Greenwood, and
 * `qth_survival_times`). The first two are the maintained and the other group of the AML study
 * (Miller, Survival Analysis, 1981), the others are drawn.
 */
const BY_LIFELINES: [durations: number[], over: number[], median: [number, number | null]][] = [
  [
    [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161],
    [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0],
    [13, null],
  ],
  [
    [5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45],
    [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1],
    [5, 33],
  ],
  [
    [38, 72, 52, 12, 13, 26, 24, 48, 130, 27, 9, 15],
    [1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1],
    [12, 72],
  ],
  [
    [
      158, 28, 57, 24, 19, 118, 30, 12, 29, 23, 13, 15, 113, 17, 7, 3, 22, 35, 13, 33, 30, 75, 40,
      9, 30, 41, 19, 14, 28, 42, 49, 25, 107, 40, 59, 16, 41, 29, 70, 37,
    ],
    [
      1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1,
      0, 1, 0, 1, 0, 0, 1, 1, 1,
    ],
    [29, 59],
  ],
];

test.each(BY_LIFELINES)('the range of the median is that of another program (%#)', (...given) => {
  const [durations, over, [from, to]] = given;
  expect(quantileRanges(exact(durations, over))(0.5)).toEqual({ from, to });
});

describe('what is not known', () => {
  const waiting = (n: number, from_ms: number) =>
    Array.from({ length: n }, (): BracketedDelay => ({ from_ms, to_ms: null }));
  const arrived = (n: number, from_ms: number, to_ms = from_ms) =>
    Array.from({ length: n }, (): BracketedDelay => ({ from_ms, to_ms }));

  it('has no range where there is nothing, or too little', () => {
    expect(quantileRanges([])(0.5)).toEqual({ from: 0, to: null });
    // Of five that all wait, half may be about to come: 0.025 ^ (1 / 5) is below a half.
    expect(quantileRanges(waiting(5, 60))(0.5).to).toBeNull();
    expect(quantileRanges([...waiting(5, 60), ...waiting(1, 0)])(0.5).from).toBe(0);
  });

  it('is longer than what many have waited', () => {
    expect(quantileRanges(waiting(6, 60))(0.5)).toEqual({ from: 60, to: null });
    expect(quantileRanges([...arrived(10, 5), ...waiting(90, 3_600)])(0.5)).toEqual({
      from: 3_600,
      to: null,
    });
  });

  it('widens with the brackets, to either side', () => {
    const range = quantileRanges([...arrived(50, 10, 20), ...arrived(50, 30, 40)])(0.5);
    expect(range).toEqual({ from: 10, to: 40 });
  });
});

test('ranges are in order, whatever is known', () => {
  const random = createRandom(11);
  const below = (limit: number) => Math.floor(random() * limit);
  for (let round = 0; round < 2_000; round += 1) {
    const delays = Array.from({ length: below(60) }, (): BracketedDelay => {
      const from_ms = below(100);
      return { from_ms, to_ms: random() < 0.3 ? null : from_ms + below(50) };
    });
    for (const q of [0.5, 0.95]) {
      const { from, to } = quantileRanges(delays)(q);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(from);
    }
  }
});
