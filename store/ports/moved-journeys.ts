import { sql } from 'kysely';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';

/** Journeys whose instants move with the wall clock, which was set. */
export interface JourneyMove {
  component: ComponentId;
  /** By the clock before. */
  accepted_from: EpochMs;
  /** The wall clock right after. */
  at: EpochMs;
  /** Forth is positive, back is negative. */
  by_ms: number;
}

const MOVED = [
  'accepted_at',
  'last_absent_at',
  'first_present_at',
  'last_answered_at',
  'next_look_at',
] as const;

/** They stay as old as they were; nothing that has been lies ahead. */
export async function moveJourneys(db: Db, moves: readonly JourneyMove[]): Promise<void> {
  for (const { component, accepted_from, at, by_ms } of moves) {
    // Before the acceptances by which they are found.
    await db
      .updateTable('reached_stage')
      .set({ at: sql<EpochMs>`min(${at}, at + ${by_ms})` })
      .where('journey', 'in', (from) =>
        from
          .selectFrom('journey')
          .select('id')
          .where('component', '=', component)
          .where('accepted_at', '>=', accepted_from),
      )
      .execute();
    const moved = MOVED.map((column) => [column, sql`min(${at}, ${sql.ref(column)} + ${by_ms})`]);
    await db
      .updateTable('journey')
      .set(Object.fromEntries(moved))
      .where('component', '=', component)
      .where('accepted_at', '>=', accepted_from)
      .execute();
  }
}
