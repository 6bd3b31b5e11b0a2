import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { findProblems } from '../integrity.ts';
import { PATIENCE_MS, patient, patiently } from '../patience.ts';
import { createReader, createWriter, type Store, type StoreReader } from '../store.ts';
import { createKysely, openReadOnly, openWritable } from './connection.ts';
import { createGuard } from './guard.ts';
import { setOrphansAside, watchDatabaseFile } from './identity.ts';
import { inspect, inspectForReading, pageProblems } from './inspect.ts';
import { watchInstallationPage } from './installation-page.ts';
import { type Migration, migrate, readMigrations } from './migrations.ts';
import { refusalFrom } from './refusals.ts';

/** Location of the database. */
export interface StoreFile {
  path: string;
  /** How long an operation is repeated while the database is locked or its disk fails. */
  patience_ms?: number;
}

/**
 * Opens the SQLite file for writing and reading, creating or migrating it. Local disks only: WAL
 * needs shared memory. Throws `DatabaseDamaged`, `DatabaseNewer`, `MigrationEdited` or
 * `DatabaseUnwritable`; the file is then unchanged. Throws a `StoreTrouble` that outlasts the
 * patience.
 */
export async function openStore({ path, patience_ms = PATIENCE_MS }: StoreFile): Promise<Store> {
  const open = () => {
    mkdirSync(dirname(path), { recursive: true });
    setOrphansAside(path);
    const migrations = readMigrations();
    const pending = inspect(path, migrations);
    const writing = openMigrated(path, pending, migrations);
    return { writing, reading: closingOnError(writing, () => openReadOnly(path)) };
  };
  const { writing, reading } = await patiently(() => opened(path, open), patience_ms);
  return createStore(writing, reading, patience_ms);
}

/**
 * Opens the SQLite file for reading only. Throws `DatabaseNotReady` until a writer has created and
 * migrated it, else as `openStore`.
 */
export async function openStoreReader(file: StoreFile): Promise<StoreReader> {
  const { path, patience_ms = PATIENCE_MS } = file;
  const open = () => {
    inspectForReading(path, readMigrations());
    return openReadOnly(path);
  };
  return createStoreReader(await patiently(() => opened(path, open), patience_ms), patience_ms);
}

function opened<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw refusalFrom(error, path);
  }
}

/** Takes the write lock only for a migration, so that a start need not wait for it. */
function openMigrated(path: string, pending: Migration[], migrations: Migration[]): Database {
  const handle = openWritable(path);
  closingOnError(handle, () => pending.length > 0 && migrate(handle, migrations));
  return handle;
}

function closingOnError<T>(handle: Database, action: () => T): T {
  try {
    return action();
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** Reads use a separate handle, so that they never wait for an open write transaction. */
function createStore(writing: Database, reading: Database, patience_ms: number): Store {
  const reader = createStoreReader(reading, patience_ms, writing);
  const { guarded, damage } = createGuard(writing.name);
  return {
    ...reader,
    ...patient(createWriter(createKysely(writing, guarded)), patience_ms),
    lost: () => damage() ?? reader.lost(),
  };
}

/** `writing`: a handle that is closed with it. */
function createStoreReader(
  handle: Database,
  patience_ms: number,
  writing: Database | null = null,
): StoreReader {
  const { guarded, damage } = createGuard(handle.name);
  const db = createKysely(handle, guarded);
  const page = watchInstallationPage(handle);
  const lossOfFile = watchDatabaseFile(handle.name, page.hasId);
  const dataVersion = handle.prepare<[], number>('pragma data_version').pluck();
  const version = () => guarded(() => dataVersion.get() ?? 0);
  return {
    ...patient(createReader(db), patience_ms),
    lost: () => damage() ?? lossOfFile(),
    dataVersion: () => patiently(version, patience_ms),
    integrityProblems: async () => [...pageProblems(handle), ...(await findProblems(db))],
    async close() {
      // Closing deletes the log by its name, which may be that of another database now.
      if (lossOfFile() !== null) return;
      handle.close();
      // The last to close moves the log into the database, and must be allowed to write.
      if (damage() !== null) return;
      writing?.close();
      page.close();
    },
  };
}
