import type { Kysely } from 'kysely';
import type { ReceivedEvent } from '../../model/event.ts';
import type { Schema } from '../schema.ts';
import { inChunks } from './rows.ts';

/** One that is there already is left as it is. */
export async function insertEvents(db: Kysely<Schema>, events: ReceivedEvent[]): Promise<void> {
  for (const values of inChunks(events)) {
    await db
      .insertInto('ingested_event')
      .values(values)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

/** Those of the ids that were received before. */
export async function readKnownEvents(
  db: Kysely<Schema>,
  ids: readonly string[],
): Promise<string[]> {
  const chunks = inChunks(ids.map((id) => ({ id })));
  const known: string[] = [];
  for (const chunk of chunks) {
    const rows = await db
      .selectFrom('ingested_event')
      .select('id')
      .where(
        'id',
        'in',
        chunk.map(({ id }) => id),
      )
      .execute();
    known.push(...rows.map(({ id }) => id));
  }
  return known;
}
