import { print } from '../../platform/console.ts';
import { drawnFaults } from '../faults/draw.ts';
import { describeFault, type Fault } from '../faults/fault.ts';
import { KNOWN_FAULTS } from '../faults/known.ts';
import { plant, testsPass } from '../faults/plant.ts';
import { relatedTests } from '../faults/related.ts';
import { atOnce } from '../field/own-trouble/at-once.ts';
import { type ScratchCopy, scratchCopy } from '../scratch-copy.ts';
import { countOf, type SoakPart } from './part.ts';

const DRAWN = 60;
const COPIES = 2;

export const faults: SoakPart = {
  name: 'faults',
  about:
    `${DRAWN} small faults, drawn from the seed, are planted one at a time in copies of the ` +
    'repository (judging, the line runner, the collector, its upkeep, the notifier), and those ' +
    'that no test saw once. The tests of the room, then those of its neighbours, then the types ' +
    'must see each.',

  async run(seed) {
    const copies = Array.from({ length: COPIES }, scratchCopy);
    const idle = [...copies];
    const all = [...KNOWN_FAULTS, ...drawnFaults(DRAWN, seed)];
    try {
      await requireSound(copies[0] ?? scratchCopy(), all);
      const seen = await atOnce(all, COPIES, async (fault) => {
        const copy = idle.pop() ?? scratchCopy();
        const by = await plant(copy, fault);
        idle.push(copy);
        print(`  ${by === null ? 'NOT SEEN' : `seen by ${by}`}: ${describeFault(fault)}`);
        return by;
      });
      const figure = countOf(all.length);
      return [
        figure('faults that no test sees', seen.filter((by) => by === null).length, { at_most: 0 }),
        figure('faults that only the types see', seen.filter((by) => by === 'types').length, null),
      ];
    } finally {
      for (const copy of copies) copy.remove();
    }
  },
};

/** Tests that fail by themselves would seem to see every fault. */
async function requireSound(copy: ScratchCopy, all: readonly Fault[]): Promise<void> {
  const groups = all.flatMap(({ path }) => relatedTests(path)).map((group) => group.join(' '));
  for (const group of new Set(groups)) {
    if (!(await testsPass(copy, group.split(' '))))
      throw new Error(`without a fault, these fail: ${group}`);
  }
}
