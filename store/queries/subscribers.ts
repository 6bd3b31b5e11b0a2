import type { Kysely, Selectable } from 'kysely';
import type { Notice } from '../../model/notice.ts';
import type { Subscriber, SubscriptionChoice, SubscriptionKind } from '../../model/subscription.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Schema, SubscriberTable } from '../schema.ts';
import { insertNotices } from './notices.ts';
import { jsonOrNull, parseJson, parseJsonOrNull } from './rows.ts';

/**
 * Somebody asks to be told. One who has not confirmed yet may choose anew and keeps the links
 * already sent; one who has is left as is, because whoever asks now has proved nothing. In each
 * case the address is told. Call it in a transaction.
 */
export async function subscribe(
  db: Kysely<Schema>,
  subscriber: Subscriber,
  notice: Omit<Notice, 'ref'>,
): Promise<void> {
  const known = await db
    .selectFrom('subscriber')
    .select(['id', 'status'])
    .where('channel', '=', subscriber.channel)
    .where('address', '=', subscriber.address)
    .executeTakeFirst();
  if (known === undefined) {
    await db.insertInto('subscriber').values(subscriberRow(subscriber)).execute();
  } else if (known.status === 'pending') {
    await db
      .updateTable('subscriber')
      .set({ ...choiceColumns(subscriber), created_at: subscriber.created_at })
      .where('id', '=', known.id)
      .execute();
  }
  await insertNotices(db, [{ ...notice, ref: known?.id ?? subscriber.id }]);
}

export async function readSubscriber(db: Kysely<Schema>, id: string): Promise<Subscriber | null> {
  const row = await db.selectFrom('subscriber').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toSubscriber(row) : null;
}

/** The next ones by id. */
export async function readActiveSubscribers(
  db: Kysely<Schema>,
  { after, limit }: { after: string; limit: number },
): Promise<Subscriber[]> {
  const rows = await db
    .selectFrom('subscriber')
    .selectAll()
    .where('id', '>', after)
    .where('status', '=', 'active')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toSubscriber);
}

/** Whether it was pending and is active now. */
export async function confirmSubscriber(
  db: Kysely<Schema>,
  { id, nonce, now }: { id: string; nonce: string; now: EpochMs },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('subscriber')
    .set({ status: 'active', confirmed_at: now })
    .where('id', '=', id)
    .where('nonce', '=', nonce)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Whether there was such a subscriber. */
export async function updateSubscription(
  db: Kysely<Schema>,
  id: string,
  choice: SubscriptionChoice,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('subscriber')
    .set(choiceColumns(choice))
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Deletes the subscriber; what was not delivered yet never will be. Whether there was one. Call it
 * in a transaction.
 */
export async function unsubscribe(db: Kysely<Schema>, id: string, now: EpochMs): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('subscriber')
    .where('id', '=', id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return false;
  await db
    .updateTable('delivery')
    .set({ status: 'never_again', settled_at: now, error: 'unsubscribed' })
    .where('recipient', '=', id)
    .where('status', '=', 'pending')
    .execute();
  return true;
}

function subscriberRow(subscriber: Subscriber): SubscriberTable {
  const { id, channel, address, status, nonce, secret, created_at, confirmed_at } = subscriber;
  const choice = choiceColumns(subscriber);
  return { id, channel, address, status, ...choice, nonce, secret, created_at, confirmed_at };
}

function choiceColumns({ locale, systems, kinds }: SubscriptionChoice) {
  return { locale, systems: jsonOrNull(systems), kinds: JSON.stringify(kinds) };
}

function toSubscriber(row: Selectable<SubscriberTable>): Subscriber {
  return {
    ...row,
    systems: parseJsonOrNull<string[]>(row.systems),
    kinds: parseJson<SubscriptionKind[]>(row.kinds),
  };
}
