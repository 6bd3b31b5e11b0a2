import { expect, test } from 'vitest';
import { blameOf, healthySystems } from './healthy.ts';

const SYSTEMS = [1, 8].flatMap(healthySystems);

/** A thousand days in the soak. */
test.each(SYSTEMS.map((it) => [it.what, it] as const))('a day of %s is not blamed', (_, system) => {
  expect(blameOf(system, 1, 42)).toEqual([]);
});
