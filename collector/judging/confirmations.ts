import { isScheduled } from '../../model/configuration.ts';
import { confirmationsOf } from '../../model/judge/confirmations.ts';
import { greatestBadShare } from '../../model/judge/history.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { judgementOf, type LiveState } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';

/** Until the first result tells it; the number depends on it little. */
const SLOT_DISTANCE_MS = MINUTE;

/** How many bad results in a row make each check fail, at a start. */
export function confirmationsNow(site: Site, live: LiveState, now: EpochMs): Map<string, number> {
  const scheduled = [...site.checks.values()].filter(isScheduled);
  return new Map(
    scheduled.map(({ id }) => {
      const policy = site.measured_by.get(id)?.policy ?? DEFAULT_POLICY;
      const bad_share = greatestBadShare(live.histories.get(id) ?? null, now);
      const needed = confirmationsOf(policy, { slot_distance_ms: SLOT_DISTANCE_MS, bad_share });
      return [id, judgementOf(live, id).confirmations ?? needed];
    }),
  );
}
