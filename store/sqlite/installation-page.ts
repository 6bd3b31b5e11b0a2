import { closeSync, openSync, readSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { identityOf } from './identity.ts';

/** The page of a database file in which the id of the installation is. */
export interface InstallationPage {
  /** Whether the file has the id there; true until the first checkpoint has written it. */
  hasId(): boolean;
  /** To be called when the handle is closed. */
  close(): void;
}

interface Place {
  id: string;
  page_bytes: number;
  /** From 1. */
  page: number;
}

interface SharedFile {
  descriptor: number;
  users: number;
}

/**
 * By device and inode. Who closes a file takes from this process all locks on it, those of the
 * engine too (https://sqlite.org/howtocorrupt.html, 2.2): its handles share one, closed last.
 */
const files = new Map<string, SharedFile>();

/**
 * Reads the id from the file itself: the engine answers from its log and its cache, although
 * another program has written over the file.
 */
export function watchInstallationPage(handle: Database): InstallationPage {
  const file = share(handle.name);
  let place: Place | null = null;
  let had_id = false;
  let is_open = true;

  function hasId(): boolean {
    if (!is_open) return true;
    try {
      place ??= placeIn(handle);
      const has_id = place !== null && (isAt(file, place) || isAtNow(place));
      had_id ||= has_id;
      return has_id || !had_id;
    } catch {
      // A lock, or a disk that fails, says nothing of the id.
      return true;
    }
  }

  /** The engine may have moved the table to another page. */
  function isAtNow({ id }: Place): boolean {
    try {
      const now = placeIn(handle);
      if (now?.id !== id) return false;
      place = now;
      return isAt(file, now);
    } catch {
      // Of a file that is no database any more.
      return false;
    }
  }

  function close(): void {
    if (is_open) leave(file);
    is_open = false;
  }
  hasId();
  return { hasId, close };
}

/** Null before the first use has made an id. */
function placeIn(handle: Database): Place | null {
  const found = handle
    .prepare<[], Place>(
      `select id, page_size as page_bytes, rootpage as page
        from installation, pragma_page_size, sqlite_schema
        where type = 'table' and name = 'installation'`,
    )
    .get();
  return found ?? null;
}

function isAt({ descriptor }: SharedFile, { id, page_bytes, page }: Place): boolean {
  const bytes = Buffer.alloc(page_bytes);
  const length = readSync(descriptor, bytes, 0, page_bytes, (page - 1) * page_bytes);
  return bytes.subarray(0, length).includes(id);
}

function share(path: string): SharedFile {
  const key = String(identityOf(path));
  const file = files.get(key) ?? { descriptor: openSync(path, 'r'), users: 0 };
  file.users++;
  files.set(key, file);
  return file;
}

function leave(file: SharedFile): void {
  if (--file.users > 0) return;
  closeSync(file.descriptor);
  for (const [key, it] of files) if (it === file) files.delete(key);
}
