import { isScheduled, type ScheduledCheck } from '../../model/configuration.ts';
import { NOTHING_SEEN, type Result } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LineResult } from '../../probes/line/batch.ts';
import { regularSlots } from '../../probes/line/schedule/regular.ts';
import type { ShortResult } from '../../store/ports/results.ts';
import type { Site } from '../state/site.ts';

/**
 * Results of what is measured now, as a line hands them over; to be asked in the order of slots.
 * Before `judged_since` the schedule may have been another: there it is rarer where regular slots
 * lay further apart.
 */
export function datedBy(
  site: Site,
  judged_since: EpochMs,
): (short: ShortResult) => LineResult | null {
  const scheduled = [...site.checks.values()].filter((it): it is ScheduledCheck => isScheduled(it));
  const slotAfter = regularSlots(scheduled);
  const measuring = new Map(scheduled.map((check) => [check.id, check]));
  const apart = new Map<string, Apart>();
  return (short) => {
    const check = measuring.get(short.check);
    if (!check || !site.measured_by.has(short.check)) return null;
    const { slot_at } = short;
    const next_slot_at = slotAfter(check.id, slot_at);
    const second_at = slotAfter(check.id, next_slot_at);
    const before = apart.get(check.id) ?? { last_at: null, last_ms: 0, distance_ms: 0 };
    const { distance_ms } = before;
    if (!short.confirming) apart.set(check.id, apartAfter(before, slot_at));
    const was_rarer = slot_at < judged_since && distance_ms > second_at - next_slot_at;
    const next_at = was_rarer ? slot_at + distance_ms : next_slot_at;
    const valid_until = (was_rarer ? next_at + distance_ms : second_at) + check.deadline_ms;
    return { result: fullResult(short), next_slot_at: next_at, valid_until };
  };
}

/** How far apart the last regular results of a check are. */
interface Apart {
  last_at: EpochMs | null;
  last_ms: number;
  /** The shorter of the last two distances: one missed slot is no other schedule. */
  distance_ms: number;
}

function apartAfter({ last_at, last_ms }: Apart, slot_at: EpochMs): Apart {
  const distance_ms = last_at === null ? 0 : slot_at - last_at;
  return { last_at: slot_at, last_ms: distance_ms, distance_ms: Math.min(last_ms, distance_ms) };
}

/** With what is not needed to judge it left empty. */
function fullResult(short: ShortResult): Result {
  return {
    ...short,
    ...NOTHING_SEEN,
    detail: null,
    simulated: false,
  };
}
