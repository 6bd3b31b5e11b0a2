import type { ComponentStatus, Transition } from '../../model/component.ts';
import { randomId } from '../../model/ids.ts';
import { incidentNotice } from '../../model/incident/change.ts';
import { withoutDropped } from '../../model/incident/dropped.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import type { LiveState } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';

/** What nothing measures any more is not known, and its incidents do not wait for it. */
export function forRemoved(
  live: LiveState,
  site: Site,
  known: readonly ComponentStatus[],
  now: EpochMs,
): Recording {
  const removed = known.filter(
    ({ component, state }) => !site.components.has(component) && state !== 'unknown',
  );
  const known_at = Math.min(live.heartbeat_at ?? now, now);
  const transitions = removed.map((it) => endOf(it, known_at, now));
  return {
    components: removed.map((status, i) => ({
      ...status,
      state: 'unknown',
      since: transitions[i]?.since ?? now,
      notes: transitions[i]?.notes ?? [],
    })),
    transitions,
    changes: removed.map(({ component: ref }) => ({ kind: 'state', ref, at: now })),
    ...incidentsWithout(live, site, now),
  };
}

/** It was known for as long as what was measured last was valid, and we were there. */
function endOf(status: ComponentStatus, known_at: EpochMs, now: EpochMs): Transition {
  const { component, state: from, measured_at, valid_until } = status;
  const since = Math.max(status.since, Math.min(valid_until ?? known_at, known_at));
  const notes = [{ code: 'expired' as const, last_slot_at: measured_at ?? since }];
  const why = { cause: 'expired', cause_ref: null, notes, simulated: false } as const;
  return { component, from, to: 'unknown', since, recorded_at: now, ...why };
}

function incidentsWithout(
  { incidents }: LiveState,
  site: Site,
  now: EpochMs,
): Pick<Recording, 'incidents' | 'updates' | 'notices'> {
  const isMeasured = (id: string) => site.components.has(id);
  const open = [...incidents.values()].filter(({ incident }) => incident.resolved_at === null);
  const changes = open.map((one) => withoutDropped(one, { isMeasured, now, newId: randomId }));
  const updates = changes.flat().map(({ update }) => update);
  return {
    incidents: changes.flatMap((its) => its.at(-1)?.incident ?? []),
    updates,
    notices: updates.flatMap((it) => incidentNotice(it, randomId()) ?? []),
  };
}
