import type { Figure } from '../../bench/figure.ts';
import { print } from '../../platform/console.ts';
import { atOnce } from '../field/own-trouble/at-once.ts';
import type { DrillVerdict } from '../field/own-trouble/checks/drilled.ts';
import { holds } from '../field/own-trouble/checks/drilled.ts';
import { PHASES } from '../field/own-trouble/phases.ts';
import { runDrills } from '../field/own-trouble/run-drills.ts';
import { TROUBLES } from '../field/own-trouble/troubles/index.ts';
import type { SoakPart } from './part.ts';

/** `DRILLS=names` drills that trouble alone, where a machine was too busy for all. */
const ASKED = process.env.DRILLS?.split(',');
const DRILLED = TROUBLES.filter(({ name }) => ASKED?.includes(name) ?? true);
/** Installations that mostly wait, each with five processes. */
const AT_ONCE = 6;

export const drills: SoakPart = {
  name: 'drills',
  about:
    `Each kind of trouble of our own strikes a whole installation in each of ${PHASES.length} ` +
    'phases of its slots, in real time, while one of its six systems truly fails. Times are the ' +
    'worst of the phases.',

  async run(seed) {
    const figures = await atOnce(DRILLED, AT_ONCE, async ({ name }) => {
      const verdicts = await runDrills({ trouble: name, phases: PHASES, pace: 'real', seed });
      for (const it of verdicts.filter((verdict) => !holds(verdict)))
        print(`  ${JSON.stringify(it)}`);
      return figuresOf(name, verdicts);
    });
    return figures.flat();
  },
};

function figuresOf(name: string, verdicts: readonly DrillVerdict[]): Figure[] {
  const n = verdicts.length;
  const worst = (value: (it: DrillVerdict) => number) => Math.max(...verdicts.map(value)) / 1_000;
  return [
    {
      what: `${name}: words against healthy systems, and problems`,
      value: verdicts.flatMap((it) => [...it.blamed, ...it.problems]).length,
      unit: '',
      n,
      budget: { at_most: 0 },
    },
    {
      what: `${name}: unknown for longer than blind`,
      value: worst((it) => Math.max(0, it.unknown_ms - it.unknown_allowed_ms)),
      unit: 's',
      n,
      budget: { at_most: 0 },
    },
    {
      what: `${name}: outage told after it could be`,
      value: worst((it) => it.told_ms ?? Infinity),
      unit: 's',
      n,
      budget: { at_most: worst((it) => it.told_allowed_ms) },
    },
  ];
}
