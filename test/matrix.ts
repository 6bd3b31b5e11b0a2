import { createRandom, shuffled } from './random.ts';

/** Whether there is time for every case: `npm run test:long`. */
export const LONG = process.env.TEST_LONG === 'on';

/** Every case in a long run; the first `few` of them, which stand for the others, in `npm test`. */
export function matrix<T>(cases: readonly T[], few = 1): readonly T[] {
  return LONG ? cases : cases.slice(0, few);
}

/** The seed of this run: SEED repeats it. */
export const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** Whether only some minutes of the long tests are run: `npm run test:long -- --minutes`. */
const IS_SAMPLE = process.env.TEST_SAMPLE === 'on';

/** Every case, for tests of which each takes a minute; of a sample so many, drawn by the seed. */
export function sampled<T>(cases: readonly T[], few: number): readonly T[] {
  return IS_SAMPLE ? shuffled(cases, createRandom(SEED)).slice(0, few) : cases;
}
