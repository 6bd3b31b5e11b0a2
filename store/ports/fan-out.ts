import { createHash } from 'node:crypto';
import { type Notice, type NoticeSubject, subjectOf } from '../../model/notice.ts';
import type { SubscriptionKind } from '../../model/subscription.ts';
import { type ComponentId, type EpochMs, systemOf } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import { inChunks, parseJson } from '../rows/values.ts';
import { toNotice } from './notices.ts';
import { readActiveSubscribers, subscriberReads } from './subscribers.ts';

/** Whom a delivery is for. */
export interface RecipientKey {
  id: string;
  channel: string;
}

/** Somebody of the house, told without having subscribed. */
export interface OperatorKey extends RecipientKey {
  /** What is told; absent: everything but requests for subscriptions. */
  subjects?: readonly NoticeSubject[];
}

export interface FanOut {
  now: EpochMs;
  /** Subscribers asked at a time. */
  limit: number;
  operators: OperatorKey[];
}

/** How far a notice has come: subscribers up to the cursor have been asked; null: nobody has. */
interface Progress {
  cursor: string | null;
  limit: number;
  operators: readonly RecipientKey[];
}

/** Who is told next, and where to go on; null: that was the last of them. */
interface Portion {
  recipients: RecipientKey[];
  cursor: string | null;
}

/**
 * Goes on with the oldest notice that is not fanned out, by at most `limit` subscribers. False when
 * there is none. Call it in a transaction.
 */
export async function fanOut(db: Db, { now, limit, operators }: FanOut): Promise<boolean> {
  const row = await db
    .selectFrom('notice')
    .selectAll()
    .where('fanned_out_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return false;
  const notice = toNotice(row);
  const subject = subjectOf(notice.kind);
  const progress = {
    cursor: row.fan_out_cursor,
    limit,
    operators: operators.filter(({ subjects }) => subjects?.includes(subject) ?? true),
  };
  const { recipients, cursor } = await nextPortion(db, notice, progress);
  await insertDeliveries(db, { notice: notice.id, recipients, now });
  await db
    .updateTable('notice')
    .set(cursor === null ? { fanned_out_at: now } : { fan_out_cursor: cursor })
    .where('id', '=', notice.id)
    .execute();
  return true;
}

async function nextPortion(db: Db, notice: Notice, progress: Progress): Promise<Portion> {
  const subject = subjectOf(notice.kind);
  switch (subject) {
    case 'alert':
      return { recipients: [...progress.operators], cursor: null };
    case 'subscription': {
      const subscriber = await subscriberReads(db).subscriber(notice.ref);
      return { recipients: subscriber ? [subscriber] : [], cursor: null };
    }
    case 'incident':
      return publicPortion(db, subject, await systemsOfIncident(db, notice.ref), progress);
    case 'maintenance':
      return publicPortion(db, subject, await systemsOfMaintenance(db, notice.ref), progress);
  }
}

/** Operators first, then those who asked for this kind of at least one of the systems. */
async function publicPortion(
  db: Db,
  kind: SubscriptionKind,
  systems: string[],
  { cursor, limit, operators }: Progress,
): Promise<Portion> {
  const asked = await readActiveSubscribers(db, { after: cursor ?? '', limit });
  const wanting = asked.filter(
    (subscriber) =>
      subscriber.kinds.includes(kind) &&
      (subscriber.systems === null || subscriber.systems.some((it) => systems.includes(it))),
  );
  return {
    recipients: cursor === null ? [...operators, ...wanting] : wanting,
    cursor: asked.length < limit ? null : (asked.at(-1)?.id ?? null),
  };
}

async function systemsOfIncident(db: Db, id: string): Promise<string[]> {
  const rows = await db.selectFrom('incident').select('system').where('id', '=', id).execute();
  return rows.map(({ system }) => system);
}

/** Those of its last revision. */
async function systemsOfMaintenance(db: Db, id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('maintenance_revision')
    .select('components')
    .where('maintenance', '=', id)
    .orderBy('revision', 'desc')
    .limit(1)
    .execute();
  return rows.flatMap(({ components }) => parseJson<ComponentId[]>(components)).map(systemOf);
}

async function insertDeliveries(
  db: Db,
  { notice, recipients, now }: { notice: string; recipients: RecipientKey[]; now: EpochMs },
): Promise<void> {
  const rows = recipients.map((recipient) => ({
    id: deliveryId(notice, recipient),
    notice,
    recipient: recipient.id,
    channel: recipient.channel,
    status: 'pending' as const,
    attempts: 0,
    due_at: now,
    settled_at: null,
    error: null,
  }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('delivery')
      .values(values)
      .onConflict((conflict) => conflict.columns(['notice', 'recipient', 'channel']).doNothing())
      .execute();
  }
}

/**
 * Follows from what is delivered to whom, so that a receiver sees a repetition even after a
 * restored backup.
 */
function deliveryId(notice: string, recipient: RecipientKey): string {
  const key = JSON.stringify([notice, recipient.channel, recipient.id]);
  return createHash('sha256').update(key).digest('hex').slice(0, 24);
}
