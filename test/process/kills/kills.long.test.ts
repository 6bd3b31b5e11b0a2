import { expect, it } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import { SEED, sampled } from '../../matrix.ts';
import { runKillMatrix } from './kill-matrix.ts';

const ROUNDS = sampled(Array.from({ length: 30 }), 5).length;

it('D4: killed, stopped or without disk at any step, it keeps what it acknowledged', {
  timeout: 25 * MINUTE,
}, async () => {
  const report = await runKillMatrix(ROUNDS, SEED);
  const none = { lost: [], twice: [], holes: [], differences: [], problems: [] };
  expect(report, `SEED=${SEED}`).toMatchObject(none);
  expect(report.struck).toHaveLength(ROUNDS);
  // It was under load, or the comparison would prove nothing; a quick round has some ten of them.
  expect(report.acknowledged).toBeGreaterThan(5 * ROUNDS);
});
