import type { Policy } from '../../model/configuration.ts';
import type { Result } from '../../model/result.ts';
import { HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LiveState } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';

/** A delay above this multiple of the usual is slow. */
const TIMES_USUAL = 3;

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

function slowByUsual(
  { usual }: Pick<LiveState, 'usual'>,
  checks: readonly string[],
  at: EpochMs,
): number | null {
  const medians = checks.flatMap((check) =>
    (usual.get(check) ?? []).flatMap(({ from, median_ms }) =>
      from <= at && at < from + HOUR ? [median_ms] : [],
    ),
  );
  return medians.length === 0 ? null : TIMES_USUAL * Math.max(...medians);
}
