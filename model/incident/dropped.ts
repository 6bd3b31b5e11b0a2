import { type ComponentId, type EpochMs, type InvoiceFunction, systemOf } from '../vocabulary.ts';
import { type IncidentChange, incidentAfter, type KnownIncident } from './change.ts';
import { lostAmong, publishedStates } from './told.ts';

interface Dropping {
  /** Whether the configuration still has a component. */
  isMeasured: (component: ComponentId) => boolean;
  now: EpochMs;
  newId: () => string;
}

/**
 * What becomes of an open incident of which a function is not measured any more: what was not well
 * is unknown for good. Without any that is measured it is closed, unless a person has it.
 */
export function withoutDropped(known: KnownIncident, dropping: Dropping): IncidentChange[] {
  const { isMeasured } = dropping;
  const { incident } = known;
  const dropped = lostAmong(known.updates, isMeasured).filter(
    (it) => lastCodeOf(known, it) !== 'dropped',
  );
  const changes = dropped.length > 0 ? eventsOf('dropped', known, dropped, dropping) : [];
  const updates = [...known.updates, ...changes.map(({ update }) => update)];
  const after = { incident: changes.at(-1)?.incident ?? incident, updates };
  return incident.taken_over || incident.components.some(isMeasured)
    ? changes
    : [...changes, ...eventsOf('closed', after, [], dropping)];
}

function lastCodeOf({ updates }: KnownIncident, id: ComponentId) {
  return updates.findLast((it) => it.affected.some(({ component }) => component === id))?.code;
}

function eventsOf(
  event: 'dropped' | 'closed',
  before: KnownIncident,
  components: readonly ComponentId[],
  { now, newId }: Dropping,
): IncidentChange[] {
  const published = publishedStates(before.updates);
  const changed = components.map((component) => ({
    component,
    function: component.slice(systemOf(component).length + 1) as InvoiceFunction,
    state: 'unknown' as const,
    now: 'unknown' as const,
    was: published.get(component) ?? 'unknown',
    since: now,
    ails_since: now,
    notes: [],
    simulated: false,
    past: [],
    last_over: null,
    uncovered_since: null,
  }));
  const { system } = before.incident;
  const found = { event, system, before, changed, only_line: null, now, newId };
  return [incidentAfter(found)].filter((it) => it !== null);
}
