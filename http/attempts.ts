import type { Clock } from '../model/ports.ts';
import { MINUTE } from '../model/time.ts';

const WINDOW_MS = MINUTE;
const FAILURES_PER_WINDOW = 10;
/** Bounds memory: beyond this number of clients the oldest entries are dropped. */
const MAX_CLIENTS = 10_000;

/** Counts failed authentication attempts, so that guessing is slow and does not flood the log. */
export interface Attempts {
  /** Seconds until the client may try again; 0 when it may now. */
  waitSeconds(client: string): number;
  failed(client: string): void;
}

export function createAttempts(clock: Clock): Attempts {
  const clients = new Map<string, { failures: number; until: number }>();

  function current(client: string) {
    const entry = clients.get(client);
    return entry && clock.monotonic() < entry.until ? entry : null;
  }

  return {
    waitSeconds(client) {
      const entry = current(client);
      if (!entry || entry.failures < FAILURES_PER_WINDOW) return 0;
      return Math.ceil((entry.until - clock.monotonic()) / 1_000);
    },
    failed(client) {
      const entry = current(client) ?? { failures: 0, until: clock.monotonic() + WINDOW_MS };
      entry.failures += 1;
      clients.delete(client);
      clients.set(client, entry);
      const [oldest] = clients.keys();
      if (clients.size > MAX_CLIENTS && oldest !== undefined) clients.delete(oldest);
    },
  };
}
