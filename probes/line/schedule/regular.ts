import type { ScheduledCheck } from '../../../model/configuration.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { slotOffsetMs } from './plan.ts';
import { createTimetables } from './timetable.ts';

/** The first regular slot of a check after an instant, in the past too, as it is planned now. */
export function regularSlots(
  checks: readonly ScheduledCheck[],
): (check: string, at: EpochMs) => EpochMs {
  const timetables = createTimetables();
  const plans = new Map(
    checks.map(({ id, schedule, zone }) => {
      const timetable = timetables(schedule, zone);
      const offset_ms = slotOffsetMs(id, timetable.distance_ms);
      return [id, (at: EpochMs) => timetable.after(at - offset_ms) + offset_ms] as const;
    }),
  );
  return (check, at) => {
    const after = plans.get(check);
    if (!after) throw new Error(`check ${check} has no schedule`);
    return after(at);
  };
}
