import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import { bit } from '../rows/values.ts';
import { type Claim, type ClaimedDelivery, claimDeliveries } from './claims.ts';
import { type FanOut, fanOut } from './fan-out.ts';
import { readToldWith } from './told-with.ts';

export interface DeliveryReads {
  /** Pending deliveries by channel. */
  pendingDeliveries(): Promise<PendingDeliveries[]>;
  /**
   * Number of consecutive permanent failures of a recipient since its last success, up to `limit`.
   */
  consecutiveFailures(recipient: string, limit: number): Promise<number>;
}

export interface SettledDelivery {
  id: string;
  settlement: Settlement;
}

export interface DeliveryWrites {
  /**
   * Continues with the first notice that is not fanned out: one delivery for each operator and for
   * each of the next `limit` subscribers who receive it. False when there was none; call it until
   * then.
   */
  fanOut(request: FanOut): Promise<boolean>;
  /**
   * Takes at most `limit` due deliveries in hand. Of a recipient, channel and matter only the first
   * in order of notices is ever due, whatever it waits for.
   */
  claimDeliveries(claim: Claim): Promise<ClaimedDelivery[]>;
  /** Settles a claimed delivery, or sets its next attempt. Settled deliveries do not change. */
  settleDelivery(id: string, settlement: Settlement): Promise<void>;
  /** The same of all that one message told, the one that carried it first, in one transaction. */
  settleDeliveries(settled: readonly SettledDelivery[]): Promise<void>;
  /**
   * Gives back a claimed delivery of which no attempt was made; nothing of its recipient and
   * channel is due before.
   */
  putOffDelivery(id: string, until: EpochMs): Promise<void>;
  /**
   * Gives back a claimed delivery that cannot be told now; what was to be told with it goes alone
   * from now on, and waits for nothing.
   */
  tellApart(id: string, until: EpochMs): Promise<void>;
  /**
   * Gives back what other notifiers had in hand, due as before; returns its number. For the only
   * notifier, when it starts. What of it was sent, nobody knows: it is not overtaken, but told
   * again, as the same message.
   */
  releaseDeliveries(owner: string): Promise<number>;
}

export interface PendingDeliveries {
  channel: string;
  count: number;
  /** Creation time of the first notice among them. */
  oldest_at: EpochMs;
}

export type Settlement =
  | { status: 'sent'; at: EpochMs }
  | {
      status: 'retry';
      at: EpochMs;
      next_attempt_at: EpochMs;
      error: string;
      /** It was handed over, and the answer did not come. */
      may_be_sent?: boolean;
    }
  | { status: 'never_again'; at: EpochMs; error: string };

