import type { Clock } from '../../model/ports.ts';
import { SECOND } from '../../model/time.ts';

export interface Deadline {
  clear(): void;
}

/** A timer this late follows a pause of ours. */
const PAUSED_MS = 20;
/** What arrived in a pause is read in a few ms, and the rest of a handshake soon after. */
const READING_MS = SECOND;

/**
 * Calls `expire` after `remaining_ms`. After a pause of this process (stopped, starved) timers fire
 * before the sockets are read: an answer that waits there was in time, so a late deadline waits
 * once more, at most as long as it was late.
 */
export function startDeadline(
  remaining_ms: number,
  clock: Pick<Clock, 'monotonic'>,
  expire: () => void,
): Deadline {
  const due_at = clock.monotonic() + remaining_ms;
  let timer = setTimeout(reached, remaining_ms);
  return { clear: () => clearTimeout(timer) };

  function reached(): void {
    const late_ms = clock.monotonic() - due_at;
    if (late_ms <= PAUSED_MS) expire();
    else timer = setTimeout(expire, Math.min(READING_MS, late_ms));
  }
}
