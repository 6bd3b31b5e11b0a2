import { renameSync, statSync } from 'node:fs';
import { DatabaseDeleted, DatabaseReplaced } from '../errors.ts';
import { watchOverwriting } from './overwriting.ts';

/** The log and its index, which the engine finds by their names. */
const BESIDE = ['-wal', '-shm'] as const;

export interface FileWatch {
  /** `DatabaseDeleted`, `DatabaseReplaced`, or null while the file is the same. */
  loss(): DatabaseDeleted | DatabaseReplaced | null;
  /** Only after the engine has closed the file. */
  close(): void;
}

/**
 * Watches which file is at the path, with which log beside it, and whether another program writes
 * into it.
 *
 * The log and its index of a database that is gone are moved out of the way: the engine would take
 * them for those of what is put in its place, and replay the log into that.
 */
export function watchDatabaseFile(path: string): FileWatch {
  const opened = identityOf(path);
  const beside: KnownFile[] = BESIDE.map((suffix) => `${path}${suffix}`).map((file) => ({
    file,
    identity: identityOf(file),
  }));
  const { isOverwritten, close } = watchOverwriting(path);
  function loss(): DatabaseDeleted | DatabaseReplaced | null {
    const now = identityOf(path);
    if (now === opened && isSame(beside) && !isOverwritten()) return null;
    const why = now === null ? 'deleted' : 'replaced';
    for (const { file, identity } of beside) {
      if (identity !== null && identityOf(file) === identity) moveAway(file, why);
    }
    return now === null ? new DatabaseDeleted(path) : new DatabaseReplaced(path);
  }
  return { loss, close };
}

interface KnownFile {
  file: string;
  /** null: not made yet, as the engine does when it first reads. */
  identity: string | null;
}

/** While we have the database open, the engine deletes none of them. */
function isSame(beside: readonly KnownFile[]): boolean {
  for (const it of beside) it.identity ??= identityOf(it.file);
  return beside.every(({ file, identity }) => identity === identityOf(file));
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
function identityOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}
