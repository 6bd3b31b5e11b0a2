import { print } from '../../platform/console.ts';
import { atOnce } from '../field/own-trouble/at-once.ts';

interface SideBySide<Report> {
  /** As many, each with a seed of its own. */
  seeds: readonly number[];
  run: (seed: number) => Promise<Report>;
  wrongIn: (report: Report) => string[];
}

/** The reports of those that ended; one that is broken off is told, and the others go on. */
export async function sideBySide<Report>(parts: SideBySide<Report>): Promise<Report[]> {
  const { seeds, run, wrongIn } = parts;
  const ended = await atOnce(seeds, seeds.length, async (seed) => {
    try {
      const report = await run(seed);
      for (const words of wrongIn(report)) print(`  seed ${seed}: ${words}`);
      return [report];
    } catch (error) {
      print(`  seed ${seed} is broken off: ${(error as Error).message}`);
      return [];
    }
  });
  return ended.flat();
}
