import type { Selectable } from 'kysely';
import type { Notice } from '../../model/notice.ts';
import type { Subscriber, SubscriptionChoice, SubscriptionKind } from '../../model/subscription.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db, SubscriberTable } from '../rows/schema.ts';
import { jsonOrNull, parseJson, parseJsonOrNull } from '../rows/values.ts';
import { insertNotices } from './notices.ts';

export interface SubscriberReads {
  subscriber(id: string): Promise<Subscriber | null>;
}

export interface SubscriberWrites {
  /**
   * Stores a subscription request with a notice to its address. Does not reveal whether the address
   * is known: a pending subscriber gets the new choice and keeps id, nonce and secret; an active
   * one does not change, because the request is not authenticated.
   */
  subscribe(subscriber: Subscriber, notice: Omit<Notice, 'ref'>): Promise<void>;
  /** Activates a pending subscriber with this nonce; false when there is none. */
  confirmSubscriber(id: string, nonce: string, now: EpochMs): Promise<boolean>;
  /** False when there is no such subscriber. */
  updateSubscription(id: string, choice: SubscriptionChoice): Promise<boolean>;
  /** Deletes the subscriber; pending deliveries become never_again. False when there was none. */
  unsubscribe(id: string, now: EpochMs): Promise<boolean>;
}

export function subscriberReads(db: Db): SubscriberReads {
  return {
    async subscriber(id) {
      const row = await db
        .selectFrom('subscriber')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? toSubscriber(row) : null;
    },
  };
}

export function subscriberWrites(db: Db): SubscriberWrites {
  return {
    subscribe: (subscriber, notice) =>
      db.transaction().execute((trx) => subscribe(trx, subscriber, notice)),
    async confirmSubscriber(id, nonce, now) {
      const { numUpdatedRows } = await db
        .updateTable('subscriber')
        .set({ status: 'active', confirmed_at: now })
        .where('id', '=', id)
        .where('nonce', '=', nonce)
        .where('status', '=', 'pending')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async updateSubscription(id, choice) {
      const { numUpdatedRows } = await db
        .updateTable('subscriber')
        .set(choiceColumns(choice))
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    unsubscribe: (id, now) => db.transaction().execute((trx) => unsubscribe(trx, id, now)),
  };
}

/** The next active subscribers by id. */
export async function readActiveSubscribers(
  db: Db,
  after: string,
  limit: number,
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

async function subscribe(
  db: Db,
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

async function unsubscribe(db: Db, id: string, now: EpochMs): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('subscriber')
    .where('id', '=', id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return false;
  await db
    .updateTable('delivery')
    .set({ status: 'never_again', settled_at: now, error: 'unsubscribed', owner: null })
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
