import type { Kysely } from 'kysely';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Schema } from '../schema.ts';
import type { Grain, Prunable } from '../store.ts';

type Pruner = (db: Kysely<Schema>, before: EpochMs, limit: number) => Promise<bigint>;

const PRUNERS: Record<Prunable, Pruner> = {
  results: (db, before, limit) => pruneBySlot(db, 'result', before, limit),
  evidence: (db, before, limit) => pruneBySlot(db, 'evidence', before, limit),
  hourly: (db, before, limit) => pruneRollups(db, 'hour', before, limit),
  daily: (db, before, limit) => pruneRollups(db, 'day', before, limit),
  changes: pruneChanges,
  looks: pruneLooks,
  journeys: pruneJourneys,
  events: pruneEvents,
  unconfirmed: pruneUnconfirmed,
};

/** Deletes at most `limit` rows older than `before`, oldest first; returns how many. */
export async function prune(
  db: Kysely<Schema>,
  { what, before, limit }: { what: Prunable; before: EpochMs; limit: number },
): Promise<number> {
  return Number(await PRUNERS[what](db, before, limit));
}

async function pruneBySlot(
  db: Kysely<Schema>,
  table: 'result' | 'evidence',
  before: EpochMs,
  limit: number,
): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom(table)
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('slot_at', 'check_id'),
        'in',
        selectFrom(table)
          .select(['slot_at', 'check_id'])
          .where('slot_at', '<', before)
          .orderBy('slot_at')
          .orderBy('check_id')
          .limit(limit)
          .$asTuple('slot_at', 'check_id'),
      ),
    )
    .executeTakeFirst();
  return numDeletedRows;
}

async function pruneRollups(
  db: Kysely<Schema>,
  grain: Grain,
  before: EpochMs,
  limit: number,
): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom('rollup')
    .where('grain', '=', grain)
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('from_at', 'check_id'),
        'in',
        selectFrom('rollup')
          .select(['from_at', 'check_id'])
          .where('grain', '=', grain)
          .where('from_at', '<', before)
          .orderBy('from_at')
          .orderBy('check_id')
          .limit(limit)
          .$asTuple('from_at', 'check_id'),
      ),
    )
    .executeTakeFirst();
  return numDeletedRows;
}

/** The newest change stays whatever its age: its seq is what pages compare with. */
async function pruneChanges(db: Kysely<Schema>, before: EpochMs, limit: number): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom('change')
    .where('seq', 'in', (old) =>
      old
        .selectFrom('change')
        .select('seq')
        .where('at', '<', before)
        .where('seq', '<', (newest) =>
          newest
            .selectFrom('change as other')
            .select((select) => select.fn.max('other.seq').as('seq')),
        )
        .orderBy('seq')
        .limit(limit),
    )
    .executeTakeFirst();
  return numDeletedRows;
}

async function pruneLooks(db: Kysely<Schema>, before: EpochMs, limit: number): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom('look')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('journey', 'started_at'),
        'in',
        selectFrom('look')
          .select(['journey', 'started_at'])
          .where('started_at', '<', before)
          .orderBy('started_at')
          .limit(limit)
          .$asTuple('journey', 'started_at'),
      ),
    )
    .executeTakeFirst();
  return numDeletedRows;
}

/** One that still waits stays whatever its age. */
async function pruneJourneys(db: Kysely<Schema>, before: EpochMs, limit: number): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom('journey')
    .where('id', 'in', (old) =>
      old
        .selectFrom('journey')
        .select('id')
        .where('accepted_at', '<', before)
        .where('state', '<>', 'waiting')
        .orderBy('accepted_at')
        .limit(limit),
    )
    .executeTakeFirst();
  return numDeletedRows;
}

async function pruneUnconfirmed(
  db: Kysely<Schema>,
  before: EpochMs,
  limit: number,
): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom('subscriber')
    .where('id', 'in', (old) =>
      old
        .selectFrom('subscriber')
        .select('id')
        .where('status', '=', 'pending')
        .where('created_at', '<', before)
        .orderBy('created_at')
        .limit(limit),
    )
    .executeTakeFirst();
  return numDeletedRows;
}

async function pruneEvents(db: Kysely<Schema>, before: EpochMs, limit: number): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom('ingested_event')
    .where('id', 'in', (old) =>
      old
        .selectFrom('ingested_event')
        .select('id')
        .where('received_at', '<', before)
        .orderBy('received_at')
        .limit(limit),
    )
    .executeTakeFirst();
  return numDeletedRows;
}
