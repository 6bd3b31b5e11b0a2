import { createHash } from 'node:crypto';
import {
  type DeliveryLane,
  type NoticeScope,
  type OperatorInterest,
  operatorReceives,
  subscriberReceives,
} from '../../model/audience.ts';
import { matterOf, type Notice, subjectOf } from '../../model/notice.ts';
import type { Subscriber } from '../../model/subscription.ts';
import { type ComponentId, type EpochMs, systemOf } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import { bit, inChunks, parseJson } from '../rows/values.ts';
import { toNotice } from './notices.ts';
import { readActiveSubscribers, subscriberReads } from './subscribers.ts';
import { type DigestRules, dueTogether, type Together, togetherOf } from './waiting-together.ts';

/** The recipient of a delivery. */
export interface RecipientKey {
  id: string;
  channel: string;
}

/** An operator, who receives notices without a subscription. */
export interface OperatorKey extends RecipientKey, OperatorInterest {}

export interface FanOut {
  now: EpochMs;
  /** Subscribers per page. */
  limit: number;
  operators: OperatorKey[];
  /** What comes together is told together by these channels; absent: all is told at once. */
  digest?: DigestRules;
}

/** A page of candidate subscribers, and the cursor of the next; null for the last page. */
interface Page {
  subscribers: Subscriber[];
  cursor: string | null;
}

/**
 * Continues with the first notice that is not fanned out, by at most `limit` subscribers. False
 * when there is none.
 */
export async function fanOut(db: Db, request: FanOut): Promise<boolean> {
  // Most of the time there is none, which is found out without the lock for writing.
  if ((await readFirst(db)) === undefined) return false;
  return db.transaction().execute((trx) => fanOutFirst(trx, request));
}

function readFirst(db: Db) {
  return db
    .selectFrom('notice')
    .selectAll()
    .where('fanned_out_at', 'is', null)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
}

async function fanOutFirst(db: Db, request: FanOut): Promise<boolean> {
  const { now, limit, operators, digest } = request;
  const row = await readFirst(db);
  if (row === undefined) return false;
  const scope = await scopeOf(db, toNotice(row), row.seq);
  const page = await nextPage(db, scope, row.fan_out_cursor ?? '', limit);
  const is_first = row.fan_out_cursor === null;
  const matter = matterOf(row);
  const together = digest ? await togetherOf(db, scope, digest) : null;
  const told = { notice: row.id, seq: row.seq, matter, now, together };
  const lane = scope.subject === 'subscription' ? 'confirmations' : 'readers';
  const called = operators.filter((it) => is_first && operatorReceives(it, scope));
  const subscribed = page.subscribers.filter((it) => subscriberReceives(it, scope));
  await insertDeliveries(db, called, { ...told, lane: 'operators' });
  await insertDeliveries(db, subscribed, { ...told, lane });
  await db
    .updateTable('notice')
    .set(page.cursor === null ? { fanned_out_at: now } : { fan_out_cursor: page.cursor })
    .where('id', '=', row.id)
    .execute();
  return true;
}

async function nextPage(
  db: Db,
  { subject, ref }: NoticeScope,
  after: string,
  limit: number,
): Promise<Page> {
  switch (subject) {
    case 'alert':
      return { subscribers: [], cursor: null };
    case 'subscription': {
      const subscriber = await subscriberReads(db).subscriber(ref);
      return { subscribers: subscriber ? [subscriber] : [], cursor: null };
    }
    default: {
      const subscribers = await readActiveSubscribers(db, after, limit);
      const is_last = subscribers.length < limit;
      return { subscribers, cursor: is_last ? null : (subscribers.at(-1)?.id ?? null) };
    }
  }
}

async function scopeOf(db: Db, notice: Notice, seq: number): Promise<NoticeScope> {
  const { kind, ref } = notice;
  const subject = subjectOf(kind);
  switch (subject) {
    case 'incident':
      return { subject, ref, systems: await systemsOfIncident(db, ref) };
    case 'maintenance':
      return { subject, ref, systems: await systemsOfMaintenance(db, notice) };
    case 'alert':
      return {
        subject,
        ref,
        systems: [],
        escalation: await escalationOf(db, { kind, ref, seq }),
      };
    default:
      return { subject, ref, systems: [] };
  }
}

