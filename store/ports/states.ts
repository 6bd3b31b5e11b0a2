import type { Insertable, Selectable } from 'kysely';
import type { ComponentStatus, Transition } from '../../model/component.ts';
import type { SyncCourse } from '../../model/sync-course.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { ComponentTable, Db, TransitionTable } from '../rows/schema.ts';
import { bit, inChunks, jsonOrNull, parseJson, parseJsonOrNull } from '../rows/values.ts';

export interface StateReads {
  /** The current state of each component. */
  components(): Promise<ComponentStatus[]>;
  /**
   * Transitions with `since` in [from, to), and for each component the one recorded last of those
   * before `from`, in the order of recording: a later one corrects what is known from its `since`
   * on. Of all components, or of one.
   */
  transitions(from: EpochMs, to: EpochMs, component?: ComponentId): Promise<Transition[]>;
  /**
   * The seq of the last recorded transition (0: none), and the earliest `since` of those recorded
   * after `after_seq`: what was known from then on may be corrected; null: nothing was recorded.
   */
  recordedAfter(after_seq: number): Promise<{ seq: number; since: EpochMs | null }>;
}

export function stateReads(db: Db): StateReads {
  return {
    async components() {
      const rows = await db
        .selectFrom('component_status')
        .selectAll()
        .orderBy('component')
        .execute();
      return rows.map(toComponent);
    },
    async transitions(from, to, component) {
      const during = await db
        .selectFrom('transition')
        .selectAll()
        .where('since', '>=', from)
        .where('since', '<', to)
        .$if(component !== undefined, (select) => select.where('component', '=', component ?? ''))
        .orderBy('seq')
        .execute();
      const rows = [...(await lastTransitionRows(db, from, component)), ...during];
      return rows.sort((a, b) => a.seq - b.seq).map(toTransition);
    },
    async recordedAfter(after_seq) {
      const row = await db
        .selectFrom('transition')
        .select((select) => select.fn.max('seq').as('seq'))
        .select((select) => select.fn.min('since').as('since'))
        .where('seq', '>', after_seq)
        .executeTakeFirst();
      return { seq: row?.seq ?? after_seq, since: row?.since ?? null };
    },
  };
}

/** The transition recorded last of each component: its current state. */
export async function readLastTransitions(db: Db): Promise<Transition[]> {
  return (await lastTransitionRows(db, null)).map(toTransition);
}

/** For each component the one recorded last of those with `since` before `before`, if any. */
async function lastTransitionRows(
  db: Db,
  before: EpochMs | null,
  component?: ComponentId,
): Promise<Selectable<TransitionTable>[]> {
  return await db
    .selectFrom('component_status')
    .innerJoin('transition', (join) =>
      join.on('transition.seq', '=', (on) =>
        on
          .selectFrom('transition as earlier')
          .select('earlier.seq')
          .whereRef('earlier.component', '=', 'component_status.component')
          .$if(before !== null, (select) => select.where('earlier.since', '<', before ?? 0))
          .orderBy('earlier.seq', 'desc')
          .limit(1),
      ),
    )
    .selectAll('transition')
    .$if(component !== undefined, (select) =>
      select.where('component_status.component', '=', component ?? ''),
    )
    .execute();
}

/** Replaces the row of each component. */
export async function saveComponents(db: Db, components: ComponentStatus[]): Promise<void> {
  for (const values of inChunks(components.map(componentRow))) {
    await db
      .insertInto('component_status')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('component').doUpdateSet((row) => ({
          state: row.ref('excluded.state'),
          since: row.ref('excluded.since'),
          notes: row.ref('excluded.notes'),
          measured_at: row.ref('excluded.measured_at'),
          valid_until: row.ref('excluded.valid_until'),
          recent: row.ref('excluded.recent'),
          sync: row.ref('excluded.sync'),
          last: row.ref('excluded.last'),
          course: row.ref('excluded.course'),
        })),
      )
      .execute();
  }
}

export async function insertTransitions(db: Db, transitions: Transition[]): Promise<void> {
  for (const values of inChunks(transitions.map(transitionRow))) {
    await db.insertInto('transition').values(values).execute();
  }
}

function componentRow(status: ComponentStatus): Selectable<ComponentTable> {
  return {
    component: status.component,
    state: status.state,
    since: status.since,
    notes: JSON.stringify(status.notes),
    measured_at: status.measured_at,
    valid_until: status.valid_until,
    recent: jsonOrNull(status.recent),
    sync: jsonOrNull(status.sync),
    last: jsonOrNull(status.last),
    course: jsonOrNull(status.course ?? null),
  };
}

function toComponent(row: Selectable<ComponentTable>): ComponentStatus {
  return {
    component: row.component,
    state: row.state,
    since: row.since,
    notes: parseJson(row.notes),
    measured_at: row.measured_at,
    valid_until: row.valid_until,
    recent: parseJsonOrNull(row.recent),
    sync: parseJsonOrNull(row.sync),
    last: parseJsonOrNull(row.last),
    ...(row.course === null ? {} : { course: parseJson<SyncCourse>(row.course) }),
  };
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
