import { expect, it } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import { SEED, sampled } from '../../matrix.ts';
import { holds } from './checks/drilled.ts';
import { PHASES } from './phases.ts';
import { runDrills } from './run-drills.ts';
import { FAMILIES } from './troubles/index.ts';

/** A phase takes up to a minute, on a busy machine more. */
const LIMIT_MS = 20 * MINUTE;

/** Drills each kind of a family in each phase of the slot, at the quick pace; SEED repeats it. */
export function drillFamily(family: string): void {
  const phases = sampled(PHASES, 2);
  it.concurrent.each(sampled(FAMILIES[family] ?? [], 1))(
    `$name: $about (SEED=${SEED})`,
    async ({ name }) => {
      const order = { trouble: name, phases, pace: 'compressed', seed: SEED } as const;
      const verdicts = await runDrills(order);
      expect(verdicts.map(({ phase }) => phase)).toEqual([...phases]);
      expect(verdicts.filter((it) => !holds(it))).toEqual([]);
    },
    LIMIT_MS,
  );
}
