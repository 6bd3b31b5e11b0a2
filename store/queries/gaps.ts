import type { Kysely } from 'kysely';
import type { Gap } from '../../model/component.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Schema } from '../schema.ts';
import { inChunks } from './rows.ts';

export async function insertGaps(db: Kysely<Schema>, gaps: Gap[]): Promise<void> {
  const rows = gaps.map(({ from, to, cause }) => ({ from_at: from, to_at: to, cause }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('gap')
      .values(values)
      .onConflict((conflict) => conflict.column('from_at').doNothing())
      .execute();
  }
}

/** Those that overlap [from, to), oldest first. */
export async function readGaps(db: Kysely<Schema>, from: EpochMs, to: EpochMs): Promise<Gap[]> {
  return db
    .selectFrom('gap')
    .select(['from_at as from', 'to_at as to', 'cause'])
    .where('to_at', '>', from)
    .where('from_at', '<', to)
    .orderBy('from_at')
    .execute();
}
