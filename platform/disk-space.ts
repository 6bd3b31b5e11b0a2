import { statfs } from 'node:fs/promises';
import type { DiskSpace } from '../model/disk-space.ts';

/** The space of the disk on which the folder is. Rejects when the folder is away. */
export async function diskSpace(folder: string): Promise<DiskSpace> {
  const { bsize, bavail, blocks } = await statfs(folder);
  return { free_bytes: bavail * bsize, total_bytes: blocks * bsize };
}
