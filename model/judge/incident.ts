import type { Policy } from '../configuration.ts';
import {
  type IncidentChange,
  type IncidentFinding,
  incidentAfter,
  type JudgedComponent,
  type KnownIncident,
  publishedStates,
} from '../incident/change.ts';
import type { DisturbanceOver } from '../incident/news.ts';
import type { Incident } from '../incident.ts';
import { isOutage, isReported, SEVERITY } from '../severity.ts';
import type { ComponentId, EpochMs, State } from '../vocabulary.ts';

export interface IncidentInput {
  system: string;
  components: readonly JudgedComponent[];
  /** The system's open incident (there is at most one) with all its updates. */
  open: KnownIncident | null;
  /** The system's last resolved incident, a candidate for reopening. */
  last_resolved: KnownIncident | null;
  /** Id of the line, if all is measured from one. */
  only_line: string | null;
  /** Until then we did not measure; null: no such time is known. */
  blind_until: EpochMs | null;
  now: EpochMs;
  policy: Policy;
  newId: () => string;
}

type Found = Pick<IncidentFinding, 'event' | 'before' | 'changed'>;

/**
 * The change that the states of a system cause in its incident; null when nothing changes. Opens on
 * partial or major outage, or on degraded that lasts; later failures join the open one; `unknown`
 * and maintenance neither open nor change one, nor is a function better of which a part is not
 * known. All operational: recovered; watched so for `resolve_after`: resolved. The same function
 * failing soon after: reopened. A disturbance that is known only now that it is over, of a
 * function in no incident of that time, is one that has recovered.
 */
export function advanceIncident(input: IncidentInput): IncidentChange | null {
  const news = { ...input, components: input.components.map((it) => withUntoldPast(input, it)) };
  const found = input.open ? findInOpen(news, input.open) : findWithoutOpen(news);
  return found && incidentAfter({ ...input, ...found });
}

function withUntoldPast(
  { open, last_resolved, policy }: IncidentInput,
  component: JudgedComponent,
): JudgedComponent {
  const known = { open: open?.incident ?? null, last_resolved: last_resolved?.incident ?? null };
  return {
    ...component,
    past: untoldPast({ ...known, policy }, component.component, component.past),
  };
}

interface Known {
  open: Incident | null;
  last_resolved: Incident | null;
  policy: Policy;
}

/** Only what would have been an incident by itself, and what no incident of its time tells of. */
export function untoldPast(
  { open, last_resolved, policy }: Known,
  component: ComponentId,
  past: readonly DisturbanceOver[],
): DisturbanceOver[] {
  return past.filter(
    (it) =>
      wouldOpen(it, policy) &&
      ![open, last_resolved].some((incident) => isToldBy(incident, component, it)),
  );
}

function wouldOpen({ state, since, until }: DisturbanceOver, policy: Policy): boolean {
  return isOutage(state) || until - since >= policy.degraded_opens_after_ms;
}

function isToldBy(
  incident: Incident | null,
  component: ComponentId,
  { since, until }: DisturbanceOver,
): boolean {
  if (!incident?.components.includes(component)) return false;
  const { started_at, monitoring_at, resolved_at } = incident;
  // What is disturbed after it was told to be over is another disturbance.
  const told_until = monitoring_at ?? resolved_at ?? Number.POSITIVE_INFINITY;
  return started_at < until && since < told_until;
}

function findWithoutOpen(input: IncidentInput): Found | null {
  const changed = input.components.filter((it) => it.past.length > 0 || opens(it, input));
  if (changed.length === 0) return null;
  if (changed.every(({ state }) => state === 'operational'))
    return { event: 'recovered', before: null, changed };
  const again = input.last_resolved;
  return again && failsAgain(again.incident, changed, input.policy)
    ? { event: 'reopened', before: again, changed }
    : { event: 'opened', before: null, changed };
}

function findInOpen(input: IncidentInput, open: KnownIncident): Found | null {
  const published = publishedStates(open.updates);
  const involved = input.components.filter(
    (it) => published.has(it.component) || it.past.length > 0 || opens(it, input),
  );
  const changed = involved.filter((it) => {
    const before = published.get(it.component);
    if (failedSince(it, open.incident)) return true;
    return isReported(it.state) && before !== it.state && !seemsBetter(it, before);
  });
  const failing = involved.some((it) => it.state !== 'operational');
  if (changed.length > 0) return { event: eventOf(), before: open, changed };
  return !failing && resolves(open.incident, involved, input)
    ? { event: 'resolved', before: open, changed }
    : null;

  function eventOf() {
    if (changed.some((it) => !published.has(it.component) && it.state !== 'operational'))
      return 'joined';
    if (changed.some((it) => severity(it.state) > severity(published.get(it.component))))
      return 'worse';
    return failing ? 'better' : 'recovered';
  }
}

/** Whether it was disturbed and is over again after the incident was told to be over. */
function failedSince({ past }: JudgedComponent, { monitoring_at }: Incident): boolean {
  return monitoring_at !== null && past.some(({ until }) => until > monitoring_at);
}

/**
 * Whether a disturbed component is less so than before only because a part of it is not known any
 * more, of which the rest still fails.
 */
export function seemsBetter(
  { state, notes }: Pick<JudgedComponent, 'state' | 'notes'>,
  before: State | undefined,
): boolean {
  const is_partly_known = notes.some(({ code }) => code === 'not_known');
  return state !== 'operational' && is_partly_known && severity(state) < severity(before);
}

/** Watched to be well for long enough, and not taken over by a person. */
function resolves(
  incident: Incident,
  involved: readonly JudgedComponent[],
  { now, policy, blind_until }: IncidentInput,
): boolean {
  const { status, monitoring_at, taken_over } = incident;
  if (status !== 'monitoring' || taken_over || monitoring_at === null) return false;
  if (involved.some(({ is_current }) => !is_current)) return false;
  const well_since = involved.map(({ since }) => since);
  const watched_since = Math.max(monitoring_at, blind_until ?? 0, ...well_since);
  return now - watched_since >= policy.resolve_after_ms;
}

function opens(component: JudgedComponent, { now, policy }: IncidentInput): boolean {
  if (!component.is_current) return false;
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
  const { monitoring_at, resolved_at } = resolved;
  if (resolved_at === null) return false;
  return failing.some(
    (it) =>
      isOutage(it.state) &&
      resolved.components.includes(it.component) &&
      // What is not known now may be what it was before.
      (it.is_current || it.since >= (monitoring_at ?? resolved_at)) &&
      it.since - resolved_at <= policy.reopen_within_ms,
  );
}

/** 0 is operational; a state that was never published counts as operational. */
function severity(state: State | undefined): number {
  return SEVERITY.length - 1 - SEVERITY.indexOf(state ?? 'operational');
}
