import { expect, test } from 'vitest';
import { startFunctions } from './functions.ts';
import { FAILED } from './judged-site.ts';

/** What is told of a system with several functions. Times are seconds since the start. */

test('what was not known before it failed did not go down from normal', async () => {
  const { measure, incidents } = await startFunctions(['query', 'download']);
  await measure(0, 30, { query: FAILED, download: null });
  await measure(30, 120, { query: FAILED, download: FAILED });
  const [incident] = await incidents();
  // The second of two results that fail it; then it has to hold for a minute from the first.
  expect(incident?.updates).toEqual([
    '10 opened told, query: unknown to major_outage',
    '90 joined told, download: unknown to major_outage',
  ]);
});
