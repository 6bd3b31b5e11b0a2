import { neverStruck, wordsOf } from '../process/injuring/injuries.ts';
import { type KillReport, wrongIn } from '../process/kills/comparing.ts';
import { PAIRS } from '../process/kills/injuries.ts';
import { runKillMatrix } from '../process/kills/kill-matrix.ts';
import { countOf, type SoakPart } from './part.ts';
import { sideBySide } from './side-by-side.ts';

const ROUNDS = Number(process.env.KILLS ?? 1_000);
/** Installations side by side, each with rounds of its own: they mostly wait. */
const AT_ONCE = 5;

export const kills: SoakPart = {
  name: 'kills',
  about:
    'Collector, page, notifier and main process are killed, stopped or left without disk ' +
    `${ROUNDS} times, at every named step of writing in turn; outsiders remember what they were ` +
    'told.',

  async run(seed) {
    const share = Math.ceil(ROUNDS / AT_ONCE);
    const seeds = Array.from({ length: AT_ONCE }, (_, n) => seed + n);
    const run = (own: number) => runKillMatrix(share, own);
    const reports = await sideBySide({ seeds, run, wrongIn });
    const struck = reports.flatMap((it) => it.struck);
    const in_vain = reports.flatMap((it) => it.in_vain);
    const never = neverStruck(PAIRS, struck);
    const refusal = reports.find((it) => it.disk_refusal !== null)?.disk_refusal;
    const sum = (value: (it: KillReport) => number) =>
      reports.reduce((total, it) => total + value(it), 0);
    const figure = countOf(struck.length);
    const by = (action: string) => struck.filter((injury) => injury.action === action).length;
    return [
      countOf(AT_ONCE)('broken off', AT_ONCE - reports.length, { at_most: 0 }),
      figure('killed at a named step', by('kill'), null),
      figure('stopped at a named step', by('stop'), null),
      figure(
        `left without disk at a named step${refusal ? ` (none could be mounted: ${refusal})` : ''}`,
        by('full'),
        null,
      ),
      figure('waited in vain for a named step', in_vain.length, null),
      figure('places × actions', PAIRS.length, null),
      figure('places × actions never struck', never.length, { at_most: 0 }),
      ...never.map((pair) => {
        const words = wordsOf(pair);
        const waits = in_vain.filter((it) => wordsOf(it) === words).length;
        return figure(`never struck: ${words}; waited for in vain`, waits, null);
      }),
      figure(
        'acknowledged',
        sum((it) => it.acknowledged),
        { at_least: 5 * ROUNDS },
      ),
      figure(
        'acknowledged, but lost',
        sum((it) => it.lost.length),
        { at_most: 0 },
      ),
      figure(
        'written twice',
        sum((it) => it.twice.length),
        { at_most: 0 },
      ),
      figure(
        'holes without a gap',
        sum((it) => it.holes.length),
        { at_most: 0 },
      ),
      figure(
        'told out of order, without a beginning, or twice under two ids',
        sum((it) => it.broken.length),
        { at_most: 0 },
      ),
      figure(
        'differences of the ledger when all is judged again',
        sum((it) => it.differences.length),
        { at_most: 0 },
      ),
      figure(
        'problems of the database',
        sum((it) => it.problems.length),
        { at_most: 0 },
      ),
    ];
  },
};
