import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The lock of the dependencies, and the name that npm gives it in an archive. */
export const LOCK = 'package-lock.json';
export const PACKED_LOCK = 'npm-shrinkwrap.json';

/** Path of the lock: an archive of the product has no other. */
export function lockIn(root) {
  return existsSync(join(root, LOCK)) ? LOCK : PACKED_LOCK;
}

/**
 * SHA-256 over names and contents of files and directories below `root`, independent of listing
 * order. The lock counts by one name.
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesBelow(root, path))) {
    hash
      .update(`${file === PACKED_LOCK ? LOCK : file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  const names = readdirSync(full).sort();
  return names.flatMap((name) => filesBelow(root, join(path, name)));
}
