import { describe, expect, it } from 'vitest';
import { wilsonLowerBound } from '../../model/wilson.ts';

describe('the Wilson bound', () => {
  it.each([
    [0, 0, 0],
    [0, 100, 0],
    [3, 20, 0.0524],
    [10, 100, 0.0552],
    [50, 100, 0.4038],
    [100, 100, 0.963],
  ])('of %i in %i is %f', (hits, n, bound) => {
    expect(wilsonLowerBound(hits, n)).toBeCloseTo(bound, 3);
  });
});
