import type { Clock } from '../model/ports.ts';
import { MINUTE, SECOND } from '../model/time.ts';

/** After so many failures in a row what is for a host waits, without an attempt being counted. */
const FAILURES = 3;
/** Then one is tried after this time, which doubles with each that fails. */
const FIRST_PAUSE_MS = 10 * SECOND;
const LONGEST_PAUSE_MS = 5 * MINUTE;
/** Until what is tried has ended. */
const TRYING_MS = SECOND;

/** Keeps messages from hosts that do not take any. */
export interface Breaker {
  /** How long nothing is to be sent to the host, in whole ms as rows have them; 0: it may be. */
  pauseMs(host: string): number;
  /** A message is being sent to it. */
  begin(host: string): void;
  /** It could not be sent, which says nothing of the host. */
  leave(host: string): void;
  /** How that ended. */
  report(host: string, ended: 'answered' | 'failed'): void;
  /** Whether its last message failed. */
  isDoubtful(host: string): boolean;
}

interface Failing {
  failures: number;
  /** Of the monotonic clock. */
  until: number;
  is_tried: boolean;
}

export function createBreaker({ monotonic }: Pick<Clock, 'monotonic'>): Breaker {
  const failing = new Map<string, Failing>();
  return {
    pauseMs(host) {
      const it = failing.get(host);
      if (it === undefined || it.failures < FAILURES) return 0;
      const left_ms = Math.ceil(it.until - monotonic());
      if (left_ms > 0) return left_ms;
      return it.is_tried ? TRYING_MS : 0;
    },
    begin(host) {
      const it = failing.get(host);
      if (it) it.is_tried = true;
    },
    leave(host) {
      const it = failing.get(host);
      if (it) it.is_tried = false;
    },
    report(host, ended) {
      if (ended === 'answered') {
        failing.delete(host);
        return;
      }
      const failures = (failing.get(host)?.failures ?? 0) + 1;
      const doublings = Math.max(0, failures - FAILURES);
      const pause_ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** doublings);
      failing.set(host, { failures, until: monotonic() + pause_ms, is_tried: false });
    },
    isDoubtful: (host) => failing.has(host),
  };
}
