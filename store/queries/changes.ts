import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';
import type { Change } from '../store.ts';
import { inChunks } from './rows.ts';

export async function insertChanges(db: Kysely<Schema>, changes: Change[]): Promise<void> {
  const rows = changes.map(({ kind, ref, at }) => ({ kind, ref, at }));
  for (const values of inChunks(rows)) {
    await db.insertInto('change').values(values).execute();
  }
}

/** Highest seq; 0 when nothing changed yet. */
export async function readChangeSeq(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom('change')
    .select((select) => select.fn.max('seq').as('seq'))
    .executeTakeFirst();
  return row?.seq ?? 0;
}
