import type { Policy } from '../../model/configuration.ts';
import { NUMBERS } from '../../model/numbers.ts';
import type { Result } from '../../model/result.ts';
import type { UsualDelay } from '../../model/usual-delay.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LiveState } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';

/**
 * The policy of a check at a slot, with the slow limit as configured, else derived from the usual
 * delay, else none.
 */
export function checkPolicyAt(
  live: Pick<LiveState, 'usual'>,
  { policy }: MeasuredComponent,
  { check, slot_at }: Pick<Result, 'check' | 'slot_at'>,
): Policy {
  if (policy.slow_ms !== null) return policy;
  return { ...policy, slow_ms: slowByUsual(live, [check], slot_at) };
}

/** The same for the journeys of a sync component. */
export function syncPolicyAt(
  live: Pick<LiveState, 'usual'>,
  { policy, checks }: MeasuredComponent,
  at: EpochMs,
): Policy {
  if (policy.slow_wait_ms !== null) return policy;
  const ids = checks.map(({ id }) => id);
  return { ...policy, slow_wait_ms: slowByUsual(live, ids, at) };
}

/** Whether a component without a slow limit has no check whose usual delay is known. */
export function isLearning(
  live: Pick<LiveState, 'usual'>,
  { policy, checks }: MeasuredComponent,
  at: EpochMs,
): boolean {
  if (policy.slow_ms !== null) return false;
  return checks.every(({ id }) => usualAt(live, id, at) === null);
}

/** Slow above a multiple of the usual, and well above it; the greatest of the checks. */
function slowByUsual(
  live: Pick<LiveState, 'usual'>,
  checks: readonly string[],
  at: EpochMs,
): number | null {
  const limits = checks.flatMap((check) => {
    const usual = usualAt(live, check, at);
    return usual === null ? [] : slowLimitMs(usual);
  });
  return limits.length === 0 ? null : Math.max(...limits);
}

function usualAt(
  { usual }: Pick<LiveState, 'usual'>,
  check: string,
  at: EpochMs,
): UsualDelay | null {
  return usual.get(check)?.find(({ from, to }) => from <= at && at < to) ?? null;
}

/** The delay in ms above which a result is slow, by what is usual. */
export function slowLimitMs({ median_ms, hours }: Pick<UsualDelay, 'median_ms' | 'hours'>): number {
  const { times_usual, times_usual_of_all_hours, usual_and_ms } = NUMBERS.slow;
  const times = hours === 'same' ? times_usual : times_usual_of_all_hours;
  return Math.max(times * median_ms, median_ms + usual_and_ms);
}
