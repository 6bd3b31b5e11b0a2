import type { AffectedComponent, Incident, IncidentStatus, IncidentUpdate } from '../incident.ts';
import type { Notice } from '../notice.ts';
import type { ComponentId, EpochMs, InvoiceFunction, State } from '../vocabulary.ts';
import { impactWith, TITLE_OF_IMPACT } from './impact.ts';
import { INCIDENT_LIFE_CYCLE, INCIDENT_NOTICES, type IncidentEvent } from './life-cycle.ts';

export interface KnownIncident {
  incident: Incident;
  updates: readonly IncidentUpdate[];
}

/** The incident as it is now, and the one update that says what changed. */
export interface IncidentChange {
  incident: Incident;
  update: IncidentUpdate;
}

/** A component of the system as it was judged. */
export interface JudgedComponent {
  component: ComponentId;
  function: InvoiceFunction;
  state: State;
  since: EpochMs;
}

/** Something that happened to the incident of a system. */
export interface IncidentFinding {
  event: IncidentEvent;
  system: string;
  /** null: there is none yet. */
  before: KnownIncident | null;
  /** The components whose state is news. */
  news: readonly JudgedComponent[];
  now: EpochMs;
  newId: () => string;
}

/**
 * What it makes of the incident; null when it does not happen in its status. Once a person took it
 * over, its status is theirs.
 */
export function incidentAfter(finding: IncidentFinding): IncidentChange | null {
  const { event, before, news, now } = finding;
  const status = INCIDENT_LIFE_CYCLE[before?.incident.status ?? 'none'][event];
  if (status === undefined) return null;
  const incident = before?.incident ?? unopened(finding, status);
  const impact = impactWith(
    incident.impact,
    news.map((it) => it.state),
  );
  const changed: Incident = {
    ...incident,
    ...(incident.taken_over ? {} : { status, ...timesAfter(event, status, now) }),
    impact,
    title: TITLE_OF_IMPACT[impact],
    components: unique([...incident.components, ...news.map((it) => it.component)]),
    functions: unique([...incident.functions, ...news.map((it) => it.function)]),
    updated_at: now,
  };
  return { incident: changed, update: updateOf(finding, changed) };
}

function updateOf({ event, before, news, now, newId }: IncidentFinding, incident: Incident) {
  const published = publishedStates(before?.updates ?? []);
  const affected: AffectedComponent[] = news.map(({ component, state }) => ({
    component,
    from: published.get(component) ?? 'operational',
    to: state,
  }));
  return {
    id: newId(),
    incident: incident.id,
    status: incident.status,
    code: event,
    text: null,
    affected,
    created_at: now,
  };
}

/** While it is investigated it is neither watched nor over. */
function timesAfter(
  event: IncidentEvent,
  status: IncidentStatus,
  now: EpochMs,
): Partial<Pick<Incident, 'monitoring_at' | 'resolved_at'>> {
  if (event === 'recovered') return { monitoring_at: now };
  if (event === 'resolved') return { resolved_at: now };
  return status === 'investigating' ? { monitoring_at: null, resolved_at: null } : {};
}

/** It began when its first component failed. */
function unopened({ system, news, now, newId }: IncidentFinding, status: IncidentStatus): Incident {
  return {
    id: newId(),
    system,
    status,
    impact: 'none',
    title: TITLE_OF_IMPACT.none,
    functions: [],
    components: [],
    started_at: Math.min(...news.map(({ since }) => since)),
    created_at: now,
    updated_at: now,
    monitoring_at: null,
    resolved_at: null,
    taken_over: false,
    simulated: false,
  };
}

/** What the public was last told of each component. */
export function publishedStates(updates: readonly IncidentUpdate[]): Map<ComponentId, State> {
  const affected = updates.flatMap((update) => update.affected);
  return new Map(affected.map(({ component, to }) => [component, to]));
}

/** The notice that tells an update. */
export function incidentNotice(update: IncidentUpdate, id: string): Notice {
  const { incident: ref, code, created_at } = update;
  return { id, kind: INCIDENT_NOTICES[code], ref, update: update.id, created_at };
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
