import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../model/ports.ts';
import { MINUTE, SECOND } from '../model/time.ts';

/** Typing errors are answered at once. */
const FREE_FAILURES = 3;
const FIRST_DELAY_MS = SECOND / 4;
const LONGEST_DELAY_MS = 8 * SECOND;
/** Failures of a client that has been quiet for so long are forgotten. */
const FORGOTTEN_AFTER_MS = 10 * MINUTE;
/** Answers that wait at once; further ones are refused, so that waiting costs little. */
const WAITING = { client: 5, all: 200 };
/** Bounds memory: beyond this number of clients the oldest entries are dropped. */
const MAX_CLIENTS = 10_000;

/**
 * Delays the answers to wrong secrets, so that guessing is slow and does not flood the log. Only
 * failures are ever held: the right secret is looked at first, whatever its client has sent before.
 */
export interface Attempts {
  /**
   * Resolves to 0 when the failure may be answered: each one of a client later than the one before,
   * up to 8 s. At once to the seconds after which to come back, when too many wait already.
   */
  failed(client: string): Promise<number>;
  /** The client had the right secret: its failures are forgotten. */
  succeeded(client: string): void;
}

interface Failures {
  count: number;
  waiting: number;
  last_at: number;
}

export function createAttempts(
  clock: Clock,
  sleep: (ms: number) => Promise<unknown> = setTimeout,
): Attempts {
  const clients = new Map<string, Failures>();
  let waiting = 0;

  function failuresOf(client: string): Failures {
    const known = clients.get(client);
    const is_recent = known && clock.monotonic() - known.last_at < FORGOTTEN_AFTER_MS;
    const failures = known && (is_recent || known.waiting > 0) ? known : newFailures();
    // The newest is last, so that the oldest is dropped.
    clients.delete(client);
    clients.set(client, failures);
    const [oldest] = clients.keys();
    if (clients.size > MAX_CLIENTS && oldest !== undefined) clients.delete(oldest);
    return failures;
  }

  return {
    async failed(client) {
      const failures = failuresOf(client);
      failures.last_at = clock.monotonic();
      failures.count += 1;
      const delay_ms = delayAfter(failures.count);
      if (delay_ms === 0) return 0;
      if (failures.waiting >= WAITING.client || waiting >= WAITING.all)
        return Math.ceil(delay_ms / SECOND);
      failures.waiting += 1;
      waiting += 1;
      await sleep(delay_ms);
      failures.waiting -= 1;
      waiting -= 1;
      return 0;
    },
    succeeded: (client) => void clients.delete(client),
  };
}

function newFailures(): Failures {
  return { count: 0, waiting: 0, last_at: 0 };
}

/** Of the n-th failure in a row: none, none, none, 0.25 s, doubling, at most 8 s. */
function delayAfter(count: number): number {
  if (count <= FREE_FAILURES) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (count - FREE_FAILURES - 1));
}
