import { afterAll, expect, it } from 'vitest';
import { MINUTE } from '../../model/time.ts';
import { describeFault } from '../faults/fault.ts';
import { KNOWN_FAULTS } from '../faults/known.ts';
import { plant } from '../faults/plant.ts';
import { startResidentTests } from '../faults/resident-tests.ts';
import { SEED, sampled } from '../matrix.ts';
import { createRandom, shuffled } from '../random.ts';
import { scratchCopy } from '../scratch-copy.ts';

/** Each takes as long as the tests of a room; `npm run soak -- faults` plants them all. */
const PLANTED = 3;

const copy = scratchCopy();
const tests = startResidentTests(copy.root);
afterAll(async () => {
  await tests.stop();
  copy.remove();
});

it.each(sampled(shuffled(KNOWN_FAULTS, createRandom(SEED)).slice(0, PLANTED), 1))(
  `a fault is seen by a test: $operator (SEED=${SEED})`,
  async (fault) => {
    expect(await plant(copy, fault, tests), describeFault(fault)).not.toBe(null);
  },
  10 * MINUTE,
);
