import { expect, it } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import { SEED, sampled } from '../../matrix.ts';
import { refusalOfDisks } from '../injuring/disk.ts';
import { wordsOf } from '../injuring/injuries.ts';
import { runTellingMatrix } from './telling-matrix.ts';

const ROUNDS = sampled(Array.from({ length: 30 }), 5).length;
const refusal = refusalOfDisks();
const disk = refusal === null ? 'without disk' : `(NO DISK FILLED: ${refusal})`;

it(`T3: a notifier killed, stopped or ${disk} at any step tells everyone all, in order, once`, {
  timeout: 40 * MINUTE,
}, async () => {
  const report = await runTellingMatrix(ROUNDS, SEED);
  const none = { missed: [], disordered: [], repeated_otherwise: [], astray: [], pending: 0 };
  const in_vain = report.in_vain.map(wordsOf).join('; ');
  expect(report, `SEED=${SEED}, in vain: ${in_vain}`).toMatchObject(none);
  // No step twice in the same way.
  expect(new Set(report.struck.map(wordsOf)).size).toBe(ROUNDS);
  // There was something to tell, or the comparison would prove nothing.
  expect(report.expected).toBeGreaterThan(30 * ROUNDS);
});
