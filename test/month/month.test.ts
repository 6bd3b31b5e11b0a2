import { describe, expect, test } from 'vitest';
import { comparisons, TEXT_COMPARISONS } from './comparisons.ts';
import { MINUTE_MS } from './site.ts';
import type { TruthParts } from './truth.ts';
import { useMonth } from './use-month.ts';

/** A drawn day; SEED, DAYS and WITHOUT draw others: those of `npm run soak -- month`. */
const { SEED = 9, DAYS = 1, WITHOUT = '' } = process.env;
const without = WITHOUT.split(',') as NonNullable<TruthParts['without']>;
const month = useMonth(
  {
    seed: Number(SEED),
    days: Number(DAYS),
    without,
    tick_ms: MINUTE_MS / 6,
    read_every_ms: 10 * MINUTE_MS,
  },
  5 * Number(DAYS) * MINUTE_MS,
);
const SAMPLES = 100;

describe('of a drawn day', () => {
  test.each([...comparisons(SAMPLES), ...TEXT_COMPARISONS])('$what', async ({ compare }) => {
    const { n, wrong } = await compare(month());
    expect(wrong).toEqual([]);
    // On another day none may be far enough from everything else.
    if (process.env.SEED === undefined || Number(DAYS) > 1) expect(n).toBeGreaterThan(0);
  });
});
