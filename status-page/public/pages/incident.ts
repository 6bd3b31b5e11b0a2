import { incidentTitle } from '../../../messages/index.ts';
import type { Gap } from '../../../model/component.ts';
import type { IncidentView } from '../../../model/overview.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import type { StoreReader } from '../../../store/store.ts';
import type { Handlers } from '../../kit/route.ts';
import { loadBadTimes } from '../../overview/bad-times.ts';
import { loadStates } from '../../overview/components.ts';
import { toIncidentView } from '../../overview/overview.ts';
import { loadOpenOwnTroubles } from '../../overview/own-troubles.ts';
import { loadEvidence } from '../evidence.ts';
import { incidentPage } from '../views/incident-page.ts';
import { loadWaiting } from '../waiting-evidence.ts';
import type { PublicWing } from './wing.ts';

/** One incident: its updates, and the failed measurements behind it. */
export function incidentHandlers(wing: PublicWing): Handlers {
  const { reader, configuration, clock } = wing;
  return {
    GET: wing.pages.handler(async (id, words) => {
      const found = await reader.incident(id);
      if (!found) return null;
      const components = await loadStates(reader, clock.now());
      const bad_times = await loadBadTimes(reader, [found], clock.now());
      const incidents = await reader.incidents({ unresolved: true });
      const known = { configuration, components, incidents, bad_times };
      const incident = toIncidentView(found, known);
      const evidence = await loadEvidence(incident, { reader, configuration, now: clock.now() });
      const until = incident.bad_time?.to ?? incident.monitoring_at ?? incident.resolved_at;
      const known_until = { reader, configuration, now: clock.now(), until };
      const waiting = await loadWaiting(incident, known_until);
      const gaps = await incidentGaps(reader, incident, clock.now());
      const own_troubles = await loadOpenOwnTroubles(reader, configuration);
      const title = incidentTitle(incident, incident, words);
      return {
        title,
        description: title,
        path: `incidents/${id}`,
        is_listed: true,
        layout: 'incident-page',
        body: incidentPage(incident, { evidence, waiting, gaps, own_troubles }, words),
      };
    }),
  };
}

/** The gaps while it lasted. */
function incidentGaps(
  reader: StoreReader,
  { started_at, monitoring_at, resolved_at }: IncidentView,
  now: EpochMs,
): Promise<Gap[]> {
  return reader.gaps(started_at, monitoring_at ?? resolved_at ?? now);
}
