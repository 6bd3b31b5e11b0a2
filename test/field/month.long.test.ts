import { expect, test } from 'vitest';
import { SEED, sampled } from '../matrix.ts';
import { otherwiseInJson, wrongDaysInCsv, wrongStatesInCsv } from '../month/compare-history.ts';
import { untold, wrongDays, wrongLengths } from '../month/compare-published.ts';
import { wrongRollups } from '../month/compare-quantiles.ts';
import { readable } from '../month/expected.ts';
import {
  falseSamples,
  farFromTruth,
  ledgerDifferences,
  replayDifferences,
} from '../month/lived-month.ts';
import { wrongCountsInMetrics, wrongStatesInMetrics } from '../month/metrics.ts';
import { MINUTE_MS } from '../month/site.ts';
import { useMonth } from '../month/use-month.ts';

/** A whole month, of which a day is in the short tests; of a sample two days. */
const days = sampled(
  Array.from({ length: 30 }, (_, day) => day),
  2,
).length;
const month = useMonth({ seed: SEED, days, tick_ms: MINUTE_MS / 6 }, days * MINUTE_MS);
const SAMPLES_A_DAY = 30;

test(
  `SEED=${SEED}: ${days} days of everything that befalls systems and us are told as they were`,
  async () => {
    const lived = month();
    expect(ledgerDifferences(lived).map(readable)).toEqual([]);
    expect((await replayDifferences(lived)).map(readable)).toEqual([]);
    expect(falseSamples(lived, days * SAMPLES_A_DAY).map(readable)).toEqual([]);
    expect(farFromTruth(lived).far).toEqual([]);
    expect(wrongLengths(lived, lived.published)).toEqual([]);
    expect(untold(lived, lived.published)).toEqual([]);
    expect(wrongDays(lived, lived.published)).toEqual([]);
    expect(wrongStatesInCsv(lived, lived.published).map(readable)).toEqual([]);
    expect(wrongDaysInCsv(lived, lived.published)).toEqual([]);
    expect(otherwiseInJson(lived.published)).toEqual([]);
    expect(wrongStatesInMetrics(lived).wrong).toEqual([]);
    expect(wrongCountsInMetrics(lived)).toEqual([]);
    expect((await wrongRollups(lived)).wrong).toEqual([]);
  },
  5 * MINUTE_MS,
);
