import type { Selectable } from 'kysely';
import type { Notice } from '../../model/notice.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db, NoticeTable } from '../rows/schema.ts';
import { inChunks } from '../rows/values.ts';

/** Ignores existing notices. Requires a transaction. */
export async function insertNotices(db: Db, notices: Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const last = await lastSeq(db);
  const rows = notices.map(({ id, kind, ref, update, created_at }, i) => ({
    id,
    kind,
    ref,
    update_id: update,
    created_at,
    fan_out_cursor: null,
    fanned_out_at: null,
    seq: last + 1 + i,
  }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('notice')
      .values(values)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

/** Nobody more has a delivery of those that are not fanned out; returns how many they were. */
export async function dropPendingNotices(db: Db, at: EpochMs): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('notice')
    .set({ fanned_out_at: at })
    .where('fanned_out_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

async function lastSeq(db: Db): Promise<number> {
  const { last } = await db
    .selectFrom('notice')
    .select(({ fn }) => fn.max('seq').as('last'))
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

export function toNotice(row: Selectable<NoticeTable>): Notice {
  return {
    id: row.id,
    kind: row.kind,
    ref: row.ref,
    update: row.update_id,
    created_at: row.created_at,
  };
}
