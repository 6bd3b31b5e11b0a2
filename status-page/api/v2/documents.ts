import { createHash } from 'node:crypto';
import { ANY_ORIGIN, REVALIDATE } from '../../../http/headers.ts';
import { createWords } from '../../../messages/catalogue.ts';
import type { Words } from '../../../messages/index.ts';
import type { MaintenanceView, StatusOverview } from '../../../model/overview.ts';
import type { Clock } from '../../../model/ports.ts';
import type { Indicator } from '../../../model/severity.ts';
import { iso } from '../../../model/time.ts';
import type { EpochMs, Languages, Locale } from '../../../model/vocabulary.ts';
import type { DocumentSource } from '../../serve/publication.ts';
import { components } from './components.ts';
import type { V2Context } from './context.ts';
import { incident } from './incidents.ts';
import { isListed, scheduledMaintenance } from './maintenances.ts';
import { uniqueNames } from './names.ts';
import { MOST_RECENT } from './schemas.ts';

/** What each document holds besides `page`, by file. */
const DOCUMENTS = {
  'summary.json': ({ components, unresolved, current, status }) => ({
    components,
    incidents: unresolved,
    scheduled_maintenances: current,
    status,
  }),
  'status.json': ({ status }) => ({ status }),
  'components.json': ({ components }) => ({ components }),
  'incidents.json': ({ incidents }) => ({ incidents }),
  'incidents/unresolved.json': ({ unresolved }) => ({ incidents: unresolved }),
  'scheduled-maintenances.json': ({ current, over }) => ({
    scheduled_maintenances: [...current, ...over]
      .sort((a, b) => b.scheduled_for.localeCompare(a.scheduled_for))
      .slice(0, MOST_RECENT),
  }),
  'scheduled-maintenances/active.json': ({ current }) => ({
    scheduled_maintenances: current.filter((it) => it.status !== 'scheduled'),
  }),
  'scheduled-maintenances/upcoming.json': ({ current }) => ({
    scheduled_maintenances: current.filter((it) => it.status === 'scheduled'),
  }),
} satisfies Readonly<Record<string, (parts: V2Parts) => object>>;

export type V2File = keyof typeof DOCUMENTS;
const FILES = Object.entries(DOCUMENTS) as [V2File, (parts: V2Parts) => object][];

/**
 * The overview as Statuspage v2 documents (as recorded from Atlassian's), readable from any origin,
 * in each language of the page. `status.description` uses the API's closed English vocabulary.
 */
export function createV2Documents(
  languages: Languages,
  { now }: Clock,
  published_as: string,
): DocumentSource {
  const id = createHash('sha256').update(published_as).digest('hex').slice(0, 12);
  return {
    paths: FILES.flatMap(([file]) => languages.map((locale) => pathIn(locale, file))),
    negotiated: FILES.map(([file]) => `/api/v2/${file}`),
    documentsOf(overview) {
      const { zone } = overview.page;
      return languages.flatMap((locale) => {
        const words = createWords({ locale, zone, now, in_full: true });
        const about = page(overview, words, id);
        const context = { overview, words, page: about, names: uniqueNames(overview, words) };
        const parts = v2Parts({ ...context, components: components(context) });
        return FILES.map(([file, documentOf]) => ({
          path: pathIn(locale, file),
          body: JSON.stringify({ page: about, ...documentOf(parts) }),
          headers: {
            ...ANY_ORIGIN,
            'content-type': 'application/json; charset=utf-8',
            'content-language': locale,
            'cache-control': REVALIDATE,
          },
        }));
      });
    },
  };
}

function pathIn(locale: Locale, file: V2File): string {
  return `/${locale}/api/v2/${file}`;
}

/** The overview in the API's terms. */
function v2Parts(context: V2Context) {
  const { overview } = context;
  const unresolved = overview.open_incidents.map((it) => incident(it, context));
  const resolved = overview.recent_incidents.map((it) => incident(it, context));
  const scheduled = (maintenances: readonly MaintenanceView[]) =>
    maintenances.filter(isListed).map((it) => scheduledMaintenance(it, context));
  return {
    components: context.components,
    unresolved,
    incidents: [...unresolved, ...resolved].slice(0, MOST_RECENT),
    /** Maintenance that is not over. */
    current: scheduled(overview.current_maintenances),
    over: scheduled(overview.recent_maintenances),
    status: statusOf(overview.headline.indicator),
  };
}
type V2Parts = ReturnType<typeof v2Parts>;

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

function page(overview: StatusOverview, words: Words, id: string) {
  const { public_url, title, zone } = overview.page;
  return {
    id,
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
