import type { Told } from '../correction.ts';
import { NUMBERS } from '../numbers.ts';
import type { EpochMs } from '../vocabulary.ts';

/**
 * Since when a maintenance no longer covers a component that has not been measured well since; null
 * where it does, or never did, or has.
 */
export function uncoveredWithoutSuccess(told: Told): EpochMs | null {
  const covered = told.findLastIndex(({ to }) => to === 'under_maintenance');
  const after = told.slice(covered + 1);
  if (covered === -1 || after.some(({ to }) => to === 'operational')) return null;
  return after[0]?.since ?? null;
}

/** Whether it is too early to call a failure an incident: the work may take a little longer. */
export function isRightAfter(uncovered_since: EpochMs | null, at: EpochMs): boolean {
  const { failing_opens_after_ms } = NUMBERS.maintenance;
  return uncovered_since !== null && at - uncovered_since < failing_opens_after_ms;
}

/** Whether a disturbance began as a maintenance ceased to cover it, and was over soon after. */
export function wasRightAfter(told: Told, past: { since: EpochMs; until: EpochMs }): boolean {
  const before = told.findLast(({ since }) => since < past.since);
  return before?.to === 'under_maintenance' && isRightAfter(past.since, past.until);
}
