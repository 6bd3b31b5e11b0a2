import { createHash } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { NoticeTable, Schema } from '../schema.ts';
import type { ClaimedDelivery, Notice, Recipient, Settlement } from '../store.ts';
import { inChunks } from './rows.ts';

/** A notice that is there already is left as it is. */
export async function insertNotices(db: Kysely<Schema>, notices: Notice[]): Promise<void> {
  const rows = notices.map(({ id, kind, incident, update, created_at }) => ({
    id,
    kind,
    incident,
    incident_update: update,
    created_at,
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

/** Makes one delivery per recipient of the oldest notices without any. Call it in a transaction. */
export async function fanOut(
  db: Kysely<Schema>,
  { recipients, now, limit }: { recipients: Recipient[]; now: EpochMs; limit: number },
): Promise<number> {
  const notices = await db
    .selectFrom('notice')
    .select('id')
    .where('fanned_out_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  if (notices.length === 0) return 0;
  const rows = notices.flatMap((notice) =>
    recipients.map((recipient) => ({
      id: deliveryId(notice.id, recipient),
      notice: notice.id,
      recipient: recipient.id,
      channel: recipient.channel,
      status: 'pending' as const,
      attempts: 0,
      due_at: now,
      settled_at: null,
      error: null,
    })),
  );
  for (const values of inChunks(rows)) {
    await db
      .insertInto('delivery')
      .values(values)
      .onConflict((conflict) => conflict.columns(['notice', 'recipient', 'channel']).doNothing())
      .execute();
  }
  await db
    .updateTable('notice')
    .set({ fanned_out_at: now })
    .where(
      'id',
      'in',
      notices.map((notice) => notice.id),
    )
    .execute();
  return notices.length;
}

/** Takes deliveries that are due, longest due first; until `now + lease_ms` nobody else gets them. */
export async function claimDeliveries(
  db: Kysely<Schema>,
  { now, lease_ms, limit }: { now: EpochMs; lease_ms: number; limit: number },
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

/** Follows from what is delivered to whom, so that a receiver sees a repetition even after a restored backup. */
function deliveryId(notice: string, recipient: Recipient): string {
  const key = JSON.stringify([notice, recipient.channel, recipient.id]);
  return createHash('sha256').update(key).digest('hex').slice(0, 24);
}

function toNotice(row: Selectable<NoticeTable>): Notice {
  return {
    id: row.id,
    kind: row.kind,
    incident: row.incident,
    update: row.incident_update,
    created_at: row.created_at,
  };
}
