import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Of every file in the data directory. */
export const OWNER_ONLY = 0o600;

/**
 * Writes the file, replacing an existing one: whoever reads it sees all of one or all of the other,
 * after a crash or on a full disk too. On return it is on the disk.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  withUnfinished(path, content, (unfinished) => renameSync(unfinished, path));
}

/**
 * As {@link replaceFile}, but keeps an existing file. Of several processes that create it at once
 * one succeeds; false for the others.
 */
export function createFile(path: string, content: string | Uint8Array): boolean {
  return withUnfinished(path, content, (unfinished) => {
    try {
      linkSync(unfinished, path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return false;
    }
  });
}

/** Writes to a name of this process beside the file, then has it put in place. */
function withUnfinished<T>(
  path: string,
  content: string | Uint8Array,
  putInPlace: (unfinished: string) => T,
): T {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    writeFileSync(unfinished, content, { mode: OWNER_ONLY, flush: true });
    const done = putInPlace(unfinished);
    flushFolder(dirname(path));
    return done;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** A new name in a folder lasts only once the folder is on the disk. */
export function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
