/** The disk of a folder, in bytes. */
export interface DiskSpace {
  /** What this user may still write. */
  free_bytes: number;
  total_bytes: number;
}

/** Share of free space below which the disk is a trouble of our own. */
const LOW_SHARE = 0.1;

/** Whether less than a tenth is free. A disk that tells no size is not low. */
export function isLow({ free_bytes, total_bytes }: DiskSpace): boolean {
  return free_bytes < LOW_SHARE * total_bytes;
}
