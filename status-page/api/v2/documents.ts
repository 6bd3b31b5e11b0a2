import { createHash } from 'node:crypto';
import { ANY_ORIGIN, REVALIDATE } from '../../../http/headers.ts';
import { createWords } from '../../../messages/catalogue.ts';
import type { Words } from '../../../messages/index.ts';
import type { MaintenanceView, StatusOverview } from '../../../model/overview.ts';
import type { Indicator } from '../../../model/severity.ts';
import { iso } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import type { DocumentSource } from '../../serve/publication.ts';
import { components } from './components.ts';
import { incident } from './incidents.ts';
import { isListed, scheduledMaintenance } from './maintenances.ts';

const V2_PATHS = [
  '/api/v2/summary.json',
  '/api/v2/status.json',
  '/api/v2/components.json',
  '/api/v2/incidents.json',
  '/api/v2/incidents/unresolved.json',
  '/api/v2/scheduled-maintenances.json',
  '/api/v2/scheduled-maintenances/active.json',
  '/api/v2/scheduled-maintenances/upcoming.json',
] as const;
type V2Path = (typeof V2_PATHS)[number];

/** The Statuspage v2 API, readable from any origin. */
export function createV2Documents(): DocumentSource {
  return {
    paths: V2_PATHS,
    documentsOf(overview) {
      const words = createWords({ locale: overview.page.languages[0], zone: overview.page.zone });
      const documents = v2Documents(overview, words);
      return V2_PATHS.map((path) => ({
        path,
        body: JSON.stringify(documents[path]),
        headers: {
          ...ANY_ORIGIN,
          'content-type': 'application/json; charset=utf-8',
          'cache-control': REVALIDATE,
        },
      }));
    },
  };
}

/**
 * The overview as Statuspage v2 documents (as recorded from Atlassian's), by path. Names and texts
 * are in the language of `words`; `status.description` uses the API's closed English vocabulary.
 */
function v2Documents(overview: StatusOverview, words: Words): Record<V2Path, object> {
  const context = { overview, words, page: page(overview, words) };
  const open = overview.open_incidents.map((it) => incident(it, context));
  const all = [...overview.open_incidents, ...overview.recent_incidents].map((it) =>
    incident(it, context),
  );
  const scheduled = (maintenances: readonly MaintenanceView[]) =>
    maintenances.filter(isListed).map((it) => scheduledMaintenance(it, context));
  const current = scheduled(overview.current_maintenances);
  const over = scheduled(overview.recent_maintenances);
  const upcoming = current.filter((it) => it.status === 'scheduled');
  const active = current.filter((it) => it.status !== 'scheduled');
  const envelope = { page: context.page };
  const listed = components(context);
  const status = statusOf(overview.headline.indicator);
  return {
    '/api/v2/summary.json': {
      ...envelope,
      components: listed,
      incidents: open,
      scheduled_maintenances: current,
      status,
    },
    '/api/v2/status.json': { ...envelope, status },
    '/api/v2/components.json': { ...envelope, components: listed },
    '/api/v2/incidents.json': { ...envelope, incidents: all },
    '/api/v2/incidents/unresolved.json': { ...envelope, incidents: open },
    '/api/v2/scheduled-maintenances.json': {
      ...envelope,
      scheduled_maintenances: [...current, ...over]
        .sort((a, b) => b.scheduled_for.localeCompare(a.scheduled_for))
        .slice(0, MOST_RECENT),
    },
    '/api/v2/scheduled-maintenances/active.json': { ...envelope, scheduled_maintenances: active },
    '/api/v2/scheduled-maintenances/upcoming.json': {
      ...envelope,
      scheduled_maintenances: upcoming,
    },
  };
}

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
  const told = [
    ...overview.open_incidents,
    ...overview.recent_incidents,
    ...overview.current_maintenances,
    ...overview.recent_maintenances,
  ];
  return Math.max(
    0,
    ...overview.systems.flatMap((system) => system.components.map((it) => it.since ?? 0)),
    ...told.map((it) => it.updated_at),
  );
}
