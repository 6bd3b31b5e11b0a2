import { sql } from 'kysely';
import type { DeliveryLane } from '../../model/audience.ts';
import type { Notice } from '../../model/notice.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import type { RecipientKey } from './fan-out.ts';
import { toNotice } from './notices.ts';
import { overtake, readHeard } from './overtaking.ts';
import { groupByMessage, takeToldWith } from './told-with.ts';

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
  /** Whether its recipient was told nothing of the matter yet. */
  is_first: boolean;
  /** What it tells in the place of others, which were not delivered, in order. */
  overtaken: Notice[];
  /** How many of those were overtaken just now. */
  newly_overtaken: number;
  /** Of other matters, told in the same message, and settled with it. */
  told_with: ClaimedDelivery[];
}

/**
 * Claims what is due, at most one of each recipient, channel and matter: the first in order, or the
 * one that has overtaken it.
 */
export async function claimDeliveries(db: Db, claim: Claim): Promise<ClaimedDelivery[]> {
  // Most of the time nothing is due, which is found out without the lock for writing.
  const due = await readDue(db, claim).limit(1).execute();
  if (due.length === 0) return [];
  return db.transaction().execute((trx) => claimDue(trx, claim));
}

function readDue(db: Db, { now, lane = null, channel = null, newest_first = false }: Claim) {
  const due = db
    .selectFrom('delivery')
    .select('id')
    .where('status', '=', 'pending')
    .where('is_next', '=', 1)
    .where('owner', 'is', null)
    .where('told_with', 'is', null)
    .$if(lane !== null, (select) => select.where('lane', '=', lane as DeliveryLane))
    .$if(channel !== null, (select) => select.where('channel', '=', channel as string));
  if (!newest_first) return due.where('due_at', '<=', now).orderBy('due_at').orderBy('seq');
  // The plus keeps the engine from an index by time, which would have to be sorted.
  return due.where(sql`+due_at`, '<=', now).orderBy('seq', 'desc');
}

async function claimDue(db: Db, claim: Claim): Promise<ClaimedDelivery[]> {
  const due = await takeHeads(db, claim);
  if (due.length === 0) return [];
  const heads = [...due, ...(await takeToldWith(db, due, claim))];
  const newly_overtaken = await overtake(db, heads, claim);
  const ids = [...new Set([...heads, ...newly_overtaken.keys()])];
  const in_hand = await readInHand(db, ids);
  const heard = await readHeard(db, ids);
  const overtaken = await readOvertaken(db, ids);
  const claimedOf = ({ delivery, recipient, channel, attempts, ...notice }: DeliveryInHand) => ({
    id: delivery,
    notice: toNotice(notice),
    recipient: { id: recipient, channel },
    attempts,
    is_first: !heard.has(delivery),
    overtaken: overtaken.get(delivery) ?? [],
    newly_overtaken: newly_overtaken.get(delivery) ?? 0,
    told_with: [],
  });
  const messages = await groupByMessage(db, in_hand);
  return messages.map(([first, ...others]) => ({
    ...claimedOf(first),
    told_with: others.map(claimedOf),
  }));
}

type DeliveryInHand = Awaited<ReturnType<typeof readInHand>>[number];

/** The ids of those that are due. */
async function takeHeads(db: Db, claim: Claim): Promise<string[]> {
  const taken = await db
    .updateTable('delivery')
    .set((row) => ({ attempts: row('attempts', '+', 1), owner: claim.owner }))
    .where('id', 'in', readDue(db, claim).limit(claim.limit))
    .returning('id')
    .execute();
  return taken.map(({ id }) => id);
}

/** Without those that were overtaken. */
function readInHand(db: Db, ids: readonly string[]) {
  return db
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice')
    .selectAll('notice')
    .select([
      'delivery.id as delivery',
      'delivery.recipient',
      'delivery.channel',
      'delivery.attempts',
      'delivery.digest',
      'delivery.may_be_sent',
      'delivery.told_with',
    ])
    .where('delivery.id', 'in', ids)
    .where('delivery.status', '=', 'pending')
    .orderBy('delivery.seq')
    .orderBy('delivery.id')
    .execute();
}

/** What was overtaken by each, in order. */
async function readOvertaken(db: Db, ids: readonly string[]): Promise<Map<string, Notice[]>> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice')
    .selectAll('notice')
    .select('delivery.overtaken_by')
    .where('delivery.overtaken_by', 'in', ids)
    .orderBy('delivery.seq')
    .execute();
  const by = Map.groupBy(rows, ({ overtaken_by }) => overtaken_by ?? '');
  return new Map([...by].map(([id, its]) => [id, its.map(toNotice)]));
}
