import { describe, expect, it } from 'vitest';
import { type Figure, keepsBudget, median, tableOf } from '../../bench/figure.ts';

const figure = (value: number, budget: Figure['budget'], unit = 'ms'): Figure => ({
  what: 'delay',
  value,
  unit,
  n: 1_000,
  budget,
});

describe('a budget', () => {
  it.each([
    [5, { at_most: 5 }, true],
    [5.01, { at_most: 5 }, false],
    [5, { at_least: 5 }, true],
    [4.99, { at_least: 5 }, false],
    [Number.NaN, { at_most: 5 }, false],
    [5, null, true],
  ])('of %s against %j is kept: %s', (value, budget, kept) => {
    expect(keepsBudget(figure(value, budget))).toBe(kept);
  });
});

it('a table says unit, n, budget and whether it was met', () => {
  const figures = [
    figure(5.678, { at_most: 5 }),
    figure(1_234.5, { at_least: 1_000 }, ''),
    figure(0.0456, null, 's'),
  ];
  expect(tableOf(figures).split('\n').slice(2)).toEqual([
    '| delay | 5.68 ms | 1,000 | ≤ 5 ms | **no** |',
    '| delay | 1,235 | 1,000 | ≥ 1,000 | yes |',
    '| delay | 0.0456 s | 1,000 |  |  |',
  ]);
});

describe('the median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 2, 9], 3],
  ])('of %j is %s', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('of nothing is an error', () => {
    expect(() => median([])).toThrow('median of nothing');
  });
});
