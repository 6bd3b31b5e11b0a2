import type { Database } from 'better-sqlite3';
import { findProblems } from '../integrity.ts';
import { createKysely, openReadOnly } from './connection.ts';
import { createGuard } from './guard.ts';
import { inspectForReading } from './inspect.ts';
import { readMigrations } from './migrations.ts';

/** Of a damaged file: one is enough to know, hundreds are unreadable. */
const MOST_FINDINGS = 20;

/**
 * What is wrong with a database, one sentence each; empty when it is sound: its pages and indexes,
 * what refers to rows that are not there, and contradictions between what is recorded. Reads all of
 * it; it may be in use. Throws as `openStoreReader`.
 */
export async function databaseProblems(path: string): Promise<string[]> {
  inspectForReading(path, readMigrations());
  const handle = openReadOnly(path);
  try {
    const damage = damagedPages(handle);
    if (damage.length > 0) return damage;
    const db = createKysely(handle, createGuard(path).guarded);
    return [...danglingReferences(handle), ...(await findProblems(db))];
  } finally {
    handle.close();
  }
}

function damagedPages(handle: Database): string[] {
  const rows = handle
    .prepare<[], { integrity_check: string }>(`pragma integrity_check(${MOST_FINDINGS})`)
    .all();
  return rows.map((row) => row.integrity_check).filter((finding) => finding !== 'ok');
}

interface DanglingReference {
  table: string;
  rowid: number | null;
  parent: string;
}

function danglingReferences(handle: Database): string[] {
  const rows = handle.prepare<[], DanglingReference>('pragma foreign_key_check').all();
  return rows
    .slice(0, MOST_FINDINGS)
    .map(({ table, rowid, parent }) => `row ${rowid} of ${table} refers to no row of ${parent}`);
}
