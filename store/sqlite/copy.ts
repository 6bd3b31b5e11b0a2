import Database from 'better-sqlite3';
import { patiently } from '../patience.ts';
import { openReadOnly } from './connection.ts';
import { inspect } from './inspect.ts';
import { readMigrations } from './migrations.ts';
import { refusalFrom } from './refusals.ts';

/** Pages copied in one go: a megabyte, within which this thread does nothing else. */
const SLICE_PAGES = 256;

export interface DatabaseCopy {
  /** Id of its installation; null before the first use. */
  installation: string | null;
  /** Name of the last migration that was applied to it. */
  schema: string;
}

/**
 * Copies the database as it is at one instant, also while it is written to: all that was committed
 * before the call is in the copy. Nobody waits for it, because the copying holds nothing but a
 * snapshot; what is written meanwhile stays in the log until it is done. The copy is one file
 * without a log. Throws as `openStoreReader`, and a `StoreTrouble` when the disk is full; there is
 * no copy then.
 */
export async function copyDatabase(from: string, to: string): Promise<DatabaseCopy> {
  const source = await patiently(() => naming(from, () => openSnapshot(from)));
  try {
    const copied = readCopy(source);
    // Without the snapshot the engine would begin anew at every write of another process.
    await naming(to, () => source.backup(to, { progress: () => SLICE_PAGES }));
    await naming(to, () => leaveLogMode(to));
    return copied;
  } finally {
    source.close();
  }
}

/** A handle that sees the database as it is now for as long as it is open. */
function openSnapshot(path: string): Database.Database {
  inspect(path, readMigrations());
  const handle = openReadOnly(path);
  try {
    handle.exec('begin');
    handle.pragma('schema_version');
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

function readCopy(source: Database.Database): DatabaseCopy {
  const one = (sql: string) => source.prepare<[], string | null>(sql).pluck().get() ?? null;
  return {
    installation: one('select id from installation'),
    schema: one('select max(name) from migration') ?? '',
  };
}

function leaveLogMode(path: string): void {
  const copy = new Database(path);
  try {
    copy.pragma('journal_mode = delete');
  } finally {
    copy.close();
  }
}

/** Runs the action; the errors of the engine name this file. */
async function naming<T>(path: string, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw refusalFrom(error, path);
  }
}
