import { incidentTitle } from '../../../messages/index.ts';
import type { Handlers } from '../../kit/route.ts';
import { toIncidentView } from '../../overview/overview.ts';
import { loadEvidence } from '../evidence.ts';
import { incidentPage } from '../views/incident-page.ts';
import type { PublicWing } from './wing.ts';

/** One incident: its updates, and the failed measurements behind it. */
export function incidentHandlers(wing: PublicWing): Handlers {
  const { reader, configuration, clock } = wing;
  return {
    GET: wing.pages.handler(async (id, words) => {
      const found = await reader.incident(id);
      if (!found) return null;
      const incident = toIncidentView(found, configuration);
      const evidence = await loadEvidence(incident, { reader, configuration, now: clock.now() });
      const title = incidentTitle(incident, incident.system_name, words);
      return {
        title,
        description: title,
        path: `incidents/${id}`,
        is_listed: true,
        layout: 'incident-page',
        body: incidentPage(incident, evidence, words),
      };
    }),
  };
}
