import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { findProblems } from '../integrity.ts';
import { createReader, createWriter, type Store, type StoreReader } from '../store.ts';
import { createKysely, openReadOnly, openWritable } from './connection.ts';
import { inspect, inspectForReading, pageProblems } from './inspect.ts';
import { type Migration, migrate, readMigrations } from './migrations.ts';
import { refusalFrom } from './refusals.ts';

/** Location of the database. */
export interface StoreFile {
  path: string;
}

/**
 * Opens the SQLite file for writing and reading, creating or migrating it. Local disks only: WAL
 * needs shared memory. Throws `DatabaseDamaged`, `DatabaseNewer`, `MigrationEdited` or
 * `DatabaseUnwritable`; the file is then unchanged.
 */
export async function openStore({ path }: StoreFile): Promise<Store> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const migrations = readMigrations();
    inspect(path, migrations);
    const handle = openMigrated(path, migrations);
    return createStore(handle, openReadOnly(path));
  } catch (error) {
    throw refusalFrom(error, path);
  }
}

/**
 * Opens the SQLite file for reading only. Throws `DatabaseNotReady` until a writer has created and
 * migrated it, else as `openStore`.
 */
export async function openStoreReader({ path }: StoreFile): Promise<StoreReader> {
  try {
    inspectForReading(path, readMigrations());
    return createStoreReader(openReadOnly(path));
  } catch (error) {
    throw refusalFrom(error, path);
  }
}

function openMigrated(path: string, migrations: Migration[]): Database {
  const handle = openWritable(path);
  try {
    migrate(handle, migrations);
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** Reads use a separate handle, so that they never wait for an open write transaction. */
function createStore(writing: Database, reading: Database): Store {
  const reader = createStoreReader(reading);
  return {
    ...reader,
    ...createWriter(createKysely(writing)),
    async close() {
      await reader.close();
      writing.close();
    },
  };
}

function createStoreReader(handle: Database): StoreReader {
  const db = createKysely(handle);
  const dataVersion = handle.prepare<[], number>('pragma data_version').pluck();
  return {
    ...createReader(db),
    dataVersion: async () => dataVersion.get() ?? 0,
    integrityProblems: async () => [...pageProblems(handle), ...(await findProblems(db))],
    async close() {
      handle.close();
    },
  };
}
