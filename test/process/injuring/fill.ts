import { closeSync, openSync, writeSync } from 'node:fs';

/** Leaves not a byte on the disk of the file. */
export function fill(path: string): void {
  const file = openSync(path, 'a');
  for (let size = 1 << 20; size > 0; ) {
    try {
      writeSync(file, Buffer.alloc(size));
    } catch {
      size >>= 1;
    }
  }
  closeSync(file);
}
