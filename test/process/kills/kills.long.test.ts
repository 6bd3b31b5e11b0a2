import { expect, it } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import { SEED, sampled } from '../../matrix.ts';
import { refusalOfDisks } from '../injuring/disk.ts';
import { wordsOf } from '../injuring/injuries.ts';
import { runKillMatrix } from './kill-matrix.ts';

const ROUNDS = sampled(Array.from({ length: 30 }), 5).length;
const refusal = refusalOfDisks();
const disk = refusal === null ? 'without disk' : `(NO DISK FILLED: ${refusal})`;

it(`D4: killed, stopped or ${disk} at any step, it keeps what it acknowledged`, {
  timeout: 25 * MINUTE,
}, async () => {
  const report = await runKillMatrix(ROUNDS, SEED);
  const none = { lost: [], twice: [], holes: [], broken: [], differences: [], problems: [] };
  const in_vain = report.in_vain.map(wordsOf).join('; ');
  expect(report, `SEED=${SEED}, in vain: ${in_vain}`).toMatchObject(none);
  // No step twice in the same way.
  expect(new Set(report.struck.map(wordsOf)).size).toBe(ROUNDS);
  // It was under load, or the comparison would prove nothing; a quick round has some ten of them.
  expect(report.acknowledged).toBeGreaterThan(5 * ROUNDS);
});
