import type { Notice } from '../../model/notice.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import { type FanOut, fanOut, type RecipientKey } from './fan-out.ts';
import { toNotice } from './notices.ts';

export interface DeliveryReads {
  /** Pending deliveries by channel. */
  pendingDeliveries(): Promise<PendingDeliveries[]>;
  /**
   * Number of consecutive permanent failures of a recipient since its last success, up to `limit`.
   */
  consecutiveFailures(recipient: string, limit: number): Promise<number>;
}

export interface DeliveryWrites {
  /**
   * Continues with the oldest notice that is not fanned out: one delivery for each operator and for
   * each of the next `limit` subscribers who receive it. False when there was none; call it until
   * then.
   */
  fanOut(request: FanOut): Promise<boolean>;
  /**
   * Claims at most `limit` due deliveries to these recipients, longest due first, for `lease_ms`,
   * after which unsettled ones become available again.
   */
  claimDeliveries(
    now: EpochMs,
    lease_ms: number,
    limit: number,
    recipients?: RecipientFilter,
  ): Promise<ClaimedDelivery[]>;
  /** Settles a claimed delivery, or sets its next attempt. Settled deliveries do not change. */
  settleDelivery(id: string, settlement: Settlement): Promise<void>;
}

/** Ids of recipients to include or exclude. */
export interface RecipientFilter {
  only?: readonly string[];
  except?: readonly string[];
}

export interface PendingDeliveries {
  channel: string;
  count: number;
  /** Creation time of the oldest notice among them. */
  oldest_at: EpochMs;
}

export interface ClaimedDelivery {
  /** Stable across retries; used as Message-ID and webhook-id. */
  id: string;
  notice: Notice;
  recipient: RecipientKey;
  attempts: number;
}

export type Settlement =
  | { status: 'sent'; at: EpochMs }
  | { status: 'retry'; at: EpochMs; next_attempt_at: EpochMs; error: string }
  | { status: 'never_again'; at: EpochMs; error: string };

export function deliveryReads(db: Db): DeliveryReads {
  return {
    pendingDeliveries: () =>
      db
        .selectFrom('delivery')
        .innerJoin('notice', 'notice.id', 'delivery.notice')
        .select(({ fn }) => [
          'delivery.channel as channel',
          fn.countAll<number>().as('count'),
          fn.min('notice.created_at').as('oldest_at'),
        ])
        .where('delivery.status', '=', 'pending')
        .groupBy('delivery.channel')
        .execute(),
    async consecutiveFailures(recipient, limit) {
      const settled = await db
        .selectFrom('delivery')
        .select('status')
        .where('recipient', '=', recipient)
        .where('status', '!=', 'pending')
        // Nobody has tried those.
        .where((row) => row.or([row('error', 'is', null), row('error', '!=', RESTORED)]))
        .orderBy('settled_at', 'desc')
        .limit(limit)
        .execute();
      const last_sent = settled.findIndex(({ status }) => status === 'sent');
      return last_sent < 0 ? settled.length : last_sent;
    },
  };
}

export function deliveryWrites(db: Db): DeliveryWrites {
  return {
    fanOut: (request) => db.transaction().execute((trx) => fanOut(trx, request)),
    claimDeliveries: (now, lease_ms, limit, recipients = {}) =>
      db.transaction().execute(async (trx) => {
        const claimed = await claimDue(trx, { now, lease_ms, limit, ...recipients });
        return withNotices(trx, claimed);
      }),
    async settleDelivery(id, settlement) {
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
    },
  };
}

/** Why a delivery was dropped that waited when its backup was taken. */
const RESTORED = 'restored';

/** Settles all that wait as dropped; returns how many. Requires a transaction. */
export async function dropPendingDeliveries(db: Db, at: EpochMs): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('delivery')
    .set({ status: 'never_again', settled_at: at, error: RESTORED })
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

interface Claim extends RecipientFilter {
  now: EpochMs;
  lease_ms: number;
  limit: number;
}

/** Until `now + lease_ms` they cannot be claimed again. */
function claimDue(db: Db, { now, lease_ms, limit, only = [], except = [] }: Claim) {
  return db
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
  return claimed.flatMap(({ id, notice: noticeId, recipient, channel, attempts }) => {
    const notice = noticeById.get(noticeId);
    return notice ? [{ id, notice, recipient: { id: recipient, channel }, attempts }] : [];
  });
}
