import type { Kysely, Selectable } from 'kysely';
import type { Notice } from '../../model/notice.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { NoticeTable, Schema } from '../schema.ts';
import type { ClaimedDelivery, RecipientFilter, Settlement } from '../store.ts';
import { inChunks } from './rows.ts';

/** A notice that is there already is left as it is. */
export async function insertNotices(db: Kysely<Schema>, notices: Notice[]): Promise<void> {
  const rows = notices.map(({ id, kind, ref, update, created_at }) => ({
    id,
    kind,
    ref,
    update_id: update,
    created_at,
    fan_out_cursor: null,
    fanned_out_at: null,
  }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('notice')
      .values(values)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

/**
 * Takes deliveries that are due, longest due first; until `now + lease_ms` nobody else gets them.
 */
export async function claimDeliveries(
  db: Kysely<Schema>,
  {
    now,
    lease_ms,
    limit,
    only = [],
    except = [],
  }: { now: EpochMs; lease_ms: number; limit: number } & RecipientFilter,
): Promise<ClaimedDelivery[]> {
  const claimed = await db
    .updateTable('delivery')
    .set((row) => ({ attempts: row('attempts', '+', 1), due_at: now + lease_ms }))
    .where('id', 'in', (due) =>
      due
        .selectFrom('delivery')
        .select('id')
        .where('status', '=', 'pending')
        .where('due_at', '<=', now)
        .$if(only.length > 0, (select) => select.where('recipient', 'in', only))
        .$if(except.length > 0, (select) => select.where('recipient', 'not in', except))
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit),
    )
    .returning(['id', 'notice', 'recipient', 'channel', 'attempts'])
    .execute();
  if (claimed.length === 0) return [];
  const notices = await db
    .selectFrom('notice')
    .selectAll()
    .where('id', 'in', [...new Set(claimed.map((delivery) => delivery.notice))])
    .execute();
  const noticeById = new Map(notices.map((row) => [row.id, toNotice(row)]));
  return claimed.flatMap(({ id, notice: noticeId, recipient, channel, attempts }) => {
    const notice = noticeById.get(noticeId);
    return notice ? [{ id, notice, recipient: { id: recipient, channel }, attempts }] : [];
  });
}

/** Settles for good, or sets the next attempt. What is settled for good stays as it is. */
export async function settleDelivery(
  db: Kysely<Schema>,
  id: string,
  settlement: Settlement,
): Promise<void> {
  await db
    .updateTable('delivery')
    .set(
      settlement.status === 'retry'
        ? { due_at: settlement.next_attempt_at, error: settlement.error }
        : {
            status: settlement.status,
            settled_at: settlement.at,
            error: settlement.status === 'sent' ? null : settlement.error,
          },
    )
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute();
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
