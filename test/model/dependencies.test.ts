import { expect, test } from 'vitest';
import { withDependencies } from '../../model/dependencies.ts';

test('everything that something depends on is found once, directly or not', () => {
  const depends_on = { a: ['b', 'c'], b: ['d'], c: ['d'], e: ['a'] };
  expect(withDependencies(['a'], depends_on).toSorted()).toEqual(['a', 'b', 'c', 'd']);
  expect(withDependencies(['d'], depends_on)).toEqual(['d']);
  expect(withDependencies(['e', 'b'], depends_on).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(withDependencies([], depends_on)).toEqual([]);
  // A circle ends.
  expect(withDependencies(['x'], { x: ['y'], y: ['x'] }).toSorted()).toEqual(['x', 'y']);
});
