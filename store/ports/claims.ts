import type { DeliveryLane } from '../../model/audience.ts';
import type { Notice } from '../../model/notice.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import type { RecipientKey } from './fan-out.ts';
import { toNotice } from './notices.ts';

/** What is taken in hand. */
export interface Claim {
  /** The notifier that takes it: until it is settled, put off or released, nobody else does. */
  owner: string;
  now: EpochMs;
  limit: number;
  /** null: any. */
  lane?: DeliveryLane | null;
  channel?: string | null;
  /** The newest notices instead of what is due for the longest time. */
  newest_first?: boolean;
}

export interface ClaimedDelivery {
  /** Stable across retries; used as Message-ID and webhook-id. */
  id: string;
  notice: Notice;
  recipient: RecipientKey;
  /** With this one. */
  attempts: number;
}

/** Claims what is due, at most one of each recipient, channel and matter: the first in order. */
export async function claimDeliveries(db: Db, claim: Claim): Promise<ClaimedDelivery[]> {
  // Most of the time nothing is due, which is found out without the lock for writing.
  const due = await readDue(db, claim).limit(1).execute();
  if (due.length === 0) return [];
  return db.transaction().execute(async (trx) => withNotices(trx, await claimDue(trx, claim)));
}

function readDue(db: Db, { now, lane = null, channel = null, newest_first = false }: Claim) {
  const due = db
    .selectFrom('delivery')
    .select('id')
    .where('status', '=', 'pending')
    .where('is_next', '=', 1)
    .where('owner', 'is', null)
    .where('due_at', '<=', now)
    .$if(lane !== null, (select) => select.where('lane', '=', lane as DeliveryLane))
    .$if(channel !== null, (select) => select.where('channel', '=', channel as string));
  return newest_first
    ? due.orderBy('seq', 'desc').orderBy('id')
    : due.orderBy('due_at').orderBy('seq').orderBy('id');
}

function claimDue(db: Db, claim: Claim) {
  return db
    .updateTable('delivery')
    .set((row) => ({ attempts: row('attempts', '+', 1), owner: claim.owner }))
    .where('id', 'in', readDue(db, claim).limit(claim.limit))
    .returning(['id', 'notice', 'recipient', 'channel', 'attempts', 'seq'])
    .execute();
}

async function withNotices(
  db: Db,
  claimed: Awaited<ReturnType<typeof claimDue>>,
): Promise<ClaimedDelivery[]> {
  if (claimed.length === 0) return [];
  const notices = await db
    .selectFrom('notice')
    .selectAll()
    .where('id', 'in', [...new Set(claimed.map((delivery) => delivery.notice))])
    .execute();
  const noticeById = new Map(notices.map((row) => [row.id, toNotice(row)]));
  const in_order = claimed.toSorted((a, b) => a.seq - b.seq);
  return in_order.flatMap(({ id, notice: noticeId, recipient, channel, attempts }) => {
    const notice = noticeById.get(noticeId);
    return notice ? [{ id, notice, recipient: { id: recipient, channel }, attempts }] : [];
  });
}
