import { saidWith, type Telling, toldOf } from '../../model/overtaken.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';

/** A delivery that is next, or waits behind one. */
interface Waiting extends Telling {
  id: string;
  /** The one that is next. */
  head: string;
  /** Whether nobody knows how an attempt ended: its notifier was killed, or no answer came. */
  may_be_sent: boolean;
}

interface Overtaking {
  owner: string;
  now: EpochMs;
}

/**
 * Of deliveries in hand, those that others of their matter wait behind: one of each is told, and
 * the others are settled. Resolves to how many were, by the one that is in hand in their place.
 */
export async function overtake(
  db: Db,
  heads: readonly string[],
  overtaking: Overtaking,
): Promise<Map<string, number>> {
  const overtaken = new Map<string, number>();
  for (const [head, waiting] of Map.groupBy(await readWaiting(db, heads), (it) => it.head)) {
    const told = waiting[toldOf(waiting)];
    if (told === undefined || waiting.length === 1 || waiting[0]?.may_be_sent) continue;
    const is_first = !(await readHeard(db, [head])).has(head);
    await takeInHand(db, told, overtaking);
    await settleOthers(db, { waiting, told, is_first, at: overtaking.now });
    overtaken.set(told.id, waiting.length - 1);
  }
  return overtaken;
}

/** Of deliveries, those whose recipient was told something of the matter by the channel. */
export async function readHeard(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('delivery')
    .select('id')
    .where('id', 'in', ids)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('delivery as before')
          .select('before.id')
          .whereRef('before.recipient', '=', 'delivery.recipient')
          .whereRef('before.matter', '=', 'delivery.matter')
          .whereRef('before.channel', '=', 'delivery.channel')
          .where('before.status', '=', 'sent'),
      ),
    )
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** The deliveries themselves, and what waits behind each, in order. */
async function readWaiting(db: Db, heads: readonly string[]): Promise<Waiting[]> {
  const rows = await db
    .selectFrom('delivery as head')
    .innerJoin('delivery as one', (join) =>
      join
        .onRef('one.recipient', '=', 'head.recipient')
        .onRef('one.matter', '=', 'head.matter')
        .onRef('one.channel', '=', 'head.channel')
        .on('one.status', '=', 'pending'),
    )
    .innerJoin('notice', 'notice.id', 'one.notice')
    .leftJoin('incident_update as of_incident', 'of_incident.id', 'notice.update_id')
    .leftJoin('maintenance_update as planned', 'planned.id', 'notice.update_id')
    .select(['one.id', 'head.id as head', 'notice.kind', 'one.may_be_sent'])
    .select(({ fn }) => [
      fn.coalesce('of_incident.code', 'planned.code').as('code'),
      fn.coalesce('of_incident.text', 'planned.text').as('words'),
    ])
    .where('head.id', 'in', heads)
    .orderBy('one.seq')
    .execute();
  return rows.map(({ words, may_be_sent, ...it }) => ({
    ...it,
    has_words: words !== null,
    may_be_sent: may_be_sent === 1,
  }));
}

/** The one that is told, which may not have been next. */
async function takeInHand(db: Db, told: Waiting, { owner }: Overtaking): Promise<void> {
  if (told.id === told.head) return;
  await db
    .updateTable('delivery')
    .set((row) => ({ attempts: row('attempts', '+', 1), owner, is_next: 1 }))
    .where('id', '=', told.id)
    .execute();
}

interface Overtaken {
  waiting: readonly Waiting[];
  told: Waiting;
  is_first: boolean;
  at: EpochMs;
}

/** What had been overtaken by them is told by the same one. */
async function settleOthers(db: Db, { waiting, told, is_first, at }: Overtaken): Promise<void> {
  const said = saidWith(waiting, told, is_first);
  for (const it of waiting) {
    if (it === told) continue;
    const how = said.includes(it) ? 'said with' : 'contained in';
    await db
      .updateTable('delivery')
      .set({
        status: 'overtaken',
        settled_at: at,
        error: `${how} ${told.kind} ${told.id}`,
        owner: null,
        is_next: 0,
        overtaken_by: told.id,
      })
      .where('id', '=', it.id)
      .execute();
    await db
      .updateTable('delivery')
      .set({ overtaken_by: told.id })
      .where('overtaken_by', '=', it.id)
      .execute();
  }
}
