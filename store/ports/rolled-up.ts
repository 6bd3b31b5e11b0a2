import type { OwnResult } from '../../model/event.ts';
import type { CorrectedJourney, Journey } from '../../model/journey.ts';
import type { Result } from '../../model/result.ts';
import { earliest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';

/** How far roll-ups are written, so that a start knows what it has to count again. */
export interface RolledUp {
  /** What was recorded of before is in them. */
  to: EpochMs;
  /** From the beginning of the hour and day of this instant on all rows are kept. */
  countable_from: EpochMs;
}

export interface RolledUpWrites {
  /**
   * Roll-ups are written so far. What is recorded later of an earlier time lowers it again, with
   * the same commit, unless rows of its day may have been pruned. `countable_from` never falls.
   */
  saveRolledUp(rolled_up: RolledUp): Promise<void>;
}

export function rolledUpWrites(db: Db): RolledUpWrites {
  return {
    async saveRolledUp({ to, countable_from }) {
      await db
        .updateTable('installation')
        .set(({ fn, ref, val }) => ({
          rolled_up_to: to,
          countable_from: fn<EpochMs>('max', [
            fn.coalesce(ref('countable_from'), val(0)),
            val(countable_from),
          ]),
        }))
        .execute();
    },
  };
}

/** null: nobody has said so yet. */
export async function readRolledUp(db: Db): Promise<RolledUp | null> {
  const row = await db
    .selectFrom('installation')
    .select(['rolled_up_to', 'countable_from'])
    .executeTakeFirst();
  if (!row || row.rolled_up_to === null) return null;
  return { to: row.rolled_up_to, countable_from: row.countable_from ?? 0 };
}

/** What is counted in hours and days. */
interface CountedRows {
  results?: Result[];
  own_results?: OwnResult[];
  journeys?: Journey[];
  corrected_journeys?: CorrectedJourney[];
}

/** What is recorded is not in the roll-ups yet. Requires its transaction. */
export async function lowerRolledUp(db: Db, recorded: CountedRows): Promise<void> {
  const { results = [], own_results = [], journeys = [], corrected_journeys = [] } = recorded;
  const at = earliest([
    ...results.map(({ slot_at }) => slot_at),
    ...own_results.map(({ at }) => at),
    ...journeys.map(({ first_present_at }) => first_present_at),
    ...corrected_journeys.map(({ before, after }) =>
      before.first_present_at === after.first_present_at ? null : after.first_present_at,
    ),
  ]);
  if (at !== null)
    await db
      .updateTable('installation')
      .set({ rolled_up_to: at })
      .where('rolled_up_to', '>', at)
      .where('countable_from', '<=', at)
      .execute();
  await lowerToDue(db, journeys);
}

/**
 * An invoice that was told of late, or withdrawn, changes what was due, at a time after its
 * acceptance that only its policy knows. That time may be countable though the acceptance is not.
 */
async function lowerToDue(db: Db, journeys: readonly Journey[]): Promise<void> {
  const accepted_at = earliest(journeys.filter(isDueAnew).map((journey) => journey.accepted_at));
  if (accepted_at === null) return;
  await db
    .updateTable('installation')
    .set(({ fn, ref, val }) => ({
      rolled_up_to: fn<EpochMs>('max', [val(accepted_at), ref('countable_from')]),
    }))
    .where('rolled_up_to', '>', accepted_at)
    .whereRef('rolled_up_to', '>', 'countable_from')
    .execute();
}

/** It has not been looked for: perhaps nothing was known of it; or it counts for nothing now. */
function isDueAnew({ looks, state }: Journey): boolean {
  return looks === 0 || state === 'rejected' || state === 'voided';
}
