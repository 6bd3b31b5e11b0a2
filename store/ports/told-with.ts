import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';

/** Of several matters, no message tells more. */
const MOST_IN_ONE = 50;

/** Who takes them in hand, and when. */
interface InHandOf {
  owner: string;
  now: EpochMs;
}

/**
 * Takes in hand what is told with deliveries in hand: what was before, if they may have arrived;
 * else all that is due for the same recipients and may be told together.
 */
export async function takeToldWith(
  db: Db,
  heads: readonly string[],
  { owner, now }: InHandOf,
): Promise<string[]> {
  const ids = [...(await readToldWith(db, heads)), ...(await readDueWith(db, heads, now))];
  if (ids.length === 0) return [];
  await db
    .updateTable('delivery')
    .set((row) => ({ attempts: row('attempts', '+', 1), owner }))
    .where('id', 'in', ids)
    .execute();
  return ids;
}

async function readDueWith(db: Db, heads: readonly string[], now: EpochMs): Promise<string[]> {
  const rows = await db
    .selectFrom('delivery as head')
    .innerJoin('delivery as one', (join) =>
      join
        .onRef('one.recipient', '=', 'head.recipient')
        .onRef('one.channel', '=', 'head.channel')
        .onRef('one.digest', '=', 'head.digest')
        .on('one.status', '=', 'pending'),
    )
    .select(['one.id', 'one.recipient', 'one.digest'])
    .distinct()
    .where('head.id', 'in', heads)
    .where('head.may_be_sent', '=', 0)
    .where('one.may_be_sent', '=', 0)
    .where('one.is_next', '=', 1)
    .where('one.owner', 'is', null)
    .where('one.told_with', 'is', null)
    .where('one.due_at', '<=', now)
    .orderBy('one.seq')
    .execute();
  const messages = Map.groupBy(rows, ({ recipient, digest }) =>
    JSON.stringify([recipient, digest]),
  );
  // With its head.
  return [...messages.values()].flatMap((its) => its.slice(0, MOST_IN_ONE - 1).map(({ id }) => id));
}

/** A delivery in hand. */
interface InHand {
  delivery: string;
  recipient: string;
  channel: string;
  digest: string | null;
  may_be_sent: number;
  told_with: string | null;
}

/**
 * Those of each message, in their order; the first of each carries it, and the others keep its name
 * until it is settled.
 */
export async function groupByMessage<Row extends InHand>(
  db: Db,
  in_hand: readonly Row[],
): Promise<[Row, ...Row[]][]> {
  const messages: [Row, ...Row[]][] = [];
  for (const all of Map.groupBy(in_hand, messageOf).values()) {
    for (let from = 0; from < all.length; from += MOST_IN_ONE) {
      const [first, ...others] = all.slice(from, from + MOST_IN_ONE);
      if (first === undefined) continue;
      messages.push([first, ...others]);
      await keepTogether(
        db,
        first.delivery,
        others.map(({ delivery }) => delivery),
      );
    }
  }
  return messages;
}

function messageOf({ delivery, recipient, channel, digest, ...row }: InHand): string {
  if (digest === null) return delivery;
  if (row.may_be_sent === 1) return row.told_with ?? delivery;
  return JSON.stringify([channel, recipient, digest]);
}

async function keepTogether(db: Db, first: string, others: readonly string[]): Promise<void> {
  if (others.length === 0) return;
  await db.updateTable('delivery').set({ told_with: first }).where('id', 'in', others).execute();
}

/** What is told by the messages of deliveries, besides these themselves. */
export async function readToldWith(db: Db, firsts: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('delivery')
    .select('id')
    .where('told_with', 'in', firsts)
    .where('status', '=', 'pending')
    .execute();
  return rows.map(({ id }) => id);
}
