import type { ReceivedEvent } from '../../model/event.ts';
import type { Db } from '../rows/schema.ts';
import { inChunks } from '../rows/values.ts';

export interface EventReads {
  /** The ids among these that were already received. */
  knownEvents(ids: readonly string[]): Promise<string[]>;
}

export function eventReads(db: Db): EventReads {
  return {
    async knownEvents(ids) {
      const known: string[] = [];
      for (const chunk of inChunks(ids.map((id) => ({ id })))) {
        const asked = chunk.map(({ id }) => id);
        const rows = await db
          .selectFrom('ingested_event')
          .select('id')
          .where('id', 'in', asked)
          .execute();
        known.push(...rows.map(({ id }) => id));
      }
      return known;
    },
  };
}

/** Ignores existing events. */
export async function insertEvents(db: Db, events: ReceivedEvent[]): Promise<void> {
  for (const values of inChunks(events)) {
    await db
      .insertInto('ingested_event')
      .values(values)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}
