import { createHash } from 'node:crypto';
import { ANY_ORIGIN, REVALIDATE } from '../../../http/headers.ts';
import { createWords } from '../../../messages/catalogue.ts';
import type { Words } from '../../../messages/index.ts';
import type { MaintenanceView, StatusOverview } from '../../../model/overview.ts';
import type { Clock } from '../../../model/ports.ts';
import type { Indicator } from '../../../model/severity.ts';
import { iso } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import type { DocumentSource } from '../../serve/publication.ts';
import { components } from './components.ts';
import type { V2Context } from './context.ts';
import { incident } from './incidents.ts';
import { isListed, scheduledMaintenance } from './maintenances.ts';
import { uniqueNames } from './names.ts';

/** What each document holds besides `page`, by path. */
const DOCUMENTS: Readonly<Record<string, (parts: V2Parts) => object>> = {
  '/api/v2/summary.json': ({ components, unresolved, current, status }) => ({
    components,
    incidents: unresolved,
    scheduled_maintenances: current,
    status,
  }),
  '/api/v2/status.json': ({ status }) => ({ status }),
  '/api/v2/components.json': ({ components }) => ({ components }),
  '/api/v2/incidents.json': ({ incidents }) => ({ incidents }),
  '/api/v2/incidents/unresolved.json': ({ unresolved }) => ({ incidents: unresolved }),
  '/api/v2/scheduled-maintenances.json': ({ current, over }) => ({
    scheduled_maintenances: [...current, ...over]
      .sort((a, b) => b.scheduled_for.localeCompare(a.scheduled_for))
      .slice(0, MOST_RECENT),
  }),
  '/api/v2/scheduled-maintenances/active.json': ({ current }) => ({
    scheduled_maintenances: current.filter((it) => it.status !== 'scheduled'),
  }),
  '/api/v2/scheduled-maintenances/upcoming.json': ({ current }) => ({
    scheduled_maintenances: current.filter((it) => it.status === 'scheduled'),
  }),
};

/**
 * The overview as Statuspage v2 documents (as recorded from Atlassian's), readable from any origin.
 * Names and texts are in the first language of the page; `status.description` uses the API's closed
 * English vocabulary.
 */
export function createV2Documents({ now }: Clock): DocumentSource {
  return {
    paths: Object.keys(DOCUMENTS),
    documentsOf(overview) {
      const { languages, zone } = overview.page;
      const words = createWords({ locale: languages[0], zone, now, in_full: true });
      const names = uniqueNames(overview, words);
      const context = { overview, words, page: page(overview, words), names };
      const parts = v2Parts(context);
      return Object.entries(DOCUMENTS).map(([path, documentOf]) => ({
        path,
        body: JSON.stringify({ page: context.page, ...documentOf(parts) }),
        headers: {
          ...ANY_ORIGIN,
          'content-type': 'application/json; charset=utf-8',
          'cache-control': REVALIDATE,
        },
      }));
    },
  };
}

/** The overview in the API's terms. */
function v2Parts(context: V2Context) {
  const { overview } = context;
  const unresolved = overview.open_incidents.map((it) => incident(it, context));
  const resolved = overview.recent_incidents.map((it) => incident(it, context));
  const scheduled = (maintenances: readonly MaintenanceView[]) =>
    maintenances.filter(isListed).map((it) => scheduledMaintenance(it, context));
  return {
    components: components(context),
    unresolved,
    incidents: [...unresolved, ...resolved],
    /** Maintenance that is not over. */
    current: scheduled(overview.current_maintenances),
    over: scheduled(overview.recent_maintenances),
    status: statusOf(overview.headline.indicator),
  };
}
type V2Parts = ReturnType<typeof v2Parts>;

/** Maximum length of lists. */
const MOST_RECENT = 50;

const DESCRIPTIONS: Record<Indicator, string> = {
  none: 'All Systems Operational',
  minor: 'Partially Degraded Service',
  major: 'Partial System Outage',
  critical: 'Major Service Outage',
  maintenance: 'Service Under Maintenance',
};

function statusOf(indicator: Indicator) {
  return { indicator, description: DESCRIPTIONS[indicator] };
}

function page(overview: StatusOverview, words: Words) {
  const { public_url, title, zone } = overview.page;
  return {
    id: createHash('sha256').update(public_url).digest('hex').slice(0, 12),
    name: words.name(title),
    url: public_url,
    time_zone: zone,
    updated_at: iso(lastChange(overview)),
  };
}

/** Time of the last public change; mere measurements do not count. */
function lastChange(overview: StatusOverview): EpochMs {
  const entries = [
    ...overview.open_incidents,
    ...overview.recent_incidents,
    ...overview.current_maintenances,
    ...overview.recent_maintenances,
  ];
  return Math.max(
    0,
    ...overview.systems.flatMap((system) => system.components.map((it) => it.since ?? 0)),
    ...entries.map((it) => it.updated_at),
  );
}
