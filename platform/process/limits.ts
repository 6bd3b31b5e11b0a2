import { NUMBERS } from '../../model/numbers.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { ALIVE_EVERY_MS } from './ipc.ts';

/** Patience of the supervisor. Tests shorten it. */
export interface SupervisorLimits {
  /** Distance of its looks at the children. */
  look_every_ms: number;
  /**
   * Looks without a sign of life after which a child is killed. Looks, not time: a supervisor that
   * was suspended itself, or a machine that slept, has looked at nobody meanwhile.
   */
  silent_looks: number;
  /** Looks after which a child that has not become ready is killed. */
  silent_looks_starting: number;
  /** A child that ran this long after it was ready resets the restart delay. */
  well_after_ms: number;
  /** It is over when the child has run that long after it was ready. */
  crash_loop: Readonly<typeof NUMBERS.crash_loop>;
  /** How long operators are told that everything ends, before it does. */
  tell_ms: number;
  /** Children still running so long after SIGTERM are killed. */
  drain_ms: number;
}

export const SUPERVISOR_LIMITS: SupervisorLimits = {
  look_every_ms: ALIVE_EVERY_MS,
  silent_looks: 20,
  silent_looks_starting: 120,
  well_after_ms: MINUTE,
  crash_loop: NUMBERS.crash_loop,
  tell_ms: 15 * SECOND,
  drain_ms: 10 * SECOND,
};

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30 * SECOND;

/** Delay before the n-th consecutive restart (n from 0): 0.5 s, doubling, at most 30 s. */
export function restartDelayMs(restarts: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(restarts, 16));
}
