import { expect } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import { SEED } from '../../matrix.ts';
import { holds } from './checks/drilled.ts';
import { drillTest } from './drill-test.ts';
import { runDrills } from './run-drills.ts';

drillTest(
  'B1: a pause of 7 s in the middle of a run blames nobody and hides nothing',
  async () => {
    const order = {
      trouble: 'pause-7',
      phases: ['during'],
      pace: 'compressed',
      seed: SEED,
    } as const;
    const verdicts = await runDrills(order);
    expect(verdicts).toHaveLength(1);
    expect(verdicts.filter((it) => !holds(it))).toEqual([]);
  },
  4 * MINUTE,
);
