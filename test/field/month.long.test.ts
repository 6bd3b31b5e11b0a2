import { expect, test } from 'vitest';
import { SEED, sampled } from '../matrix.ts';
import { comparisons } from '../month/comparisons.ts';
import { MINUTE_MS } from '../month/site.ts';
import { useMonth } from '../month/use-month.ts';

/** A whole month, of which a day is in the short tests; of a sample two days. */
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
