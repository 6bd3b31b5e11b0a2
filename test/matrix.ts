/** Whether there is time for every case: `npm run test:long`. */
export const LONG = process.env.TEST_LONG === 'on';

/** Every case in a long run; the first `few` of them, which stand for the others, in `npm test`. */
export function matrix<T>(cases: readonly T[], few = 1): readonly T[] {
  return LONG ? cases : cases.slice(0, few);
}

/** The seed of this run: SEED repeats it. */
export const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
