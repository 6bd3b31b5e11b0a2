import { describe, expect, it } from 'vitest';
import { delayFigure, firstMeasured, measuredSince } from '../../model/figure.ts';

describe('a figure of delays (W4)', () => {
  it.each([
    [0, 'too_few'],
    [1, 'too_few'],
    [4, 'too_few'],
    [5, 'quantiles'],
  ])('of n = %i is %s', (n, kind) => {
    expect(delayFigure({ n, median_ms: 300, p95_ms: 800 }).kind).toBe(kind);
  });
  it.each([
    [5, null],
    [19, null],
    [59, null],
    [60, 800],
    [1_000, 800],
  ])('of n = %i has the 95th percentile %s', (n, p95_ms) => {
    expect(delayFigure({ n, median_ms: 300, p95_ms: 800 })).toEqual({
      kind: 'quantiles',
      n,
      median_ms: 300,
      p95_ms,
    });
  });
  it('is not one of mostly bad measurements, unless they are too few for either', () => {
    expect(delayFigure({ n: 60, median_ms: null, p95_ms: null }).kind).toBe('mostly_bad');
    expect(delayFigure({ n: 4, median_ms: null, p95_ms: null }).kind).toBe('too_few');
  });
});

describe('since when something is measured (W3)', () => {
  it.each([
    ['never', null, null],
    ['from the first instant on', 100, null],
    ['later', 101, 101],
  ] as const)('%s', (_, known_from, since) => {
    expect(measuredSince({ from: 100, known_from })).toBe(since);
  });
  it('counts from the first of several, in any order', () => {
    const of = (...known: (number | null)[]) =>
      firstMeasured(known.map((known_from) => ({ from: 100, known_from })))?.known_from;
    expect(of()).toBeUndefined();
    expect(of(null, null)).toBeNull();
    expect(of(null, 300, 200)).toBe(200);
    expect(of(200, null, 300)).toBe(200);
  });
});
