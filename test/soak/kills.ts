import { print } from '../../platform/console.ts';
import { runKillMatrix } from '../process/kills/kill-matrix.ts';
import { countOf, type SoakPart } from './part.ts';

const ROUNDS = Number(process.env.KILLS ?? 1_000);

export const kills: SoakPart = {
  name: 'kills',
  about:
    'Collector, page, notifier and main process are killed, stopped or left without disk ' +
    `${ROUNDS} times, each at a named step of writing; outsiders remember what they were told.`,

  async run(seed) {
    const { struck, acknowledged, ...wrong } = await runKillMatrix(ROUNDS, seed);
    for (const words of Object.values(wrong).flat()) print(`  ${words}`);
    const figure = countOf(struck.length);
    const by = (action: string) => struck.filter((injury) => injury.action === action).length;
    return [
      figure('killed at a named step', by('kill'), null),
      figure('stopped at a named step', by('stop'), null),
      figure('left without disk at a named step', by('full'), null),
      figure('acknowledged', acknowledged, { at_least: 10 * ROUNDS }),
      figure('acknowledged, but lost', wrong.lost.length, { at_most: 0 }),
      figure('written twice', wrong.twice.length, { at_most: 0 }),
      figure('holes without a gap', wrong.holes.length, { at_most: 0 }),
      figure('problems of the database', wrong.problems.length, { at_most: 0 }),
    ];
  },
};
