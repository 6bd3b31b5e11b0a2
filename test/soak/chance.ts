import type { Figure } from '../../bench/figure.ts';
import { DAY, MINUTE, SECOND } from '../../model/time.ts';
import { T0 } from '../model/builders.ts';
import { createRandom } from '../random.ts';
import { simulateChance } from '../rules/chance.ts';
import { countOf, type SoakPart } from './part.ts';

const DAYS = 365;
const SLOTS = [15 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE];
const SHARES = [0.01, 0.03, 0.05, 0.1, 0.2];
const OFTEN = '20 %';
/** From this share on it is said that some users are affected. */
const SAID_FROM = 0.1;

export const chance: SoakPart = {
  name: 'chance',
  about:
    'A check is simulated for a year at each distance of slots and each share of random ' +
    'failures, judged by the functions of the product.',

  async run(seed) {
    const years = SLOTS.flatMap((every_ms) => SHARES.flatMap((p) => yearOf(every_ms, p, seed)));
    const often = years.filter((it) => it.what.startsWith(OFTEN) && it.what.endsWith('a year'));
    const mean = often.reduce((sum, it) => sum + it.value, 0) / often.length;
    const what = `${OFTEN} at random: outages a year, mean of all distances`;
    return [...years, countOf(often.length)(what, mean, { at_most: 5 })];
  },
};

function yearOf(every_ms: number, p: number, seed: number): Figure[] {
  const random = createRandom(seed + every_ms + 1_000 * p);
  const year = simulateChance({ every_ms, days: DAYS, fails: () => random() < p });
  const figure = countOf(year.results);
  const named = `${100 * p} % at random, every ${every_ms / SECOND} s`;
  // At 20 % the number of confirmations is the greatest: a single year has what chance gives it.
  const outages = p < 0.2 ? { at_most: 0 } : null;
  const said_ms = (year.affected[0]?.said_at ?? Number.POSITIVE_INFINITY) - T0;
  return [
    figure(`${named}: outages a year`, year.outages.length, outages),
    ...(p < SAID_FROM
      ? []
      : [figure(`${named}: said within a day`, said_ms <= DAY ? 1 : 0, { at_least: 1 })]),
  ];
}
