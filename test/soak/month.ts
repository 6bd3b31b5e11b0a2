import { join } from 'node:path';
import type { Figure } from '../../bench/figure.ts';
import { inFolder } from '../../bench/folder.ts';
import { print } from '../../platform/console.ts';
import { untold, wrongDays, wrongLengths } from '../month/compare-published.ts';
import { wrongRollups } from '../month/compare-quantiles.ts';
import { readable } from '../month/expected.ts';
import {
  falseSamples,
  farFromTruth,
  type LivedMonth,
  ledgerDifferences,
  readMonth,
  replayDifferences,
  unknownAndBlind,
} from '../month/lived-month.ts';
import { readPublished } from '../month/published.ts';
import { COMPONENTS_OF_MONTH, MINUTE_MS } from '../month/site.ts';
import { drawTruth } from '../month/truth.ts';
import { countOf, type SoakPart } from './part.ts';

const MONTHS = 4;
const DAYS = 7;
const TICK_MS = 10_000;
const SAMPLES = 200;
/** Differences printed of each kind; all are counted. */
const SHOWN = 20;

export const month: SoakPart = {
  name: 'month',
  about:
    `${MONTHS} times ${DAYS} days of drawn truth, with everything that happens to systems and to ` +
    'us, lived through by the judge, recorder and store, and read by an oracle of its own.',

  async run(seed) {
    const figures: Figure[] = [];
    for (let i = 0; i < MONTHS; i += 1) {
      const of_month = await inFolder(async (folder) => {
        const truth = drawTruth({ seed: seed + i, days: DAYS });
        const lived = await readMonth({ truth, path: join(folder, 'month.db'), tick_ms: TICK_MS });
        return await figuresOf(lived, folder).finally(() => lived.store.close());
      });
      figures.push(...of_month.map((it) => ({ ...it, what: `seed ${seed + i}: ${it.what}` })));
    }
    return figures;
  },
};

async function figuresOf(month: LivedMonth, folder: string): Promise<Figure[]> {
  const wrong = ledgerDifferences(month);
  const wrong_samples = falseSamples(month, SAMPLES);
  const wrong_again = await replayDifferences(month);
  const published = await readPublished(month, folder);
  const lengths = wrongLengths(month, published);
  const days = wrongDays(month, published);
  const not_told = untold(month, published);
  const rollups = await wrongRollups(month);
  const states = [...wrong, ...wrong_again, ...wrong_samples].map(readable);
  const shown = [states, lengths, days, not_told, rollups.wrong];
  for (const it of shown.flatMap((some) => some.slice(0, SHOWN))) print(`  ${it}`);
  const { n, far } = farFromTruth(month);
  const { unknown_ms, blind_ms } = unknownAndBlind(month);
  const results = countOf(month.lived.findings.length);
  const wrong_ms = wrong.reduce((sum, { from, to }) => sum + to - from, 0);
  const samples = countOf(SAMPLES * COMPONENTS_OF_MONTH.length);
  return [
    results('times that the ledger differs from the oracle', wrong.length, { at_most: 0 }),
    { ...results('for so long', wrong_ms / MINUTE_MS, null), unit: 'min' },
    results('times that a replay differs', wrong_again.length, { at_most: 0 }),
    samples('false states published', wrong_samples.length, { at_most: 0 }),
    countOf(n)('outages told further than a slot from the truth', far.length, { at_most: 0 }),
    countOf(published.incidents.length)('lengths that differ', lengths.length, { at_most: 0 }),
    countOf(DAYS * COMPONENTS_OF_MONTH.length)('days whose figures differ', days.length, {
      at_most: 0,
    }),
    results('outages in no incident', not_told.length, { at_most: 0 }),
    countOf(rollups.compared)('roll-ups that differ', rollups.wrong.length, { at_most: 0 }),
    { ...results('unknown ÷ blind', unknown_ms / blind_ms, { at_most: 1.02 }), unit: '×' },
  ];
}
