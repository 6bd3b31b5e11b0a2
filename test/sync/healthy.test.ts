import { expect, test } from 'vitest';
import { blameOf, healthySystems, IN_OFFICE_HOURS } from './healthy.ts';

const ALWAYS = [1, 8].flatMap(healthySystems);

/** A thousand days in the soak. */
test.each(ALWAYS.map((it) => [it.what, it] as const))('a day of %s is not blamed', (_, system) => {
  expect(blameOf(system, 1, 42)).toEqual([]);
});

test.each(IN_OFFICE_HOURS.map((it) => [it.what, it] as const))(
  'a week of %s, in office hours, is not blamed',
  (_, system) => {
    expect(blameOf(system, 8, 42)).toEqual([]);
  },
);
