import { expect, test } from 'vitest';
import { readable } from './expected.ts';
import { falseSamples, farFromTruth, ledgerDifferences, unknownAndBlind } from './lived-month.ts';
import { MINUTE_MS } from './site.ts';
import type { TruthParts } from './truth.ts';
import { useMonth } from './use-month.ts';

/** A drawn day; SEED, DAYS and WITHOUT draw others: those of `npm run soak -- month`. */
const { SEED = 9, DAYS = 1, WITHOUT = 'chance' } = process.env;
const without = WITHOUT.split(',') as NonNullable<TruthParts['without']>;
const month = useMonth(
  { seed: Number(SEED), days: Number(DAYS), without, tick_ms: MINUTE_MS / 6 },
  Number(DAYS) * MINUTE_MS,
);
const SAMPLES = 100;

test('the ledger of a drawn day is what the oracle reads from its results', () => {
  expect(ledgerDifferences(month()).map(readable)).toEqual([]);
});

test('at every instant that is published which was known then', () => {
  expect(falseSamples(month(), SAMPLES).map(readable)).toEqual([]);
});

test('outages begin and end within a slot of the truth', () => {
  const { n, far } = farFromTruth(month());
  expect(n).toBeGreaterThan(0);
  expect(far).toEqual([]);
});

test('no more is unknown than we were blind', () => {
  const { unknown_ms, blind_ms } = unknownAndBlind(month());
  expect(unknown_ms).toBeGreaterThan(0);
  expect(unknown_ms).toBeLessThan(1.02 * blind_ms);
});
