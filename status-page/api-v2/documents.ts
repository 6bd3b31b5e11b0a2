import { createHash } from 'node:crypto';
import { incidentTitle, updateBody, type Words } from '../../messages/index.ts';
import type { Indicator } from '../../model/figures.ts';
import type { IncidentUpdate } from '../../model/incident.ts';
import type {
  ComponentView,
  IncidentView,
  StatusOverview,
  SystemView,
} from '../../model/overview.ts';
import type { ComponentId, EpochMs, State } from '../../model/vocabulary.ts';

/**
 * The overview as the Statuspage v2 API tells it (status pages' common language, as recorded from Atlassian's), by path.
 * Names and texts are in the language of `words`; `status.description` is the API's own closed English vocabulary.
 */
export function v2Documents(overview: StatusOverview, words: Words): Record<string, object> {
  const context = { overview, words, page: page(overview, words) };
  const open = overview.open_incidents.map((it) => incident(it, context));
  const all = [...overview.open_incidents, ...overview.recent_incidents].map((it) =>
    incident(it, context),
  );
  const envelope = { page: context.page };
  const listed = components(context);
  const status = statusOf(overview.headline.indicator);
  return {
    '/api/v2/summary.json': {
      ...envelope,
      components: listed,
      incidents: open,
      scheduled_maintenances: [],
      status,
    },
    '/api/v2/status.json': { ...envelope, status },
    '/api/v2/components.json': { ...envelope, components: listed },
    '/api/v2/incidents.json': { ...envelope, incidents: all },
    '/api/v2/incidents/unresolved.json': { ...envelope, incidents: open },
  };
}

interface Context {
  overview: StatusOverview;
  words: Words;
  page: { id: string };
}

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

/** When the public last learned something new; mere measurements are not news. */
function lastChange({ systems, open_incidents, recent_incidents }: StatusOverview): EpochMs {
  return Math.max(
    0,
    ...systems.flatMap((system) => system.components.map((it) => it.since ?? 0)),
    ...[...open_incidents, ...recent_incidents].map((it) => it.updated_at),
  );
}

/** Groups are rows too, each followed by its members. */
function components(context: Context) {
  return context.overview.systems.flatMap((system, i) => [
    group(system, i + 1, context),
    ...members(system, context),
  ]);
}

function group(system: SystemView, position: number, { words, page }: Context) {
  return {
    ...componentRow({
      id: system.id,
      name: words.name(system.name),
      status: v2State(worst(system.components)),
      changed_at: Math.max(0, ...system.components.map((it) => it.since ?? 0)),
      position,
      group_id: null,
      page_id: page.id,
    }),
    group: true,
    components: system.components.map((it) => it.id),
  };
}

function members(system: SystemView, { words, page }: Context) {
  return system.components.map((it, i) =>
    componentRow({
      id: it.id,
      name: words.text(`function.${it.function}`),
      status: v2State(it.state),
      changed_at: it.since ?? 0,
      position: i + 1,
      group_id: system.id,
      page_id: page.id,
    }),
  );
}

function componentRow({
  changed_at,
  ...row
}: {
  id: ComponentId;
  name: string;
  status: string;
  changed_at: EpochMs;
  position: number;
  group_id: string | null;
  page_id: string;
}) {
  return {
    ...row,
    // Components come from the configuration, which has no history: the last change is all that is known.
    created_at: iso(changed_at),
    updated_at: iso(changed_at),
    description: null,
    showcase: false,
    start_date: null,
    group: false,
    only_show_if_degraded: false,
  };
}

/** From bad to good; unknown is worse than operational, as the API has no word for it. */
const ORDER: readonly State[] = [
  'major_outage',
  'partial_outage',
  'degraded_performance',
  'unknown',
  'under_maintenance',
  'operational',
];

function worst(components: readonly ComponentView[]): State {
  return ORDER.find((state) => components.some((it) => it.state === state)) ?? 'unknown';
}

/** The API knows no `unknown`; degraded is the mildest thing that is not green. */
function v2State(state: State): string {
  return state === 'unknown' ? 'degraded_performance' : state;
}

function incident(view: IncidentView, context: Context) {
  const { overview, words, page } = context;
  const affected = new Set(view.components);
  return {
    id: view.id,
    name: incidentTitle(view, view.system_name, words),
    status: view.status,
    created_at: iso(view.created_at),
    updated_at: iso(view.updated_at),
    monitoring_at: isoOrNull(view.monitoring_at),
    resolved_at: isoOrNull(view.resolved_at),
    impact: view.impact,
    shortlink: `${overview.page.public_url}/${words.locale}/incidents/${view.id}`,
    started_at: iso(view.started_at),
    page_id: page.id,
    incident_updates: [...view.updates].reverse().map((it) => update(it, view, context)),
    components: components(context).filter((it) => affected.has(it.id)),
    reminder_intervals: null,
  };
}

function update(update: IncidentUpdate, view: IncidentView, { overview, words }: Context) {
  const names = new Map(
    overview.systems.flatMap((system) =>
      system.components.map((it) => [
        it.id,
        `${words.name(system.name)} - ${words.text(`function.${it.function}`)}`,
      ]),
    ),
  );
  return {
    id: update.id,
    status: update.status,
    body: updateBody(update, words),
    incident_id: view.id,
    created_at: iso(update.created_at),
    updated_at: iso(update.created_at),
    display_at: iso(update.created_at),
    affected_components:
      update.affected.length === 0
        ? null
        : update.affected.map(({ component, from, to }) => ({
            code: component,
            name: names.get(component) ?? component,
            old_status: v2State(from),
            new_status: v2State(to),
          })),
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  };
}

function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: EpochMs | null): string | null {
  return at === null ? null : iso(at);
}
