import { renameSync, statSync } from 'node:fs';
import { DatabaseDeleted, DatabaseReplaced } from '../errors.ts';

/** The log and its index, which the engine finds by their names. */
const BESIDE = ['-wal', '-shm'] as const;

/**
 * Watches which file is at the path. Returns a function that tells what has happened to it since:
 * `DatabaseDeleted`, `DatabaseReplaced`, or null while it is the same.
 *
 * The log of a replaced database and its index are moved out of the way: the engine would take them
 * for those of the new one, and replay the log into that.
 */
export function watchDatabaseFile(path: string): () => DatabaseDeleted | DatabaseReplaced | null {
  const opened = identityOf(path);
  const beside = BESIDE.map((suffix) => `${path}${suffix}`).map((file) => ({
    file,
    identity: identityOf(file),
  }));
  return () => {
    const now = identityOf(path);
    if (now === opened) return null;
    if (now === null) return new DatabaseDeleted(path);
    for (const { file, identity } of beside) {
      if (identity !== null && identityOf(file) === identity) moveAway(file);
    }
    return new DatabaseReplaced(path);
  };
}

function moveAway(file: string): void {
  try {
    renameSync(file, `${file}-of-replaced`);
  } catch (error) {
    // Another process that lost the same database was faster.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Device and inode; null without a file. */
function identityOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}
