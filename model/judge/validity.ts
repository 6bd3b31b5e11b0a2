import type { ComponentStatus } from '../component.ts';
import { MINUTE } from '../time.ts';
import type { ComponentId, EpochMs } from '../vocabulary.ts';

/**
 * The components whose status has run out at the instant, though their row still says something
 * else.
 */
export function isExpired(
  status: Pick<ComponentStatus, 'state' | 'valid_until'>,
  now: EpochMs,
): boolean {
  return (
    status.state !== 'unknown' &&
    status.state !== 'under_maintenance' &&
    status.valid_until !== null &&
    now > status.valid_until
  );
}

const COVERED_FOR_MS = MINUTE;

/**
 * Until when "under maintenance" may be said: for a minute, whatever is measured meanwhile, and
 * anew as long as somebody is there to say it.
 */
export function coveredUntil(now: EpochMs, measured_until: EpochMs | null): EpochMs {
  return Math.max(now + COVERED_FOR_MS, measured_until ?? 0);
}

/** Whether "under maintenance" should be said anew, before it runs out. */
export function refreshDue(
  { state, valid_until }: Pick<ComponentStatus, 'state' | 'valid_until'>,
  now: EpochMs,
): boolean {
  return state === 'under_maintenance' && (valid_until ?? 0) < now + COVERED_FOR_MS / 2;
}

/** The row of a component nobody has measured yet. */
export function unmeasured(component: ComponentId, since: EpochMs): ComponentStatus {
  return {
    component,
    state: 'unknown',
    since,
    notes: [{ code: 'never_measured' }],
    measured_at: null,
    valid_until: null,
    recent: null,
    sync: null,
  };
}
