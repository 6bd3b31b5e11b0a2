import { join } from 'node:path';
import type { Figure } from '../../bench/figure.ts';
import { inFolder } from '../../bench/folder.ts';
import { print } from '../../platform/console.ts';
import { openSigner } from '../../platform/signer.ts';
import { comparisons, type PublishedMonth, TEXT_COMPARISONS } from '../month/comparisons.ts';
import { readMonth, unknownAndBlind } from '../month/lived-month.ts';
import { readPublished } from '../month/published.ts';
import { drawTruth } from '../month/truth.ts';
import { countOf, type SoakPart } from './part.ts';

const DAYS = 30;
const TIMES = { tick_ms: 10_000, read_every_ms: 1_800_000 };
const EVERY_MINUTE = Number.POSITIVE_INFINITY;
/** Differences printed of each kind; all are counted. */
const SHOWN = 20;

export const month: SoakPart = {
  name: 'month',
  about:
    `${DAYS} days of drawn truth, with everything that happens to systems and to us, lived ` +
    'through by the judge, recorder and store, and read by an oracle of its own, minute by minute.',

  async run(seed) {
    return await inFolder(async (folder) => {
      const truth = drawTruth({ seed, days: DAYS });
      const path = join(folder, 'month.db');
      const signer = openSigner(folder);
      const lived = await readMonth({ truth, path, signer, ...TIMES });
      try {
        return await figuresOf({ ...lived, published: await readPublished(lived, folder) });
      } finally {
        await lived.store.close();
      }
    });
  },
};

async function figuresOf(month: PublishedMonth): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { what, compare } of [...comparisons(EVERY_MINUTE), ...TEXT_COMPARISONS]) {
    const { n, wrong } = await compare(month);
    for (const it of wrong.slice(0, SHOWN)) print(`  ${it}`);
    figures.push(countOf(n)(`not so: ${what}`, wrong.length, { at_most: 0 }));
  }
  const { unknown_ms, blind_ms } = unknownAndBlind(month);
  const results = countOf(month.lived.findings.length);
  return [
    ...figures,
    { ...results('unknown ÷ blind', unknown_ms / blind_ms, { at_most: 1.02 }), unit: '×' },
  ];
}