export function deliveryReads(db: Db): DeliveryReads {
  return {
    pendingDeliveries: () =>
      db
        .with('waiting', (waiting) =>
          waiting
            .selectFrom('delivery')
            .select(({ fn }) => [
              'channel',
              fn.countAll<number>().as('count'),
              fn.min('seq').as('first'),
            ])
            .where('status', '=', 'pending')
            .groupBy('channel'),
        )
        .selectFrom('waiting')
        .innerJoin('notice', 'notice.seq', 'waiting.first')
        .select(['waiting.channel', 'waiting.count', 'notice.created_at as oldest_at'])
        .execute(),
    async consecutiveFailures(recipient, limit) {
      const settled = await db
        .selectFrom('delivery')
        .select('status')
        .where('recipient', '=', recipient)
        .where('status', 'in', ['sent', 'never_again'])
        // They were refused with the one by whose message they were told.
        .where('told_with', 'is', null)
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
    fanOut: (request) => fanOut(db, request),
    claimDeliveries: (claim) => claimDeliveries(db, claim),
    settleDelivery: (id, settlement) =>
      db.transaction().execute((trx) => settleAll(trx, [{ id, settlement }])),
    settleDeliveries: (settled) => db.transaction().execute((trx) => settleAll(trx, settled)),
    putOffDelivery: (id, until) =>
      db.transaction().execute(async (trx) => {
        for (const it of [id, ...(await readToldWith(trx, [id]))]) await putOff(trx, it, until);
        await partUnsent(trx, id);
      }),
    tellApart: (id, until) => db.transaction().execute((trx) => tellApart(trx, id, until)),
    async releaseDeliveries(owner) {
      const { numUpdatedRows } = await db
        .updateTable('delivery')
        .set({ owner: null, may_be_sent: bit(true) })
        .where('status', '=', 'pending')
        .where('owner', 'is not', null)
        .where('owner', '<>', owner)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}

/** Why a delivery was dropped that waited when its backup was taken. */
const RESTORED = 'restored';

/** Settles all that wait as dropped; returns how many. Requires a transaction. */
export async function dropPendingDeliveries(db: Db, at: EpochMs): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('delivery')
    .set({ status: 'never_again', settled_at: at, error: RESTORED, owner: null })
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

type Final = Exclude<Settlement, { status: 'retry' }>;
type Retry = Extract<Settlement, { status: 'retry' }>;

/** What was told by one message, each by its own number of attempts. */
async function settleAll(db: Db, settled: readonly SettledDelivery[]): Promise<void> {
  for (const { id, settlement } of settled) {
    if (settlement.status === 'retry') await retryLater(db, id, settlement);
    else await settle(db, id, settlement);
  }
  const [first] = settled;
  if (first === undefined) return;
  if (first.settlement.status === 'retry') await partUnsent(db, first.id);
  else await partPending(db, first.id);
}

/** Nobody has got it: until it is sent, the first may be overtaken, and others may come. */
async function partUnsent(db: Db, first: string): Promise<void> {
  await partFrom(db, first).where('may_be_sent', '=', 0).execute();
}

/** The first was given up, and others were not. */
async function partPending(db: Db, first: string): Promise<void> {
  await partFrom(db, first).execute();
}

function partFrom(db: Db, first: string) {
  return db
    .updateTable('delivery')
    .set({ told_with: null })
    .where('told_with', '=', first)
    .where('status', '=', 'pending');
}

async function tellApart(db: Db, id: string, until: EpochMs): Promise<void> {
  const ids = [id, ...(await readToldWith(db, [id]))];
  await db
    .updateTable('delivery')
    .set((row) => ({
      owner: null,
      attempts: row('attempts', '-', 1),
      told_with: null,
      digest: null,
    }))
    .where('id', 'in', ids)
    .where('owner', 'is not', null)
    .execute();
  await db.updateTable('delivery').set({ due_at: until }).where('id', '=', id).execute();
}

async function retryLater(db: Db, id: string, retry: Retry): Promise<void> {
  const { next_attempt_at, error, may_be_sent = false } = retry;
  await db
    .updateTable('delivery')
    .set({
      due_at: next_attempt_at,
      error,
      owner: null,
      ...(may_be_sent && { may_be_sent: bit(true) }),
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute();
}

/** The next one of the same recipient, channel and matter has its turn then. */
async function settle(db: Db, id: string, settlement: Final): Promise<void> {
  const settled = await db
    .updateTable('delivery')
    .set({
      status: settlement.status,
      settled_at: settlement.at,
      error: settlement.status === 'sent' ? null : settlement.error,
      owner: null,
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returning(['recipient', 'channel', 'matter'])
    .executeTakeFirst();
  if (settled === undefined) return;
  await db
    .updateTable('delivery')
    .set({ is_next: 1 })
    .where('id', '=', (next) =>
      next
        .selectFrom('delivery')
        .select('id')
        .where('recipient', '=', settled.recipient)
        .where('matter', '=', settled.matter)
        .where('channel', '=', settled.channel)
        .where('status', '=', 'pending')
        .orderBy('seq')
        .limit(1),
    )
    .execute();
}

async function putOff(db: Db, id: string, until: EpochMs): Promise<void> {
  const given_back = await db
    .updateTable('delivery')
    .set((row) => ({ owner: null, attempts: row('attempts', '-', 1) }))
    .where('id', '=', id)
    .where('owner', 'is not', null)
    .returning(['recipient', 'channel'])
    .executeTakeFirst();
  if (given_back === undefined) return;
  await db
    .updateTable('delivery')
    .set({ due_at: until })
    .where('recipient', '=', given_back.recipient)
    .where('channel', '=', given_back.channel)
    .where('status', '=', 'pending')
    .where('owner', 'is', null)
    .where('due_at', '<', until)
    .execute();
}
