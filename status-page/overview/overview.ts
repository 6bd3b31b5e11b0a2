import { ailmentOf, isAilment } from '../../model/ailment.ts';
import type { Gap, Transition } from '../../model/component.ts';
import type { Configuration } from '../../model/configuration.ts';
import { knownImpact } from '../../model/incident/impact.ts';
import { lostAmong, publishedStates } from '../../model/incident/told.ts';
import type { AffectedFunction, IncidentWithUpdates } from '../../model/incident.ts';
import { untranslated } from '../../model/languages.ts';
import type { BadTime } from '../../model/ledger.ts';
import { lineName } from '../../model/names.ts';
import type {
  ComponentView,
  IncidentView,
  Recovered,
  StatusOverview,
  SystemView,
} from '../../model/overview.ts';
import { MINUTE } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import { createDays } from '../../model/zone.ts';
import type { StoreReader } from '../../store/store.ts';
import { type BadTimes, createBadTimes } from './bad-times.ts';
import { componentsOf, expire } from './components.ts';
import { headlineOf } from './headline.ts';
import { loadMaintenances, nearMaintenances } from './maintenances.ts';
import { memoizeLast } from './memoize.ts';
import { ownTroubleViews } from './own-troubles.ts';
import { createPast } from './past.ts';
import { RECOVERED_WITHIN_MS, recoveredOf, stillRecovered } from './recovered.ts';
import { createStages, withKnownStages } from './stages.ts';

/** Number of days in the bars and of recent incidents. */
const HISTORY_DAYS = 90;
const INCIDENTS_LIMIT = 50;

export type OverviewBuilder = (now: EpochMs) => Promise<StatusOverview>;

export interface OverviewParts {
  reader: StoreReader;
  configuration: Configuration;
}

/**
 * Creates the function that builds the overview as of `now`. It caches the past, so that a new
 * measurement costs one small query.
 */
export function createOverviewBuilder({ reader, configuration }: OverviewParts): OverviewBuilder {
  const { page, demo, lines } = configuration;
  const shown = configuration.systems.filter((system) => !system.neutral);
  const daysUntil = createDays({ zone: page.zone, count: HISTORY_DAYS });
  const loadPast = createPast(reader, configuration);
  const incidents = memoizeLast<IncidentWithUpdates[]>();
  const badTimes = createBadTimes(reader);
  const stages = createStages(reader, configuration);
  const gaps = memoizeLast<Gap[]>();
  const ledger = memoizeLast<Transition[]>();
  const maintenances = memoizeLast<Awaited<ReturnType<typeof loadMaintenances>>>();
  return async (now) => {
    const seq = await reader.changeSeq();
    const days = daysUntil(now);
    const historyOf = await loadPast(days, { seq, now });
    const known_incidents = await incidents(String(seq), () =>
      reader.incidents({ limit: INCIDENTS_LIMIT }),
    );
    const bad_times = await badTimes(known_incidents, { seq, now });
    const since = days[0]?.from ?? now;
    const known_gaps = await gaps(`${seq} ${Math.floor(now / MINUTE)}`, async () =>
      (await reader.gaps(since, now)).reverse(),
    );
    const known_maintenances = await maintenances(`${seq} ${since}`, () =>
      loadMaintenances(reader, configuration, since),
    );
    const near_maintenances = nearMaintenances(known_maintenances.current_maintenances, now);
    const statuses = new Map((await reader.components()).map((it) => [it.component, it]));
    const stagesOf = await stages(now);
    const measured = shown.map(({ id, name, environment }) => ({
      id,
      name,
      environment,
      components: componentsOf({
        system: id,
        configuration,
        statuses,
        maintenances: near_maintenances,
        stagesOf,
        now,
      }).map((component) => ({ ...component, history: historyOf(component) })),
    }));
    const states = measured.flatMap((it) => it.components);
    const incidents_known = { incidents: known_incidents, bad_times };
    const view_parts = { configuration, components: states, ...incidents_known };
    const incident_views = incidentViews(known_incidents, view_parts, since);
    const transitions = await ledger(String(seq), () =>
      reader.transitions(now - RECOVERED_WITHIN_MS, now + 1),
    );
    const incidents_told = [...incident_views.open_incidents, ...incident_views.recent_incidents];
    const systems = withRecovered(measured, (it) =>
      recoveredOf(it, { incidents: incidents_told, transitions, now }),
    );
    const components = systems.flatMap((it) => it.components);
    return {
      seq,
      page,
      demo,
      lines: lines.map((line) => line.name),
      headline: headlineOf(components, configuration),
      systems,
      ...ownTroubleViews(await reader.ownTroubles(since, now + 1), configuration),
      gaps: known_gaps,
      ...incident_views,
      ...known_maintenances,
      near_maintenances,
    };
  };
}