/** By the order of notices: their times are those of several clocks. */
async function escalationOf(
  db: Db,
  { kind, ref, seq }: Pick<Notice, 'kind' | 'ref'> & { seq: number },
): Promise<'none' | 'now' | 'before'> {
  if (kind === 'alert_escalated') return 'now';
  const row = await db
    .selectFrom('notice')
    .select('id')
    .where('kind', '=', 'alert_escalated')
    .where('ref', '=', ref)
    .where('seq', '<', seq)
    .executeTakeFirst();
  return row === undefined ? 'none' : 'before';
}

async function systemsOfIncident(db: Db, id: string): Promise<string[]> {
  const rows = await db.selectFrom('incident').select('system').where('id', '=', id).execute();
  return rows.map(({ system }) => system);
}

/**
 * The systems of its last revision; with the notice of a revision those of the one before too, so
 * that who was told of it hears that it is not about her systems any more.
 */
async function systemsOfMaintenance(db: Db, { ref, created_at }: Notice): Promise<string[]> {
  const revisions = await db
    .selectFrom('maintenance_revision')
    .select(['components', 'published_at'])
    .where('maintenance', '=', ref)
    .orderBy('revision')
    .execute();
  const published = revisions.filter((it) => it.published_at !== null);
  const told = published.findIndex((it) => it.published_at === created_at);
  const about = [revisions.at(-1), told > 0 ? published[told - 1] : undefined];
  return about.flatMap((it) => parseJson<ComponentId[]>(it?.components ?? '[]')).map(systemOf);
}

/** What the deliveries of a notice have in common. */
interface Delivered {
  notice: string;
  seq: number;
  matter: string;
  lane: DeliveryLane;
  now: EpochMs;
  together: Together | null;
}

async function insertDeliveries(
  db: Db,
  recipients: readonly RecipientKey[],
  { now, together, ...told }: Delivered,
): Promise<void> {
  const waiting = await whoWaitsFor(db, told.matter, recipients);
  const dueOf = await dueTogether(db, together, { recipients, now });
  const rows = recipients.map(({ id: recipient, channel }) => ({
    ...told,
    ...dueOf({ id: recipient, channel }),
    id: deliveryId(told.notice, { id: recipient, channel }),
    recipient,
    channel,
    status: 'pending' as const,
    attempts: 0,
    settled_at: null,
    error: null,
    is_next: bit(!waiting.has(`${channel} ${recipient}`)),
    owner: null,
    overtaken_by: null,
    may_be_sent: bit(false),
    told_with: null,
  }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('delivery')
      .values(values)
      .onConflict((conflict) => conflict.columns(['notice', 'recipient', 'channel']).doNothing())
      .execute();
  }
}

/** Channel and id of those who are still to be told something of the matter. */
async function whoWaitsFor(
  db: Db,
  matter: string,
  recipients: readonly RecipientKey[],
): Promise<Set<string>> {
  const waiting = new Set<string>();
  for (const some of inChunks(recipients)) {
    const rows = await db
      .selectFrom('delivery')
      .select(['channel', 'recipient'])
      .where(
        'recipient',
        'in',
        some.map(({ id }) => id),
      )
      .where('matter', '=', matter)
      .where('status', '=', 'pending')
      .execute();
    for (const { channel, recipient } of rows) waiting.add(`${channel} ${recipient}`);
  }
  return waiting;
}

/**
 * Derived from notice and recipient, so that receivers can deduplicate even after a restored
 * backup.
 */
function deliveryId(notice: string, recipient: RecipientKey): string {
  const key = JSON.stringify([notice, recipient.channel, recipient.id]);
  return createHash('sha256').update(key).digest('hex').slice(0, 24);
}
