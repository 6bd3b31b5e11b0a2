import type { Clock, Log } from '../../model/ports.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { InstallationReads } from '../../store/ports/installation.ts';

const READ_EVERY_MS = SECOND;
/** The collector writes a heartbeat every 5 s. */
const SILENT_AFTER_MS = 30 * SECOND;

/** Watches whether what the page reads is still being written. */
export interface Freshness {
  /** Why the page shows old facts, in one line; null while it does not. */
  problem(): string | null;
  stop(): void;
}

/**
 * Reads the collector's heartbeat every second. That it changes counts, not what it says, and time
 * is monotonic, because the wall clock may be set.
 */
export function watchFreshness(parts: {
  reader: Pick<InstallationReads, 'heartbeat'>;
  clock: Clock;
  log: Log;
}): Freshness {
  const { reader, clock, log } = parts;
  let last: EpochMs | null = null;
  let changed_at = clock.monotonic();
  let read_at = clock.monotonic();
  let is_reading = false;

  async function read() {
    if (is_reading) return;
    is_reading = true;
    try {
      const heartbeat = await reader.heartbeat();
      read_at = clock.monotonic();
      if (heartbeat !== last) changed_at = read_at;
      last = heartbeat;
    } catch (err) {
      log.debug({ err }, 'heartbeat not read');
    } finally {
      is_reading = false;
    }
  }
  const timer = setInterval(() => void read(), READ_EVERY_MS);
  timer.unref();

  return {
    problem() {
      const now = clock.monotonic();
      if (now - read_at > SILENT_AFTER_MS) return 'the database could not be read for 30 s';
      if (now - changed_at > SILENT_AFTER_MS) return 'the collector has recorded nothing for 30 s';
      return null;
    },
    stop: () => clearInterval(timer),
  };
}
