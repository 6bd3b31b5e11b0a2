import { statfs } from 'node:fs/promises';

/** The disk of a folder, in bytes. */
export interface DiskSpace {
  /** What this user may still write. */
  free_bytes: number;
  total_bytes: number;
}

/** Share of free space below which the disk is a trouble of our own. */
export const LOW_SHARE = 0.1;

/** The space of the disk on which the folder is. Rejects when the folder is away. */
export async function diskSpace(folder: string): Promise<DiskSpace> {
  const { bsize, bavail, blocks } = await statfs(folder);
  return { free_bytes: bavail * bsize, total_bytes: blocks * bsize };
}

/** Whether less than a tenth is free. A disk that tells no size is not low. */
export function isLow({ free_bytes, total_bytes }: DiskSpace): boolean {
  return free_bytes < LOW_SHARE * total_bytes;
}
