import { expect, test } from 'vitest';
import { killWhileDelivering } from './delivery.ts';

const ABOUT =
  'T3: a notifier killed between every two steps misses nobody, tells no end without its ' +
  'beginning, and repeats only what was in hand, under the same id';

test(ABOUT, async () => {
  const report = await killWhileDelivering(20, 1);
  expect(report.missed).toEqual([]);
  expect(report.renamed).toEqual([]);
  expect(report.disordered).toEqual([]);
  // Two mails and a webhook are in hand at once.
  expect(report.repeats).toBeLessThanOrEqual(3 * report.kills);
  expect(report.expected).toBeGreaterThanOrEqual(report.kills);
  expect(report.places.size).toBeGreaterThanOrEqual(17);
});
