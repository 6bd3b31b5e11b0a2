import type { ScheduledCheck } from '../../model/configuration.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Schedule, Slot } from './schedule/schedule.ts';
import { LOST, resultOf } from './slot-result.ts';

/** A dead thread is replaced sooner. */
const LOST_AT_MOST_MS = MINUTE;

interface LostSlotsParts {
  checks: readonly ScheduledCheck[];
  schedule: Pick<Schedule, 'slotAfter'>;
  started_at: EpochMs;
  /** By check, the last slot that was handed over. */
  after: ReadonlyMap<string, EpochMs> | undefined;
}

/** The regular slots from the last ones that a runner handed over before it died until a start. */
export function lostSlots(parts: LostSlotsParts): { slot: Slot; result: Result }[] {
  const { checks, schedule, started_at, after = new Map<string, EpochMs>() } = parts;
  return checks.flatMap((check) => {
    const last_at = after.get(check.id);
    const lost: { slot: Slot; result: Result }[] = [];
    if (last_at === undefined) return lost;
    const next = (at: EpochMs) => schedule.slotAfter(check.id, at, 1);
    const from = Math.max(last_at, started_at - LOST_AT_MOST_MS);
    for (let slot_at = next(from); slot_at <= started_at; slot_at = next(slot_at)) {
      const slot = { check, slot_at, confirming: false };
      lost.push({ slot, result: resultOf(slot, LOST) });
    }
    return lost;
  });
}
