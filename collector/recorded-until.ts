import { isScheduled, type ScheduledCheck } from '../model/configuration.ts';
import { NUMBERS } from '../model/numbers.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import { afterDeadlineMs } from '../probes/line/line.ts';
import { regularSlots } from '../probes/line/schedule/regular.ts';
import type { GapReads } from '../store/ports/gaps.ts';
import type { ResultReads } from '../store/ports/results.ts';
import { judgementOf, type LiveState } from './state/live-state.ts';
import type { Site } from './state/site.ts';

interface RecordedParts {
  store: ResultReads & GapReads;
  site: Site;
  live: LiveState;
}

/**
 * Until when all that was to be measured is recorded: the last heartbeat, or the first slot before
 * it after which a check has no result, whose run may have been under way, or held for its proof
 * and for what it needs, when the process was killed. A heartbeat says that we were there, not that
 * all of it had been recorded.
 */
export async function recordedUntil(
  { store, site, live }: RecordedParts,
  heartbeat_at: EpochMs,
): Promise<EpochMs> {
  // Where the schedule was another, nobody knows which slots there were.
  if (live.judged_since > heartbeat_at) return heartbeat_at;
  const checks = [...site.checks.values()].filter((it): it is ScheduledCheck => isScheduled(it));
  const measured = checks.filter(({ id }) => judgementOf(live, id).last_slot_at !== null);
  const from = Math.min(...measured.map((it) => heartbeat_at - underWayMs(site, it)), heartbeat_at);
  const gaps = await store.gaps(from, heartbeat_at);
  const results = await store.shortResults(from, heartbeat_at);
  // In the order of slots, so that the last of each check is left.
  const last = new Map(results.map(({ check, slot_at }) => [check, slot_at] as const));
  const slotAfter = regularSlots(measured);
  const isInGap = (at: EpochMs) => gaps.some((gap) => gap.from <= at && at <= gap.to);
  let until = heartbeat_at;
  for (const check of measured) {
    const known_from = Math.max(live.judged_since, last.get(check.id) ?? 0);
    const since = Math.max(heartbeat_at - underWayMs(site, check), known_from);
    let next = slotAfter(check.id, since);
    while (next < until && isInGap(next)) next = slotAfter(check.id, next);
    until = Math.min(until, next);
  }
  return until;
}

/** From a slot to its result at most. */
function underWayMs({ measured_by }: Site, check: ScheduledCheck): number {
  const { id, deadline_ms } = check;
  const { proof_wait_ms } = measured_by.get(id)?.policy ?? DEFAULT_POLICY;
  const run_ms = NUMBERS.own.slot_lag_ms + deadline_ms + afterDeadlineMs(check.function);
  return run_ms + proof_wait_ms;
}
