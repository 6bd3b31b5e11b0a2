import { expect, test } from 'vitest';
import { SEED, sampled } from '../matrix.ts';
import { comparisons } from '../month/comparisons.ts';
import { MINUTE_MS } from '../month/site.ts';
import { useMonth } from '../month/use-month.ts';

/**
 * States, lengths and figures of a whole month; of a sample two days. Texts are compared on a day
 * in the short tests, and by `npm run soak -- month`: of other seeds some are known to be false,
 * after a restart and at the ends of maintenance.
 */
const days = sampled(
  Array.from({ length: 30 }, (_, day) => day),
  2,
).length;
const month = useMonth(
  { seed: SEED, days, tick_ms: MINUTE_MS / 6, read_every_ms: 10 * MINUTE_MS },
  2 * days * MINUTE_MS,
);
const SAMPLES_A_DAY = 30;

test.each(comparisons(days * SAMPLES_A_DAY))(
  `SEED=${SEED}, ${days} days of all that befalls systems and us: $what`,
  async ({ compare }) => {
    const { wrong } = await compare(month());
    expect(wrong).toEqual([]);
  },
  5 * MINUTE_MS,
);
