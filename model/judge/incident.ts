import type { Policy } from '../configuration.ts';
import { SEVERITY } from '../figures.ts';
import type {
  AffectedComponent,
  Impact,
  Incident,
  IncidentStatus,
  IncidentUpdate,
  UpdateCode,
} from '../incident.ts';
import type { ComponentId, EpochMs, InvoiceFunction, State } from '../vocabulary.ts';

/** A component of the system as it stands. */
export interface StandingComponent {
  component: ComponentId;
  function: InvoiceFunction;
  state: State;
  since: EpochMs;
}

export interface IncidentInput {
  system: string;
  components: readonly StandingComponent[];
  /** The system's open incident (there is at most one) with all its updates. */
  open: KnownIncident | null;
  /** The system's last resolved one, for reopening. */
  last_resolved: KnownIncident | null;
  now: EpochMs;
  policy: Policy;
  newId: () => string;
}

export interface KnownIncident {
  incident: Incident;
  updates: readonly IncidentUpdate[];
}

/** The incident as it is now, and the one update that says what changed. */
export interface IncidentStep {
  incident: Incident;
  update: IncidentUpdate;
}

/**
 * What the states of a system mean for its incident; null when there is nothing new to say. Opens
 * on partial or major outage, or on degraded that lasts; later failures join the open one;
 * `unknown` and maintenance never open or move one. All operational: monitoring; for
 * `resolve_after`: resolved. The same function failing soon after: reopened. Once a person took it
 * over, its status is theirs: the judge only comments.
 */
export function advanceIncident(input: IncidentInput): IncidentStep | null {
  return input.open ? advanceOpen(input, input.open) : openOrReopen(input);
}

function openOrReopen(input: IncidentInput): IncidentStep | null {
  const failing = input.components.filter((it) => opens(it, input));
  if (failing.length === 0) return null;
  const again = input.last_resolved;
  if (again && failsAgain(again.incident, failing, input.policy))
    return step(input, again, failing, {
      code: 'reopened',
      status: 'investigating',
      monitoring_at: null,
      resolved_at: null,
    });
  return step(input, { incident: emptyIncident(input, failing), updates: [] }, failing, {
    code: 'opened',
    status: 'investigating',
  });
}

function advanceOpen(input: IncidentInput, open: KnownIncident): IncidentStep | null {
  const told = toldStates(open.updates);
  const involved = input.components.filter((it) => told.has(it.component) || opens(it, input));
  const news = involved.filter((it) => isTold(it.state) && told.get(it.component) !== it.state);
  const failing = involved.some((it) => it.state !== 'operational');
  if (news.length === 0) return resolveInTime(input, open, failing);

  if (news.some((it) => !told.has(it.component)))
    return step(input, open, news, { code: 'joined', ...investigating(open.incident) });
  const rose = news.some((it) => severity(it.state) > severity(told.get(it.component)));
  if (rose) return step(input, open, news, { code: 'worse', ...investigating(open.incident) });
  if (failing) return step(input, open, news, { code: 'better', status: open.incident.status });
  return step(input, open, news, {
    code: 'recovered',
    status: 'monitoring',
    monitoring_at: input.now,
  });
}

function resolveInTime(
  input: IncidentInput,
  open: KnownIncident,
  failing: boolean,
): IncidentStep | null {
  const { status, monitoring_at, taken_over } = open.incident;
  const due =
    status === 'monitoring' &&
    !failing &&
    !taken_over &&
    monitoring_at !== null &&
    input.now - monitoring_at >= input.policy.resolve_after_ms;
  return due
    ? step(input, open, [], { code: 'resolved', status: 'resolved', resolved_at: input.now })
    : null;
}

/**
 * Failing while it was being watched puts it back to investigating; what a person identified stays
 * identified.
 */
function investigating(incident: Incident): Pick<Incident, 'status' | 'monitoring_at'> {
  return incident.status === 'monitoring'
    ? { status: 'investigating', monitoring_at: null }
    : { status: incident.status, monitoring_at: incident.monitoring_at };
}

function opens(component: StandingComponent, { now, policy }: IncidentInput): boolean {
  if (isOutage(component.state)) return true;
  return (
    component.state === 'degraded_performance' &&
    now - component.since >= policy.degraded_opens_after_ms
  );
}

function failsAgain(
  resolved: Incident,
  failing: readonly StandingComponent[],
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

/** What the public was last told of each component, from the updates. */
export function toldStates(updates: readonly IncidentUpdate[]): Map<ComponentId, State> {
  const told = new Map<ComponentId, State>();
  for (const update of updates) for (const it of update.affected) told.set(it.component, it.to);
  return told;
}

function step(
  input: IncidentInput,
  { incident, updates }: KnownIncident,
  news: readonly StandingComponent[],
  change: { code: UpdateCode } & Partial<
    Pick<Incident, 'status' | 'monitoring_at' | 'resolved_at'>
  >,
): IncidentStep {
  const { code, ...moved } = change;
  const changed = incident.taken_over ? {} : moved;
  const told = toldStates(updates);
  const affected: AffectedComponent[] = news.map((it) => ({
    component: it.component,
    from: told.get(it.component) ?? 'operational',
    to: it.state,
  }));
  const status: IncidentStatus = changed.status ?? incident.status;
  const impact = worstImpact([incident.impact, ...news.map((it) => impactOf(it.state))]);
  return {
    incident: {
      ...incident,
      ...changed,
      impact,
      title: TITLE[impact],
      components: unique([...incident.components, ...news.map((it) => it.component)]),
      functions: unique([...incident.functions, ...news.map((it) => it.function)]),
      updated_at: input.now,
    },
    update: {
      id: input.newId(),
      incident: incident.id,
      status,
      code,
      text: null,
      affected,
      created_at: input.now,
    },
  };
}

function emptyIncident(input: IncidentInput, failing: readonly StandingComponent[]): Incident {
  return {
    id: input.newId(),
    system: input.system,
    status: 'investigating',
    impact: 'none',
    title: 'degraded',
    functions: [],
    components: [],
    started_at: Math.min(...failing.map((it) => it.since)),
    created_at: input.now,
    updated_at: input.now,
    monitoring_at: null,
    resolved_at: null,
    taken_over: false,
    simulated: false,
  };
}

const IMPACTS: readonly Impact[] = ['none', 'minor', 'major', 'critical'];

const TITLE: Record<Impact, Incident['title']> = {
  none: 'degraded',
  minor: 'degraded',
  major: 'partial_outage',
  critical: 'outage',
};

/** The impact of an incident is its worst state so far. */
function impactOf(state: State): Impact {
  if (state === 'major_outage') return 'critical';
  if (state === 'partial_outage') return 'major';
  return state === 'degraded_performance' ? 'minor' : 'none';
}

function worstImpact(impacts: readonly Impact[]): Impact {
  return IMPACTS[Math.max(...impacts.map((it) => IMPACTS.indexOf(it)))] ?? 'none';
}

function isOutage(state: State): boolean {
  return state === 'partial_outage' || state === 'major_outage';
}

/** Unknown and planned maintenance are not news of a disturbance. */
function isTold(state: State): boolean {
  return state !== 'unknown' && state !== 'under_maintenance';
}

/** 0 is operational; what was never told counts as operational. */
function severity(state: State | undefined): number {
  return SEVERITY.length - 1 - SEVERITY.indexOf(state ?? 'operational');
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
