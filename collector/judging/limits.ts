import { isOwnTraffic, type Policy } from '../../model/configuration.ts';
import type { SyncLimits } from '../../model/judge/sync.ts';
import { NUMBERS } from '../../model/numbers.ts';
import type { Result } from '../../model/result.ts';
import { HOUR, latest } from '../../model/time.ts';
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
  const usual = usualAt(live, check, slot_at);
  return { ...policy, slow_ms: usual && slowLimitMs(usual) };
}

/** With how far back delays are told of, in whole hours. */
export interface LimitsOfSync extends SyncLimits {
  delays_over_ms: number;
}

/**
 * The limits of a sync component, as configured, else by what is usual: overdue beyond the 99th
 * percentile, else what is promised; stalled beyond a multiple of the distance between arrivals.
 */
export function syncLimitsAt(
  live: Pick<LiveState, 'usual'>,
  { policy, checks }: MeasuredComponent,
  at: EpochMs,
): LimitsOfSync {
  const usual = checks.flatMap(({ id }) => usualAt(live, id, at) ?? []);
  const p99_ms = latest(usual.map((it) => it.p99_ms));
  const apart_ms = latest(usual.map((it) => it.apart_ms));
  const { stalled_after_ms, stalled_times_apart } = NUMBERS.sync;
  const quiet_ms = Math.max(stalled_after_ms, stalled_times_apart * (apart_ms ?? 0));
  return {
    slow_wait_ms: policy.slow_wait_ms ?? latest(usual.map(slowLimitMs)),
    overdue_after_ms: policy.overdue_after_ms ?? p99_ms ?? policy.visible_within_ms,
    stalled_after_ms: policy.stalled_after_ms ?? Math.min(quiet_ms, policy.visible_within_ms),
    idle_for_ms: policy.stalled_after_ms ?? stalled_after_ms,
    delays_over_ms: delaysOverMs(apart_ms),
  };
}

/**
 * Of a queue that is emptied now and then, those that wait were all accepted since, so that over a
 * time that is not much longer than the distance between arrivals the delays seem to be what the
 * hour of the question makes of them.
 */
function delaysOverMs(apart_ms: number | null): number {
  const { delays_over_ms, delays_over_apart, delays_over_at_most_ms } = NUMBERS.sync;
  if (apart_ms === null) return delays_over_ms;
  const over_ms = Math.ceil((delays_over_apart * apart_ms) / HOUR) * HOUR;
  return Math.min(delays_over_at_most_ms, over_ms);
}

/** Whether a component without a slow limit has no check whose usual delay is known. */
export function isLearning(
  live: Pick<LiveState, 'usual'>,
  { policy, checks }: MeasuredComponent,
  at: EpochMs,
): boolean {
  if (policy.slow_ms !== null) return false;
  const timed = checks.filter((it) => !isOwnTraffic(it));
  return timed.length > 0 && timed.every(({ id }) => usualAt(live, id, at) === null);
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
