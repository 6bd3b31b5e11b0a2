import { expect, test } from 'vitest';
import { otherwiseInJson, wrongDaysInCsv, wrongStatesInCsv } from './compare-history.ts';
import { untold, wrongDays, wrongLengths } from './compare-published.ts';
import { wrongRollups } from './compare-quantiles.ts';
import { readable } from './expected.ts';
import {
  falseSamples,
  farFromTruth,
  ledgerDifferences,
  replayDifferences,
  unknownAndBlind,
} from './lived-month.ts';
import { wrongCountsInMetrics, wrongStatesInMetrics } from './metrics.ts';
import { MINUTE_MS } from './site.ts';
import type { TruthParts } from './truth.ts';
import { useMonth } from './use-month.ts';

/** A drawn day; SEED, DAYS and WITHOUT draw others: those of `npm run soak -- month`. */
const { SEED = 9, DAYS = 1, WITHOUT = '' } = process.env;
const without = WITHOUT.split(',') as NonNullable<TruthParts['without']>;
const month = useMonth(
  { seed: Number(SEED), days: Number(DAYS), without, tick_ms: MINUTE_MS / 6 },
  3 * Number(DAYS) * MINUTE_MS,
);
const SAMPLES = 100;

test('the ledger of a drawn day is what the oracle reads from its results', () => {
  expect(ledgerDifferences(month()).map(readable)).toEqual([]);
});

test('at every instant that is published which was known then', () => {
  expect(falseSamples(month(), SAMPLES).map(readable)).toEqual([]);
});

test('the judge says the same again of what was recorded', async () => {
  expect((await replayDifferences(month())).map(readable)).toEqual([]);
});

test('outages begin and end within a slot of the truth', () => {
  const { n, far } = farFromTruth(month());
  // On another day none may be far enough from everything else.
  if (process.env.SEED === undefined || Number(DAYS) > 1) expect(n).toBeGreaterThan(0);
  expect(far).toEqual([]);
});

test('no more is unknown than we were blind', () => {
  const { unknown_ms, blind_ms } = unknownAndBlind(month());
  expect(unknown_ms).toBeGreaterThan(0);
  expect(unknown_ms).toBeLessThan(1.02 * blind_ms);
});

test('lengths are those of the oracle in list, page, feed, mail and alert', () => {
  expect(wrongLengths(month(), month().published)).toEqual([]);
});

test('every outage is in an incident, and the API tells the state at the end', () => {
  expect(untold(month(), month().published)).toEqual([]);
});

test('so are the figures of the days', () => {
  expect(wrongDays(month(), month().published)).toEqual([]);
});

test('CSV and JSON tell the same states and days', () => {
  expect(wrongStatesInCsv(month(), month().published).map(readable)).toEqual([]);
  expect(wrongDaysInCsv(month(), month().published)).toEqual([]);
  expect(otherwiseInJson(month().published)).toEqual([]);
});

test('metrics tell the same states, and count every result', () => {
  const { n, wrong } = wrongStatesInMetrics(month());
  expect(n).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
  expect(wrongCountsInMetrics(month())).toEqual([]);
});

test('roll-ups have the n and the quantiles of the results behind them', async () => {
  const { wrong, compared } = await wrongRollups(month());
  expect(compared).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
});
