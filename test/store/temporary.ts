import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';

/** A path for a database in a folder that goes away with the running test. */
export function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'test.db');
}

/** Changes a database behind the store's back. */
export function editFile(path: string, change: (handle: Database.Database) => void): void {
  const handle = new Database(path);
  try {
    change(handle);
  } finally {
    handle.close();
  }
}
