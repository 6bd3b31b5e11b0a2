import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Transition } from '../../model/component.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Schema, TransitionTable } from '../schema.ts';
import { bit, inChunks, parseJson } from './rows.ts';

export async function insertTransitions(
  db: Kysely<Schema>,
  transitions: Transition[],
): Promise<void> {
  for (const values of inChunks(transitions.map(transitionRow))) {
    await db.insertInto('transition').values(values).execute();
  }
}

/**
 * Those with `since` in [from, to) and for each component the last one before `from`; oldest first.
 */
export async function readTransitions(
  db: Kysely<Schema>,
  from: EpochMs,
  to: EpochMs,
): Promise<Transition[]> {
  const during = await db
    .selectFrom('transition')
    .selectAll()
    .where('since', '>=', from)
    .where('since', '<', to)
    .orderBy('since')
    .orderBy('seq')
    .execute();
  return [...(await readLastTransitions(db, from)), ...during.map(toTransition)];
}

/** The last transition of each component (with `since` before `before`), oldest first. */
export async function readLastTransitions(
  db: Kysely<Schema>,
  before: EpochMs | null,
): Promise<Transition[]> {
  const rows = await db
    .selectFrom('component_status')
    .innerJoin('transition', (join) =>
      join.on('transition.seq', '=', (on) =>
        on
          .selectFrom('transition as earlier')
          .select('earlier.seq')
          .whereRef('earlier.component', '=', 'component_status.component')
          .$if(before !== null, (select) => select.where('earlier.since', '<', before ?? 0))
          .orderBy('earlier.since', 'desc')
          .orderBy('earlier.seq', 'desc')
          .limit(1),
      ),
    )
    .selectAll('transition')
    .orderBy('transition.since')
    .orderBy('transition.seq')
    .execute();
  return rows.map(toTransition);
}

function transitionRow(transition: Transition): Insertable<TransitionTable> {
  return {
    component: transition.component,
    from_state: transition.from,
    to_state: transition.to,
    since: transition.since,
    recorded_at: transition.recorded_at,
    cause: transition.cause,
    cause_ref: transition.cause_ref,
    notes: JSON.stringify(transition.notes),
    simulated: bit(transition.simulated),
  };
}

function toTransition(row: Selectable<TransitionTable>): Transition {
  return {
    component: row.component,
    from: row.from_state,
    to: row.to_state,
    since: row.since,
    recorded_at: row.recorded_at,
    cause: row.cause,
    cause_ref: row.cause_ref,
    notes: parseJson(row.notes),
    simulated: row.simulated === 1,
  };
}
