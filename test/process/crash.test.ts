import { expect, it } from 'vitest';
import { crashRepeatedly } from './crash.ts';

const KILLS = 10;

it('loses nothing that was settled when everything is killed at random', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const report = await crashRepeatedly({ kills: KILLS, seed });
  expect(report, `SEED=${seed}`).toMatchObject({
    kills: KILLS,
    missing: [],
    problems: [],
    uncovered_downtime: [],
  });
  // it was under load, or the comparison would prove nothing
  expect(report.runs).toBeGreaterThan(100);
  expect(report.looks).toBeGreaterThan(10);
}, 300_000);
