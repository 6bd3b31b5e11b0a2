import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { drawRun, rangeFigures } from './ranges.ts';

/** 1,000 in the soak; of 100 so few miss by chance in less than one of a hundred seeds. */
test('printed ranges cover the true median, and say something', () => {
  const random = createRandom(20_261_128);
  const runs = Array.from({ length: 100 }, () => drawRun(random));
  const { covered, finite, ratio } = rangeFigures(runs);
  expect(covered).toBeGreaterThanOrEqual(0.93);
  expect(finite).toBeGreaterThanOrEqual(0.85);
  expect(ratio).toBeLessThanOrEqual(3);
});
