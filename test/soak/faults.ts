import { print } from '../../platform/console.ts';
import { drawnFaults, faultsBelow } from '../faults/draw.ts';
import { describeFault, type Fault } from '../faults/fault.ts';
import { KNOWN_FAULTS } from '../faults/known.ts';
import { plant } from '../faults/plant.ts';
import { relatedTests } from '../faults/related.ts';
import {
  type AskedTests,
  type ResidentTests,
  startResidentTests,
} from '../faults/resident-tests.ts';
import { sweep } from '../faults/switches/sweep.ts';
import { atOnce } from '../field/own-trouble/at-once.ts';
import { type ScratchCopy, scratchCopy } from '../scratch-copy.ts';
import { countOf, type SoakPart } from './part.ts';

const DRAWN = 60;
/** Instead of those drawn, all of the files whose path begins so. */
const PLACE = process.env.FAULTS;
const COPIES = 2;

export const faults: SoakPart = {
  name: 'faults',
  about:
    `${DRAWN} small faults, drawn from the seed, are planted one at a time in copies of the ` +
    'repository (judging, the line runner, the collector, its upkeep, the notifier), and those ' +
    'that no test saw once. The tests of the room, then those of its neighbours, then the types ' +
    'must see each.',

  async run(seed) {
    const all = PLACE ? await left(PLACE) : [...KNOWN_FAULTS, ...drawnFaults(DRAWN, seed)];
    const benches = Array.from({ length: COPIES }, openBench);
    const idle = [...benches];
    const withBench = async <T>(act: (bench: Bench) => Promise<T>): Promise<T> => {
      const bench = idle.pop();
      if (bench === undefined) throw new Error(`more than ${COPIES} at once`);
      const done = await act(bench);
      idle.push(bench);
      return done;
    };
    try {
      await atOnce(soundnessOf(all), COPIES, (asked) => withBench((it) => requireSound(it, asked)));
      const seen = await atOnce(all, COPIES, async (fault) => {
        const by = await withBench(({ copy, tests }) => plant(copy, fault, tests));
        print(`  ${by === null ? 'NOT SEEN' : `seen by ${by}`}: ${describeFault(fault)}`);
        return by;
      });
      const figure = countOf(all.length);
      return [
        figure('faults that no test sees', seen.filter((by) => by === null).length, { at_most: 0 }),
        figure('faults that only the types see', seen.filter((by) => by === 'types').length, null),
      ];
    } finally {
      for (const { copy, tests } of benches) {
        await tests.stop();
        copy.remove();
      }
    }
  },
};

/** Of all faults of a place, those that no near test sees. */
async function left(place: string): Promise<Fault[]> {
  const all = faultsBelow(place);
  const unseen = await sweep(all);
  print(`  ${all.length - unseen.length} of ${all.length} are seen by the nearest tests`);
  return unseen;
}

interface Bench {
  copy: ScratchCopy;
  tests: ResidentTests;
}

function openBench(): Bench {
  const copy = scratchCopy();
  return { copy, tests: startResidentTests(copy.root) };
}

/** Every group of tests that is to see any of the faults, once. */
function soundnessOf(all: readonly Fault[]): AskedTests[] {
  const asked = all.flatMap(({ path }) =>
    relatedTests(path).map((group) => ({ changed: path, group })),
  );
  return [...new Map(asked.map((it) => [it.group.join(' '), it])).values()];
}

/** Tests that fail by themselves would seem to see every fault. */
async function requireSound({ tests }: Bench, asked: AskedTests): Promise<void> {
  if (!(await tests.pass(asked)))
    throw new Error(`without a fault, these fail: ${asked.group.join(' ')}`);
}
