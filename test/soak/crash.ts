import { print } from '../../platform/console.ts';
import { crashRepeatedly } from '../process/crash.ts';
import { countOf, type SoakPart } from './part.ts';

const KILLS = 100;

export const crash: SoakPart = {
  name: 'crash',
  about:
    `The loaded installation is killed (kill -9) ${KILLS} times at random moments; the ` +
    'simulators live on and remember what they answered.',

  async run(seed) {
    const report = await crashRepeatedly(KILLS, seed);
    const { missing, problems, uncovered_downtime } = report;
    for (const words of [...missing, ...problems, ...uncovered_downtime]) print(`  ${words}`);
    const figure = countOf(report.kills);
    return [
      figure('answered runs with exactly one row', report.runs, { at_least: 10 * KILLS }),
      figure('answered looks with exactly one row', report.looks, { at_least: KILLS }),
      figure('answered, but lost or written twice', missing.length, { at_most: 0 }),
      figure('problems of the database', problems.length, { at_most: 0 }),
      figure('down times of 10 s and more without a gap', uncovered_downtime.length, {
        at_most: 0,
      }),
      figure('incidents opened on the way', report.incidents, null),
    ];
  },
};
