import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder, on a small disk of its own where the system lets us mount one (as root). */
export interface Disk {
  path: string;
  /** Why it is on no disk of its own, and so must not be filled; null: it is. */
  refusal: string | null;
  unmount(): void;
}

export function mountDisk(path: string, size = '48m'): Disk {
  mkdirSync(path);
  const options = ['-t', 'tmpfs', '-o', `size=${size},mode=700`];
  const { status, error } = spawnSync('mount', [...options, 'tmpfs', path]);
  const refusal = status === 0 ? null : (error?.message ?? `mount ended with ${status}`);
  return {
    path,
    refusal,
    unmount() {
      if (refusal === null) spawnSync('umount', ['-l', path]);
    },
  };
}

/** Why this machine lets nobody mount a disk; null when it does. */
export function refusalOfDisks(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-disk-'));
  const disk = mountDisk(join(folder, 'disk'));
  disk.unmount();
  rmSync(folder, { recursive: true });
  return disk.refusal;
}
