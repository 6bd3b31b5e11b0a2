import { print } from '../../platform/console.ts';
import { killWhileDelivering } from '../process/delivery.ts';
import { countOf, type SoakPart } from './part.ts';

const KILLS = 200;

export const delivery: SoakPart = {
  name: 'delivery',
  about:
    `The notifier is killed (kill -9) ${KILLS} times between every two steps of sending mails ` +
    'and webhooks; a mail server and a receiver live on and remember what reached them.',

  async run(seed) {
    const report = await killWhileDelivering(KILLS, seed);
    for (const words of [...report.missed, ...report.disordered, ...report.renamed])
      print(`  ${words}`);
    const figure = countOf(report.kills);
    return [
      figure('stories that should be told', report.expected, { at_least: KILLS }),
      figure('places of a kill', report.places.size, { at_least: 17 }),
      figure('missed', report.missed.length, { at_most: 0 }),
      figure('came again under another id', report.renamed.length, { at_most: 0 }),
      figure('out of order, or an end without its beginning', report.disordered.length, {
        at_most: 0,
      }),
      figure('repeats', report.repeats, { at_most: 3 * KILLS }),
    ];
  },
};
