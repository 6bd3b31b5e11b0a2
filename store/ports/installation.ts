import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';

export interface InstallationWrites {
  /** Random id of this installation, created on first use; seeds trace ids and journey ids. */
  installation(): Promise<string>;
  /**
   * What ids in feeds and calendars are made with, now and ever: the id of this installation, or,
   * of one that published before, the address of the page that is told here for the first time.
   */
  publishedAs(address: string): Promise<string>;
  /** Changes nothing, and fails where nothing can be written. */
  testWrite(): Promise<void>;
}

export interface InstallationReads {
  /** The last sign of life of the collector; null before the first. */
  heartbeat(): Promise<EpochMs | null>;
  /** When this was put back from a backup; null: never. */
  restoredAt(): Promise<EpochMs | null>;
  /** What judges, and since when; null before the first start of a collector that says so. */
  judge(): Promise<Judge | null>;
}

/** Rules and configuration, in short, by which results are judged from an instant on. */
export interface Judge {
  judged_by: string;
  judged_since: EpochMs;
}

export function installationReads(db: Db): InstallationReads {
  return {
    heartbeat: () => readHeartbeat(db),
    async restoredAt() {
      const row = await db.selectFrom('installation').select('restored_at').executeTakeFirst();
      return row?.restored_at ?? null;
    },
    async judge() {
      const row = await db
        .selectFrom('installation')
        .select(['judged_by', 'judged_since'])
        .executeTakeFirst();
      if (!row || row.judged_by === null || row.judged_since === null) return null;
      return { judged_by: row.judged_by, judged_since: row.judged_since };
    },
  };
}

export function installationWrites(db: Db): InstallationWrites {
  return {
    // Reads first: a start must not wait for the lock of a database that it only reads.
    installation: async () => (await readId(db)) ?? (await createId(db)),
    async publishedAs(address) {
      const id = (await readId(db)) ?? (await createId(db));
      const known = await readPublishedAs(db);
      if (known !== '') return known ?? id;
      await db
        .updateTable('installation')
        .set({ published_as: address })
        .where('published_as', '=', '')
        .execute();
      return (await readPublishedAs(db)) ?? id;
    },
    async testWrite() {
      // It is 0 and used for nothing; the engine writes the page all the same.
      await sql`pragma user_version = 0`.execute(db);
    },
  };
}

/** Stores the collector's heartbeat. Requires a transaction. */
export async function saveHeartbeat(db: Db, heartbeat_at: EpochMs): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('installation')
    .set({ heartbeat_at })
    .executeTakeFirst();
  if (numUpdatedRows === 0n) {
    await readOrCreate(db);
    await db.updateTable('installation').set({ heartbeat_at }).execute();
  }
}

/** Stores what judges from now on; what judged before goes on. Requires a transaction. */
export async function saveJudge(db: Db, judge: Judge): Promise<void> {
  await readOrCreate(db);
  await db
    .updateTable('installation')
    .set({ ...judge })
    .where((row) =>
      row.or([
        row('judged_by', 'is', null),
        row('judged_by', '!=', judge.judged_by),
        // By a clock that was wrong.
        row('judged_since', '>', judge.judged_since),
      ]),
    )
    .execute();
}

/** The last heartbeat; null before the first. */
export async function readHeartbeat(db: Db): Promise<EpochMs | null> {
  const row = await db.selectFrom('installation').select('heartbeat_at').executeTakeFirst();
  return row?.heartbeat_at ?? null;
}

/** At once in the file itself, by which it is known again (sqlite/installation-page.ts). */
async function createId(db: Db): Promise<string> {
  const id = await db.transaction().execute(readOrCreate);
  await sql`pragma wal_checkpoint(passive)`.execute(db);
  return id;
}

/** The id, 32 hex digits. */
async function readOrCreate(db: Db): Promise<string> {
  await db
    .insertInto('installation')
    .values({ one: 1, id: randomUUID().replaceAll('-', '') })
    .onConflict((conflict) => conflict.column('one').doNothing())
    .execute();
  const { id } = await db.selectFrom('installation').select('id').executeTakeFirstOrThrow();
  return id;
}

/** null: its id; empty: it is not known yet. */
async function readPublishedAs(db: Db): Promise<string | null> {
  const row = await db.selectFrom('installation').select('published_as').executeTakeFirst();
  return row?.published_as ?? null;
}

async function readId(db: Db): Promise<string | null> {
  const row = await db.selectFrom('installation').select('id').executeTakeFirst();
  return row?.id ?? null;
}
