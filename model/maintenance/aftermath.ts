import type { Told } from '../correction.ts';
import { NUMBERS } from '../numbers.ts';
import { latest } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';

/**
 * Since when a maintenance no longer covers a component that has not been measured well since; null
 * where it does, or never did, or has. `passed_at`: when the announced time of one was over that
 * nobody saw.
 */
export function uncoveredWithoutSuccess(
  told: Told,
  passed_at: EpochMs | null = null,
): EpochMs | null {
  const covered = told.findLastIndex(({ to }) => to === 'under_maintenance');
  if (covered === told.length - 1 && covered !== -1) return null;
  const uncovered_at = latest([
    covered === -1 ? null : (told[covered + 1]?.since ?? null),
    passed_at,
  ]);
  if (uncovered_at === null) return null;
  const after = told.filter(
    (_, i) => (told[i + 1]?.since ?? Number.POSITIVE_INFINITY) > uncovered_at,
  );
  return after.some(({ to }) => to === 'operational') ? null : uncovered_at;
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
