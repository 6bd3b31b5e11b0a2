import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { DatabaseDamaged, DatabaseNotReady, DatabaseUnwritable } from '../errors.ts';
import { openReadOnly } from './connection.ts';
import { type Migration, pendingMigrations } from './migrations.ts';

/**
 * Size up to which all pages are checked at every start (some 50 ms); above it only the schema is
 * read.
 */
const FULL_CHECK_LIMIT_BYTES = 32 * 1024 * 1024;

/**
 * Inspects the file without writing. Returns its pending migrations; all of them when there is no
 * file yet. Throws `DatabaseDamaged`, `DatabaseNewer`,
 * `DatabaseUnwritable` or `MigrationEdited`.
 */
export function inspect(path: string, migrations: Migration[]): Migration[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === false) throw new DatabaseUnwritable(path, 'it is not a file');
  const size = found?.size ?? 0;
  if (size === 0) return migrations;
  const handle = openReadOnly(path);
  try {
    expectDatabase(handle);
    if (size <= FULL_CHECK_LIMIT_BYTES) checkPages(handle);
    return pendingMigrations(handle, migrations);
  } finally {
    handle.close();
  }
}

/** For readers, who cannot migrate: throws `DatabaseNotReady` when the file is missing or older. */
export function inspectForReading(path: string, migrations: Migration[]): void {
  const [pending] = inspect(path, migrations);
  if (pending) throw new DatabaseNotReady(path, `${pending.name} is pending`);
}

/** Problems found by `pragma quick_check`; empty when sound. */
export function pageProblems(handle: Database.Database): string[] {
  const rows = handle.prepare<[], { quick_check: string }>('pragma quick_check').all();
  return rows.map((row) => row.quick_check).filter((finding) => finding !== 'ok');
}

function checkPages(handle: Database.Database): void {
  const [problem] = pageProblems(handle).flatMap((it) => it.split('\n').filter(isFinding));
  if (problem !== undefined) throw new DatabaseDamaged(handle.name, problem);
}

/** Findings come in one text below a line of stars; one of hundreds is enough for a sentence. */
function isFinding(line: string): boolean {
  return line !== '' && !line.startsWith('***');
}

/**
 * Asks the engine: who closes the file himself loses the locks of all handles of this process
 * (https://sqlite.org/howtocorrupt.html, 2.2).
 */
function expectDatabase(handle: Database.Database): void {
  try {
    handle.pragma('schema_version');
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_NOTADB') throw error;
    throw new DatabaseDamaged(handle.name, 'it is not an SQLite file', { cause: error });
  }
}
