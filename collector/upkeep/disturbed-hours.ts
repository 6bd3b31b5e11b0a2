import type { IncidentWithUpdates } from '../../model/incident.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { ExcludedMaintenance, ExcludedTimeReads } from '../../store/ports/excluded-times.ts';
import type { IncidentReads } from '../../store/ports/incidents.ts';

/** What makes an hour unusual. */
export interface DisturbedHours {
  excluded: readonly ExcludedMaintenance[];
  incidents: readonly IncidentWithUpdates[];
}

/** Of the days before the instant from which the usual is learnt. */
export async function disturbedHours(
  store: ExcludedTimeReads & IncidentReads,
  before: EpochMs,
): Promise<DisturbedHours> {
  // An hour more where clocks were set meanwhile.
  const since = before - NUMBERS.usual.days * DAY - HOUR;
  return {
    excluded: await store.excludedTimes(since, before),
    incidents: await store.incidents({ lasting_after: since }),
  };
}

/** Whether maintenance or an incident of the component overlaps a time, which is then left out. */
export function wasDisturbed(
  component: ComponentId,
  time: { from: EpochMs; to: EpochMs },
  { excluded, incidents }: DisturbedHours,
): boolean {
  const overlaps = (from: EpochMs, to: EpochMs) => from < time.to && to > time.from;
  return (
    excluded.some((it) => it.components.includes(component) && overlaps(it.from, it.to)) ||
    incidents.some(
      (it) =>
        it.components.includes(component) &&
        overlaps(it.started_at, it.resolved_at ?? Number.POSITIVE_INFINITY),
    )
  );
}
