import { expect } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import { SEED, sampled } from '../../matrix.ts';
import { holds } from './checks/drilled.ts';
import { drillTest } from './drill-test.ts';
import { PHASES, type Phase } from './phases.ts';
import { runDrills } from './run-drills.ts';
import { FAMILIES } from './troubles/index.ts';

/** A phase takes up to a minute, on a busy machine more. */
const LIMIT_MS = 20 * MINUTE;

/** Drills each kind of a family in each phase of the slot, at the quick pace; SEED repeats it. */
export function drillFamily(family: string): void {
  const phases = sampled(PHASES, 2);
  for (const { name, about } of sampled(FAMILIES[family] ?? [], 1)) {
    drillTest(`${name}: ${about} (SEED=${SEED})`, () => drillAll(name, phases), LIMIT_MS);
  }
}

async function drillAll(trouble: string, phases: readonly Phase[]): Promise<void> {
  const verdicts = await runDrills({ trouble, phases, pace: 'compressed', seed: SEED });
  expect(verdicts.map(({ phase }) => phase)).toEqual([...phases]);
  expect(verdicts.filter((it) => !holds(it))).toEqual([]);
}
