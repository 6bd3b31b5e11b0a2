import type { Policy } from '../configuration.ts';
import {
  type IncidentChange,
  type IncidentFinding,
  incidentAfter,
  type JudgedComponent,
  type KnownIncident,
  publishedStates,
} from '../incident/change.ts';
import type { Incident } from '../incident.ts';
import { isOutage, SEVERITY } from '../severity.ts';
import type { EpochMs, State } from '../vocabulary.ts';

export interface IncidentInput {
  system: string;
  components: readonly JudgedComponent[];
  /** The system's open incident (there is at most one) with all its updates. */
  open: KnownIncident | null;
  /** The system's last resolved incident, a candidate for reopening. */
  last_resolved: KnownIncident | null;
  /** Id of the line, if all is measured from one. */
  only_line: string | null;
  now: EpochMs;
  policy: Policy;
  newId: () => string;
}

type Found = Pick<IncidentFinding, 'event' | 'before' | 'changed'>;

/**
 * The change that the states of a system cause in its incident; null when nothing changes. Opens on
 * partial or major outage, or on degraded that lasts; later failures join the open one; `unknown`
 * and maintenance neither open nor change one. All operational: recovered; for `resolve_after`:
 * resolved. The same function failing soon after: reopened.
 */
export function advanceIncident(input: IncidentInput): IncidentChange | null {
  const found = input.open ? findInOpen(input, input.open) : findWithoutOpen(input);
  return found && incidentAfter({ ...input, ...found });
}

function findWithoutOpen(input: IncidentInput): Found | null {
  const changed = input.components.filter((it) => opens(it, input));
  if (changed.length === 0) return null;
  const again = input.last_resolved;
  return again && failsAgain(again.incident, changed, input.policy)
    ? { event: 'reopened', before: again, changed }
    : { event: 'opened', before: null, changed };
}

function findInOpen(input: IncidentInput, open: KnownIncident): Found | null {
  const published = publishedStates(open.updates);
  const involved = input.components.filter((it) => published.has(it.component) || opens(it, input));
  const changed = involved.filter(
    (it) => isReported(it.state) && published.get(it.component) !== it.state,
  );
  const failing = involved.some((it) => it.state !== 'operational');
  if (changed.length > 0) return { event: eventOf(), before: open, changed };
  return !failing && resolves(open.incident, input)
    ? { event: 'resolved', before: open, changed }
    : null;

  function eventOf() {
    if (changed.some((it) => !published.has(it.component))) return 'joined';
    if (changed.some((it) => severity(it.state) > severity(published.get(it.component))))
      return 'worse';
    return failing ? 'better' : 'recovered';
  }
}

/** Monitored for long enough, and not taken over by a person. */
function resolves(incident: Incident, { now, policy }: IncidentInput): boolean {
  const { status, monitoring_at, taken_over } = incident;
  return (
    status === 'monitoring' &&
    !taken_over &&
    monitoring_at !== null &&
    now - monitoring_at >= policy.resolve_after_ms
  );
}

function opens(component: JudgedComponent, { now, policy }: IncidentInput): boolean {
  if (isOutage(component.state)) return true;
  return (
    component.state === 'degraded_performance' &&
    now - component.since >= policy.degraded_opens_after_ms
  );
}

function failsAgain(
  resolved: Incident,
  failing: readonly JudgedComponent[],
  policy: Policy,
): boolean {
  const resolved_at = resolved.resolved_at;
  if (resolved_at === null) return false;
  return failing.some(
    (it) =>
      isOutage(it.state) &&
      resolved.components.includes(it.component) &&
      it.since - resolved_at <= policy.reopen_within_ms,
  );
}

/** Unknown and planned maintenance do not change an incident. */
function isReported(state: State): boolean {
  return state !== 'unknown' && state !== 'under_maintenance';
}

/** 0 is operational; a state that was never published counts as operational. */
function severity(state: State | undefined): number {
  return SEVERITY.length - 1 - SEVERITY.indexOf(state ?? 'operational');
}
