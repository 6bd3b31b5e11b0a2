import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Log } from '../model/ports.ts';
import type { NotReady } from '../model/process-trouble.ts';
import { MINUTE } from '../model/time.ts';
import { notReadyBecause } from '../store/errors.ts';

export interface Polling {
  /** Why the last round failed or is overdue; null when healthy. */
  problem(): NotReady | null;
  /** Waits for the current round to end. */
  stop(): Promise<void>;
}

/** Overdue after this long without a successful round. */
const LONGEST_SILENCE_MS = MINUTE;

/**
 * A round of work. The signal requests an early return; `progressed` says of a long round that it
 * is not stuck.
 */
export type Round<Result = unknown> = (
  stopping?: AbortSignal,
  progressed?: () => void,
) => Promise<Result>;

export interface PollingParts {
  work: Round;
  pause_ms: number;
  clock: Clock;
  log: Log;
}

/**
 * Repeats `work` with a pause of `pause_ms` between rounds. A failure is logged and does not end
 * the loop.
 */
export function startPolling(parts: PollingParts): Polling {
  const { pause_ms, clock, log } = parts;
  const stopping = new AbortController();
  let succeeded_at = clock.monotonic();
  let failure: NotReady | null = null;

  function succeeded() {
    succeeded_at = clock.monotonic();
    failure = null;
  }

  async function run() {
    while (!stopping.signal.aborted) {
      try {
        await parts.work(stopping.signal, succeeded);
        succeeded();
      } catch (err) {
        failure = notReadyBecause(err);
        log.error({ err }, 'poll failed');
      }
      await wait(pause_ms, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }
  const running = run();

  return {
    problem() {
      if (failure !== null) return failure;
      const silence_ms = clock.monotonic() - succeeded_at;
      if (silence_ms <= LONGEST_SILENCE_MS) return null;
      return { cause: null, since: null, detail: 'no poll has succeeded for 60 s' };
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
