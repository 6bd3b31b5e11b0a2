import { readFileSync, statSync } from 'node:fs';

/** A file of the system that may change while we run. */
export interface WatchedFile<T> {
  /** What the file says now; of a missing or unreadable one, what an empty one says. */
  current(): T;
}

/** How long a file is trusted without looking whether it changed. */
const LOOK_EVERY_MS = 500;

/** Reads a small file again whenever it changes: by its inode, size and time of change. */
export function watchFile<T>(
  path: string,
  parse: (text: string) => T,
  monotonic: () => number,
): WatchedFile<T> {
  let seen: string | null = null;
  let looked_at = Number.NEGATIVE_INFINITY;
  let parsed: T = parse('');
  return {
    current() {
      const now = monotonic();
      if (now - looked_at < LOOK_EVERY_MS) return parsed;
      looked_at = now;
      const stamp = stampOf(path);
      if (stamp === seen) return parsed;
      seen = stamp;
      parsed = parse(textOf(path));
      return parsed;
    },
  };
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? 'none' : `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
