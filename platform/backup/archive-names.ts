import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** What is being written. A backup writes all the time: one that stopped was killed. */
const UNFINISHED = /^\.piaokuang-backup-\d+\.(db|tar)(-journal)?$/;
const LEFT_BEHIND_AFTER_MS = HOUR;

/** `piaokuang-20261128T192400.123Z.tar`: the order of names is that of time. */
export function archiveName(database: string, taken_at: EpochMs): string {
  const instant = new Date(taken_at).toISOString().replaceAll(/[-:]/g, '');
  return `${siteOf(database)}-${instant}.tar`;
}

/** Paths of what is being written into the folder by this process: a database, an archive. */
export function unfinishedIn(folder: string) {
  const path = (kind: string) => join(folder, `.piaokuang-backup-${process.pid}.${kind}`);
  return { database: path('db'), archive: path('tar') };
}

/** Removes what killed backups have left in the folder. */
export function removeLeftBehind(folder: string, now: EpochMs): void {
  for (const name of readdirSync(folder).filter((it) => UNFINISHED.test(it))) {
    const path = join(folder, name);
    const modified_at = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - modified_at > LEFT_BEHIND_AFTER_MS) rmSync(path, { force: true });
  }
}

/**
 * Removes all archives of the database in the folder but the one just written, and the newest of
 * the others, which a clock that was ahead may have named later; returns the names removed.
 */
export function removeOldArchives(
  folder: string,
  { database, written, kept }: { database: string; written: string; kept: number },
): string[] {
  const ours = new RegExp(`^${siteOf(database)}-\\d{8}T\\d{6}\\.\\d{3}Z\\.tar$`);
  const others = readdirSync(folder).filter((name) => ours.test(name) && name !== written);
  const newest_first = others.toSorted().toReversed();
  const removed = newest_first.slice(kept - 1).toReversed();
  for (const name of removed) rmSync(join(folder, name), { force: true });
  return removed;
}

function siteOf(database: string): string {
  return database.replace(/\.db$/, '');
}
