import { mergedRollup } from '../../model/merged-rollup.ts';
import type { Clock } from '../../model/ports.ts';
import type { Rollup } from '../../model/rollup.ts';
import type { Change } from '../../store/ports/changes.ts';
import type { RollupWrites } from '../../store/ports/rollups.ts';
import { type Rollups, startOf, type TakenRollups } from './rollups.ts';

/** Roll-ups per transaction and grain: a few ms. */
const SLICE = 50;

export interface SavingParts {
  store: RollupWrites;
  rollups: Rollups;
  /** Of the page, in which days begin. */
  zone: string;
  clock: Clock;
  /** Whether roll-ups in memory are no smaller than those of the store. */
  isWhole: () => boolean;
}

/**
 * Writes what changed of the roll-ups, slice by slice. Rejects when something cannot be written,
 * which is then written the next time. Ends early when all is counted again.
 */
export async function saveChanged(parts: SavingParts): Promise<void> {
  const { rollups, isWhole } = parts;
  while (isWhole()) {
    const slice = rollups
      .takeChanged(SLICE)
      .filter((it) => it.rollups.length + it.parts.length > 0);
    if (slice.length === 0) return;
    for (const [i, taken] of slice.entries()) {
      try {
        await save(parts, taken);
      } catch (err) {
        for (const left of slice.slice(i)) rollups.giveBack(left);
        throw err;
      }
    }
  }
}

/**
 * The page, which remembers days that are over, is told when one has changed, with the same commit:
 * parts that were added and not told would be added again.
 */
async function save({ store, zone, clock }: SavingParts, taken: TakenRollups): Promise<void> {
  const { grain, rollups, parts } = taken;
  const now = clock.now();
  const today = startOf('day', now, zone);
  const changesBy = (its: readonly Rollup[]): Change[] =>
    grain === 'day' && its.some(({ from }) => from < today)
      ? [{ kind: 'history', ref: 'day', at: now }]
      : [];
  if (rollups.length > 0) await store.saveRollups(grain, rollups, changesBy(rollups));
  if (parts.length > 0) await store.addToRollups(grain, parts, mergedRollup, changesBy(parts));
}
