import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../model/ports.ts';
import { SECOND } from '../model/time.ts';

const AGAIN_AFTER_MS = SECOND;

export interface RecordingParts {
  log: Log;
  isStopping(): boolean;
}

/**
 * Repeats a write until it succeeds or the process stops: what was sent must not be sent again
 * because the disk was full just then.
 */
export async function untilRecorded(
  write: () => Promise<void>,
  { log, isStopping }: RecordingParts,
): Promise<void> {
  for (;;) {
    try {
      return await write();
    } catch (err) {
      log.error({ err }, 'the end of a delivery could not be recorded');
      if (isStopping()) return;
      await wait(AGAIN_AFTER_MS, undefined, { ref: false });
    }
  }
}
