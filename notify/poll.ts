import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Log } from '../model/ports.ts';

export interface Polling {
  /** Why the last round did not succeed, or that none did for long; null when all is well. */
  problem(): string | null;
  /** Waits for the current round to end. */
  stop(): Promise<void>;
}

/** Without a successful round for this long, something is wrong even if nothing failed. */
const LONGEST_SILENCE_MS = 60_000;

export interface PollingParts {
  /** The signal asks it to end early. */
  work(stopping: AbortSignal): Promise<unknown>;
  pause_ms: number;
  clock: Clock;
  log: Log;
}

/**
 * Does `work` over and over, `pause_ms` after its end. A failure is logged and the next round
 * tried.
 */
export function startPolling(parts: PollingParts): Polling {
  const { pause_ms, clock, log } = parts;
  const stopping = new AbortController();
  let succeeded_at = clock.monotonic();
  let failure: string | null = null;

  async function run() {
    while (!stopping.signal.aborted) {
      try {
        await parts.work(stopping.signal);
        succeeded_at = clock.monotonic();
        failure = null;
      } catch (err) {
        failure = err instanceof Error ? err.message : String(err);
        log.error({ err }, 'a round failed');
      }
      await wait(pause_ms, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }
  const running = run();

  return {
    problem() {
      if (failure !== null) return failure;
      const silence_ms = clock.monotonic() - succeeded_at;
      return silence_ms > LONGEST_SILENCE_MS ? 'the last round has not come to an end' : null;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