/** The overview at a later time without new data: expired states are unknown. */
export function expireOverview(
  overview: StatusOverview,
  configuration: Configuration,
  now: EpochMs,
): StatusOverview {
  const expired = overview.systems.map((system) => ({
    ...system,
    components: system.components.map((component) => withKnownStages(expire(component, now))),
  }));
  const systems = withRecovered(expired, (it) => stillRecovered(it, now));
  const components = systems.flatMap((it) => it.components);
  const open_incidents = overview.open_incidents.map((it) => ({
    ...it,
    affected: affectedNow(it, {
      components,
      incidents: overview.open_incidents,
      badTime: (id) => badTimeOfEach(it, id),
    }),
  }));
  return { ...overview, systems, open_incidents, headline: headlineOf(components, configuration) };
}

type Incidents = Pick<StatusOverview, 'open_incidents' | 'recent_incidents'>;

/** The systems with the recovery of each function. */
function withRecovered(
  systems: readonly SystemView[],
  recoveredAt: (component: ComponentView) => Recovered | null,
): SystemView[] {
  return systems.map((system) => ({
    ...system,
    components: system.components.map((it) => ({ ...it, recovered: recoveredAt(it) })),
  }));
}

function incidentViews(
  incidents: readonly IncidentWithUpdates[],
  known: IncidentViewParts,
  since: EpochMs,
): Incidents {
  const views = incidents.map((it) => toIncidentView(it, known));
  return {
    open_incidents: views.filter((it) => it.resolved_at === null),
    recent_incidents: views.filter((it) => it.resolved_at !== null && it.resolved_at >= since),
  };
}

export interface IncidentViewParts {
  configuration: Configuration;
  components: readonly KnownState[];
  /** All that are open, at least. */
  incidents: readonly IncidentWithUpdates[];
  bad_times: BadTimes;
}

/**
 * An incident with its system's name, beginning where the ledger says; removed systems are shown by
 * id.
 */
export function toIncidentView(
  incident: IncidentWithUpdates,
  { configuration, components, incidents, bad_times }: IncidentViewParts,
): IncidentView {
  const system = configuration.systems.find((it) => it.id === incident.system);
  const { bad_time = null, corrected_at = null, of_each } = bad_times.get(incident.id) ?? {};
  return {
    ...incident,
    started_at: bad_time?.from ?? incident.started_at,
    impact: knownImpact(incident, { bad_time, corrected_at }),
    system_name: system?.name ?? untranslated(incident.system),
    line_name: lineName(incident.seen_from, configuration),
    affected: affectedNow(incident, {
      components,
      incidents,
      badTime: (id) => of_each?.get(id) ?? null,
    }),
    bad_time,
    corrected_at,
  };
}

/** A component, its state now and why. */
type KnownState = Pick<ComponentView, 'id' | 'state' | 'notes'>;

type IncidentNow = Pick<
  IncidentWithUpdates,
  'id' | 'system' | 'resolved_at' | 'components' | 'updates'
>;

interface NowParts {
  components: readonly KnownState[];
  incidents: readonly IncidentNow[];
  badTime: (component: ComponentId) => BadTime | null;
}

/** The functions of an incident; one that is resolved says nothing of what is now. */
function affectedNow(
  incident: IncidentNow,
  { components, incidents, badTime }: NowParts,
): AffectedFunction[] {
  const { resolved_at, updates } = incident;
  const is_of_another = failsInAnother(incident, incidents);
  const isMeasured = (id: ComponentId) => components.some((it) => it.id === id);
  const lost = lostAmong(updates, isMeasured);
  const published = publishedStates(updates);
  return incident.components.map((id): AffectedFunction => {
    const status = components.find((it) => it.id === id);
    const now = status ? nowOf(status) : lost.includes(id) ? 'unknown' : null;
    const was_well = published.get(id) === 'operational';
    // What was well again in it and fails now fails in it, though that has not held yet.
    const is_over = resolved_at !== null || (was_well && (is_of_another || !isAilment(now)));
    return { component: id, now: is_over ? null : now, bad_time: badTime(id) };
  });
}

/** In at most one incident of a system something fails, which what fails now is of. */
function failsInAnother({ id, system }: IncidentNow, incidents: readonly IncidentNow[]): boolean {
  const others = incidents.filter(
    (it) => it.id !== id && it.system === system && it.resolved_at === null,
  );
  return others.some(({ updates }) =>
    [...publishedStates(updates).values()].some((state) => state !== 'operational'),
  );
}

function nowOf(status: KnownState): AffectedFunction['now'] {
  const { state } = status;
  return state === 'unknown' || state === 'under_maintenance' ? state : ailmentOf(status);
}

function badTimeOfEach({ affected }: IncidentView, id: ComponentId): BadTime | null {
  return affected.find(({ component }) => component === id)?.bad_time ?? null;
}
