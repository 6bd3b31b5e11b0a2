import type { ComponentStatus } from '../component.ts';
import { NUMBERS } from '../numbers.ts';
import type { ComponentId, EpochMs } from '../vocabulary.ts';

/** Whether a status is past its validity although its row still shows a measured state. */
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

interface ResultTimes {
  /** The second slot after the judged one, plus the deadline. */
  valid_until: EpochMs;
  /** Between regular slots. */
  slot_distance_ms: number;
  proof_wait_ms: number;
}

/**
 * End of validity of a judged result. A bad one that follows may be held for its proof and for what
 * it needs: where slots are nearer to each other than that takes, validity is longer by the
 * difference.
 */
export function validWhileHeld({
  valid_until,
  slot_distance_ms,
  proof_wait_ms,
}: ResultTimes): EpochMs {
  return valid_until + Math.max(0, proof_wait_ms - slot_distance_ms);
}

/**
 * The same after the wall clock was set back to `at`: nothing is valid for longer because of it
 * (CLOCK-8), and what had run out by the old clock has run out.
 */
export function validAfterSetBack(
  valid_until: EpochMs,
  { at, by_ms }: { at: EpochMs; by_ms: number },
): EpochMs {
  return Math.min(valid_until, Math.max(at, valid_until + by_ms));
}

/**
 * End of validity of "under maintenance": one minute, regardless of measurements, renewed while the
 * collector runs.
 */
export function coveredUntil(now: EpochMs, measured_until: EpochMs | null): EpochMs {
  return Math.max(now + NUMBERS.covered_for_ms, measured_until ?? 0);
}

/** Whether "under maintenance" must be renewed before it expires. */
export function refreshDue(
  { state, valid_until }: Pick<ComponentStatus, 'state' | 'valid_until'>,
  now: EpochMs,
): boolean {
  return state === 'under_maintenance' && isSaidSoonAnew(valid_until, now);
}

/** Of what is said for a minute at a time: half of it has passed. */
export function isSaidSoonAnew(valid_until: EpochMs | null, now: EpochMs): boolean {
  return (valid_until ?? 0) < now + NUMBERS.covered_for_ms / 2;
}

/** The row of a component that has not been measured yet. */
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
    last: null,
  };
}
