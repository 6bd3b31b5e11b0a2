import { describe, expect, it } from 'vitest';
import {
  availabilityFigure,
  firstMeasured,
  measuredSince,
  medianFigure,
  p95Figure,
  shareFigure,
} from '../../model/figure.ts';

const basis = { window: { last_ms: 3_600_000, until: null }, since: null };

describe('a figure of delays (W4)', () => {
  const of = (n: number) => ({ n, median_ms: 300, p95_ms: 800 });
  it.each([0, 1, 4])('of n = %i has no median', (n) => {
    expect(medianFigure(of(n), basis)).toEqual({ ...basis, n, is_known: false, why: 'too_few' });
  });
  it.each([5, 19, 59])('of n = %i has a median and no 95th percentile', (n) => {
    const known = { ...basis, n, is_known: true, value: 300, unit: 'ms' };
    expect(medianFigure(of(n), basis)).toEqual(known);
    expect(p95Figure(of(n), basis)).toEqual({ ...basis, n, is_known: false, why: 'too_few' });
  });
  it.each([60, 1_000])('of n = %i has both', (n) => {
    expect(p95Figure(of(n), basis)).toMatchObject({ is_known: true, value: 800, n });
  });
  it('says that most were bad, unless they are too few for either', () => {
    const bad = (n: number) => ({ n, median_ms: null, p95_ms: null });
    expect(medianFigure(bad(60), basis)).toMatchObject({ is_known: false, why: 'mostly_bad' });
    expect(medianFigure(bad(4), basis)).toMatchObject({ is_known: false, why: 'too_few' });
  });
  it('may be a range (W6)', () => {
    const known = { n: 5, median_ms: { from: 5_000, to: 11_000 }, p95_ms: null };
    expect(medianFigure(known, basis)).toMatchObject({ value: { from: 5_000, to: 11_000 } });
  });
});

describe('a figure of an availability', () => {
  const all = { n: 9, window: { days: 90 }, since: 100 };
  const time = { up_ms: 99_996, valid_ms: 100_000, excluded_ms: 0 };
  it('is truncated, and carries what it rests on', () => {
    const known = { ...all, is_known: true, value: 99.99, unit: 'percent' };
    expect(availabilityFigure(time, all)).toEqual(known);
  });
  it.each([
    ['of nothing measured', time, 0, 'unmeasured'],
    ['of no time known', { ...time, up_ms: 0, valid_ms: 0 }, 9, 'unmeasured'],
    ['of what is excused', { up_ms: 0, valid_ms: 0, excluded_ms: 5 }, 9, 'excused'],
  ] as const)('there is none %s', (_, of, n, why) => {
    const figure = availabilityFigure(of, { ...all, n });
    expect(figure).toEqual({ ...all, n, is_known: false, why });
  });
  it('as a share is of n, and of none there is none', () => {
    expect(shareFigure(2, { ...all, n: 3 })).toMatchObject({ value: 66.66, n: 3 });
    const none = shareFigure(0, { ...all, n: 0 }, 'nothing_due');
    expect(none).toMatchObject({ is_known: false, why: 'nothing_due' });
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
