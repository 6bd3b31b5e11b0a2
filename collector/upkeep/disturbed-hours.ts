import type { IncidentWithUpdates } from '../../model/incident.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { ExcludedMaintenance, ExcludedTimeReads } from '../../store/ports/excluded-times.ts';
import type { IncidentReads } from '../../store/ports/incidents.ts';

/** What makes an hour unusual. */
export interface DisturbedHours {
  excluded: readonly Pick<ExcludedMaintenance, 'components' | 'from' | 'to'>[];
  incidents: readonly Pick<IncidentWithUpdates, 'components' | 'started_at' | 'resolved_at'>[];
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

interface Lasting {
  from: EpochMs;
  to: EpochMs;
}

/**
 * Those of these times, which are in order and apart, that no maintenance or incident of the
 * component overlaps. In one pass over both.
 */
export function undisturbed<T extends Lasting>(
  times: readonly T[],
  component: ComponentId,
  hours: DisturbedHours,
): T[] {
  const disturbed = disturbedTimes(component, hours);
  let next = 0;
  return times.filter(({ from, to }) => {
    while ((disturbed[next]?.to ?? Number.POSITIVE_INFINITY) <= from) next += 1;
    return (disturbed[next]?.from ?? Number.POSITIVE_INFINITY) >= to;
  });
}

/** In order; each lasts until those before it have ended too. */
function disturbedTimes(
  component: ComponentId,
  { excluded, incidents }: DisturbedHours,
): Lasting[] {
  const maintenances = excluded.filter((it) => it.components.includes(component));
  const outages = incidents
    .filter((it) => it.components.includes(component))
    .map((it) => ({ from: it.started_at, to: it.resolved_at ?? Number.POSITIVE_INFINITY }));
  const times = [...maintenances, ...outages].sort((a, b) => a.from - b.from);
  let latest_to = Number.NEGATIVE_INFINITY;
  return times.map(({ from, to }) => {
    latest_to = Math.max(latest_to, to);
    return { from, to: latest_to };
  });
}
