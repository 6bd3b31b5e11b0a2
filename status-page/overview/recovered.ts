import type { Ailment } from '../../model/ailment.ts';
import type { ComponentView, IncidentView, Recovered } from '../../model/overview.ts';
import { HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** How long it is told that something is well again. */
const TOLD_FOR_MS = 2 * HOUR;

/** What is not an outage: somebody could work. */
const MILD: readonly Ailment[] = ['catching_up', 'degraded', 'slow'];

/**
 * The outage after which a component is well again since a short while, by the ledger; null: there
 * was none, or it is not well.
 */
export function recoveredOf(
  { id, state, since }: Pick<ComponentView, 'id' | 'state' | 'since'>,
  incidents: readonly IncidentView[],
  now: EpochMs,
): Recovered | null {
  if (state !== 'operational') return null;
  const outages = incidents.flatMap((incident): Recovered[] => {
    const bad_time = incident.affected.find((it) => it.component === id)?.bad_time ?? null;
    if (bad_time === null || bad_time.to === null) return [];
    const ailment = bad_time.ailments.find((it) => !MILD.includes(it));
    if (ailment === undefined) return [];
    // Where the end was not seen, it is known to be well from when it was measured again.
    const well_since = bad_time.end === 'seen' ? bad_time.to : Math.max(bad_time.to, since ?? 0);
    return [{ since: well_since, ailment, bad_time, incident: incident.id }];
  });
  const [last] = outages.sort((a, b) => b.since - a.since);
  return last !== undefined && now - last.since < TOLD_FOR_MS ? last : null;
}
