/** The disk of a folder, in bytes. */
export interface DiskSpace {
  /** What this user may still write. */
  free_bytes: number;
  total_bytes: number;
}

/** Share of free space below which the disk is a trouble of our own. */
const LOW_SHARE = 0.1;
/** Share from which it is none any more: one that hovers about a tenth is one trouble, not many. */
const ENOUGH_SHARE = 0.12;

/** Whether too little is free, by what it was before. A disk that tells no size is not low. */
export function isLow({ free_bytes, total_bytes }: DiskSpace, was_low: boolean): boolean {
  return free_bytes < (was_low ? ENOUGH_SHARE : LOW_SHARE) * total_bytes;
}
