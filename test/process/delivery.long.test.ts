import { expect, test } from 'vitest';
import { killWhileDelivering } from './delivery.ts';

const ABOUT =
  'a notifier killed between every two steps misses nobody ' +
  'and repeats one message per kill at most';

test(ABOUT, async () => {
  const report = await killWhileDelivering(20, 1);
  expect(report.missed).toEqual([]);
  expect(report.renamed).toEqual([]);
  expect(report.repeats).toBeLessThanOrEqual(report.kills);
  expect(report.expected).toBeGreaterThanOrEqual(9 * report.kills);
  expect(report.places.size).toBeGreaterThanOrEqual(17);
});
