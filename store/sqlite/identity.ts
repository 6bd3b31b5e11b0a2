import { renameSync, statSync } from 'node:fs';
import { DatabaseDeleted, DatabaseReplaced } from '../errors.ts';

/**
 * Watches which file is at the path. Returns a function that tells what has happened to it since:
 * `DatabaseDeleted`, `DatabaseReplaced`, or null while it is the same.
 *
 * The log of a replaced database is moved out of the way: the engine would take it for the log of
 * the new one, and replay it into that.
 */
export function watchDatabaseFile(path: string): () => DatabaseDeleted | DatabaseReplaced | null {
  const log = `${path}-wal`;
  const opened = { database: identityOf(path), log: identityOf(log) };
  return () => {
    const now = identityOf(path);
    if (now === opened.database) return null;
    if (now === null) return new DatabaseDeleted(path);
    if (opened.log !== null && identityOf(log) === opened.log) {
      renameSync(log, `${log}-of-replaced`);
    }
    return new DatabaseReplaced(path);
  };
}

/** Device and inode; null without a file. */
function identityOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}
