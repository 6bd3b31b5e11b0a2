import type { Figure } from '../../bench/figure.ts';
import { print } from '../../platform/console.ts';
import { createRandom } from '../random.ts';
import { blameOf, daysOfLoss, healthySystems, IN_OFFICE_HOURS } from '../sync/healthy.ts';
import { drawRun, rangeFigures } from '../sync/ranges.ts';
import { countOf, type SoakPart } from './part.ts';

const RUNS = 1_000;
const DAYS = 1_000;
const LOSING = new Set(['losing 1 %', 'few invoices']);

export const sync: SoakPart = {
  name: 'sync',
  about:
    `${RUNS} printed ranges of delays beside the true median, and ${DAYS} days of healthy ` +
    'systems that are not to be blamed.',

  async run(seed) {
    const random = createRandom(seed);
    const runs = Array.from({ length: RUNS }, () => drawRun(random));
    const { covered, finite, ratio } = rangeFigures(runs);
    const share = countOf(RUNS);
    const ranges: Figure[] = [
      share('share of ranges that cover the true median', covered, { at_least: 0.93 }),
      share('share with an upper limit, of 30 and up to half waiting', finite, { at_least: 0.85 }),
      { ...share('upper ÷ lower limit, of some 200', ratio, { at_most: 3 }), unit: '×' },
    ];
    const systems = [...[1, 8, 20].flatMap(healthySystems), ...IN_OFFICE_HOURS];
    const days = Math.ceil(DAYS / systems.length);
    const blamed = systems.map((system, n) => {
      const told = blameOf(system, days, seed + n);
      for (const { state, notes, known_at } of told)
        print(`  ${system.what}: ${state} (${notes}) at ${new Date(known_at).toISOString()}`);
      return told.length;
    });
    const sum = blamed.reduce((total, it) => total + it, 0);
    const blame = countOf(days * systems.length)('days blamed', sum, { at_most: 0 });
    return [...ranges, blame, lossesOf(days, seed)];
  },
};

/** How often those that lose 1 or 2 % are said to lose some, which is so. */
function lossesOf(days: number, seed: number): Figure {
  const systems = IN_OFFICE_HOURS.filter(({ what }) => LOSING.has(what));
  const n = systems.map((system, i) => daysOfLoss(system, days, seed + i));
  const sum = n.reduce((total, it) => total + it, 0);
  return countOf(days * systems.length)('days of a loss that is one', sum, null);
}
