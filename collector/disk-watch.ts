import { type DiskSpace, isLow } from '../model/disk-space.ts';
import { ownDetail } from '../model/own-detail.ts';
import type { Clock, Log } from '../model/ports.ts';
import type { Recorder } from './recorder.ts';

export interface DiskWatchParts {
  recorder: Pick<Recorder, 'condition' | 'outage'>;
  diskSpace: () => Promise<DiskSpace>;
  clock: Clock;
  log: Log;
}

/**
 * Looks whether the disk of the database is low, which is then a trouble of our own: it is told
 * before nothing can be recorded. To be called every few seconds.
 */
export function createDiskWatch({ recorder, diskSpace, clock, log }: DiskWatchParts) {
  let was_low = false;
  return async (): Promise<void> => {
    // While nothing can be recorded the recorder tells of it, and this could not be either.
    if (recorder.outage() !== null) return;
    const space = await diskSpace();
    const is_low = isLow(space, was_low);
    if (is_low === was_low) return;
    log.warn({ ...space }, is_low ? 'the disk is low' : 'the disk is not low any more');
    const percent = Math.floor((100 * space.free_bytes) / space.total_bytes);
    const detail = ownDetail({ code: 'space_left', percent });
    const at = clock.now();
    await recorder.condition({ kind: 'disk', line: null, is_failing: is_low, at, detail });
    was_low = is_low;
  };
}
