import { renameSync, statSync } from 'node:fs';
import { DatabaseDeleted, DatabaseReplaced } from '../errors.ts';

/** The log and its index, which the engine finds by their names. */
const BESIDE = ['-wal', '-shm'] as const;

/** Looks in a row: a page may be read just as the engine writes it. */
const LOOKS_WITHOUT_ID = 2;

/**
 * Watches which file is at the path, and whether it has the id of its installation. Returns a
 * function that tells what has happened to it since: `DatabaseDeleted`, `DatabaseReplaced`, or null
 * while it is the same.
 *
 * The log and its index of a database that is gone are moved out of the way: the engine would take
 * them for those of what is put in its place, and replay the log into that.
 */
export function watchDatabaseFile(
  path: string,
  hasId: () => boolean,
): () => DatabaseDeleted | DatabaseReplaced | null {
  const opened = identityOf(path);
  const beside = BESIDE.map((suffix) => `${path}${suffix}`).map((file) => ({
    file,
    identity: identityOf(file),
  }));
  let looks_without_id = 0;
  return () => {
    const now = identityOf(path);
    looks_without_id = hasId() ? 0 : looks_without_id + 1;
    if (now === opened && looks_without_id < LOOKS_WITHOUT_ID) {
      // The engine makes them when it first reads.
      for (const it of beside) it.identity ??= identityOf(it.file);
      return null;
    }
    const why = now === null ? 'deleted' : 'replaced';
    for (const { file, identity } of beside) {
      if (identity !== null && identityOf(file) === identity) moveAway(file, why);
    }
    return now === null ? new DatabaseDeleted(path) : new DatabaseReplaced(path);
  };
}

/** Moves a log away that lies beside no database: its own is gone. */
export function setOrphansAside(path: string): void {
  if (identityOf(path) !== null) return;
  for (const file of BESIDE.map((suffix) => `${path}${suffix}`))
    if (identityOf(file) !== null) moveAway(file, 'deleted');
}

function moveAway(file: string, why: 'deleted' | 'replaced'): void {
  try {
    renameSync(file, `${file}-of-${why}`);
  } catch (error) {
    // Another process that lost the same database was faster.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Device and inode; null without a file. */
export function identityOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}
