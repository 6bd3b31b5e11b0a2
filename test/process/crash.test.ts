import { expect, it } from 'vitest';
import { LONG, SEED } from '../matrix.ts';
import { crashRepeatedly } from './crash.ts';

const KILLS = LONG ? 10 : 2;

it('loses nothing that was settled when everything is killed at random', async () => {
  const report = await crashRepeatedly(KILLS, SEED);
  expect(report, `SEED=${SEED}`).toMatchObject({
    kills: KILLS,
    missing: [],
    problems: [],
    uncovered_downtime: [],
    differences: [],
  });
  // it was under load, or the comparison would prove nothing
  expect(report.runs).toBeGreaterThan(10 * KILLS);
  expect(report.looks).toBeGreaterThan(KILLS);
});
