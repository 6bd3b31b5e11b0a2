import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Schema } from '../schema.ts';

/**
 * The random id of this installation, 32 hex digits, made on first use. Call it in a transaction.
 */
export async function readOrCreateInstallation(db: Kysely<Schema>): Promise<string> {
  await db
    .insertInto('installation')
    .values({ one: 1, id: randomUUID().replaceAll('-', ''), heartbeat_at: null })
    .onConflict((conflict) => conflict.column('one').doNothing())
    .execute();
  const { id } = await db.selectFrom('installation').select('id').executeTakeFirstOrThrow();
  return id;
}

/** Remembers that the collector was alive. Call it in a transaction. */
export async function saveHeartbeat(db: Kysely<Schema>, heartbeat_at: EpochMs): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('installation')
    .set({ heartbeat_at })
    .executeTakeFirst();
  if (numUpdatedRows === 0n) {
    await readOrCreateInstallation(db);
    await db.updateTable('installation').set({ heartbeat_at }).execute();
  }
}

/** Null before the first. */
export async function readHeartbeat(db: Kysely<Schema>): Promise<EpochMs | null> {
  const row = await db.selectFrom('installation').select('heartbeat_at').executeTakeFirst();
  return row?.heartbeat_at ?? null;
}
