import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';
import type { PendingDeliveries } from '../store.ts';

/** Deliveries not settled for good, by channel; the age counts from the notice. */
export async function readPendingDeliveries(db: Kysely<Schema>): Promise<PendingDeliveries[]> {
  return await db
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice')
    .select(({ fn }) => [
      'delivery.channel as channel',
      fn.countAll<number>().as('count'),
      fn.min('notice.created_at').as('oldest_at'),
    ])
    .where('delivery.status', '=', 'pending')
    .groupBy('delivery.channel')
    .execute();
}

/**
 * How many of the last deliveries to a recipient failed for good, back to the last that was sent;
 * counts to `limit`.
 */
export async function countFailuresInARow(
  db: Kysely<Schema>,
  recipient: string,
  limit: number,
): Promise<number> {
  const settled = await db
    .selectFrom('delivery')
    .select('status')
    .where('recipient', '=', recipient)
    .where('status', '!=', 'pending')
    .orderBy('settled_at', 'desc')
    .limit(limit)
    .execute();
  const last_sent = settled.findIndex(({ status }) => status === 'sent');
  return last_sent < 0 ? settled.length : last_sent;
}
