import { ailmentOf } from '../ailment.ts';
import type { Note } from '../component.ts';
import type {
  AffectedComponent,
  Impact,
  Incident,
  IncidentStatus,
  IncidentUpdate,
} from '../incident.ts';
import type { Notice } from '../notice.ts';
import { isBelowHttp } from '../proof.ts';
import { isDisturbed, isOutage } from '../severity.ts';
import type { ComponentId, EpochMs, InvoiceFunction, State } from '../vocabulary.ts';
import { impactWith, TITLE_OF_IMPACT } from './impact.ts';
import { INCIDENT_LIFE_CYCLE, INCIDENT_NOTICES, type IncidentEvent } from './life-cycle.ts';
import { type DisturbanceOver, together } from './news.ts';
import { isTold, toldToAll } from './telling.ts';
import { ailmentsOf, lastTold } from './told.ts';

export interface KnownIncident {
  incident: Incident;
  updates: readonly IncidentUpdate[];
}

/** The incident after an event, and the update that describes the change. */
export interface IncidentChange {
  incident: Incident;
  update: IncidentUpdate;
}

/** The judged state of one component of the system. */
export interface JudgedComponent {
  component: ComponentId;
  function: InvoiceFunction;
  /** Where that is not known now, but became known with it, the last that was measured. */
  state: State;
  /** What it is now. */
  now: State;
  /** The state that it had before. */
  was: State;
  since: EpochMs;
  /** Since when it ails as it does: a state may be another ailment than at first. */
  ails_since: EpochMs;
  /** Why it is in its state. */
  notes: readonly Note[];
  /** Since when no maintenance covers it, if it has not been measured well since; else null. */
  uncovered_since: EpochMs | null;
  /** What put it there was a drill or a simulator. */
  simulated: boolean;
  /** Disturbances of it that are known only now that they are over. */
  past: readonly DisturbanceOver[];
  /** The last one that is over, known to be so since whenever; null: there was none lately. */
  last_over: DisturbanceOver | null;
}

/** Whether it is in its state now. */
export function isCurrent({ state, now }: Pick<JudgedComponent, 'state' | 'now'>): boolean {
  return state === now;
}

/** An event in the life of a system's incident. */
export interface IncidentFinding {
  event: IncidentEvent;
  system: string;
  /** The incident before the event; null when there is none. */
  before: KnownIncident | null;
  /** Components whose state differs from the one last published. */
  changed: readonly JudgedComponent[];
  /** It is published, but has not held for long enough to be told. */
  is_early?: boolean;
  /** Id of the line, if all is measured from one. */
  only_line: string | null;
  now: EpochMs;
  newId: () => string;
}

/**
 * The incident after the event; null when the event does not apply to its status. The status of an
 * incident that a person took over does not change.
 */
export function incidentAfter(finding: IncidentFinding): IncidentChange | null {
  const { event, before, changed, now } = finding;
  const status = INCIDENT_LIFE_CYCLE[before?.incident.status ?? 'none'][event];
  if (status === undefined) return null;
  const incident = before?.incident ?? newIncident(finding, status);
  const past = changed.flatMap((it) => it.past);
  const impact = impactWith(
    incident.impact,
    [...changed, ...past].map((it) => it.state),
  );
  const after: Incident = {
    ...incident,
    ...(incident.taken_over ? {} : { status, ...timesAfter(event, status, now) }),
    impact,
    title: TITLE_OF_IMPACT[impact],
    ...caveats(incident, finding),
    components: unique([...incident.components, ...changed.map((it) => it.component)]),
    functions: unique([...incident.functions, ...changed.map((it) => it.function)]),
    started_at: Math.min(incident.started_at, ...past.map((it) => it.since)),
    simulated: incident.simulated || [...changed, ...past].some((it) => it.simulated),
    updated_at: now,
  };
  return { incident: after, update: updateOf(finding, after) };
}

function updateOf(finding: IncidentFinding, incident: Incident) {
  const { event, before, changed, is_early = false, now, newId } = finding;
  const updates = before?.updates ?? [];
  const told = event === 'still' ? toldToAll(updates) : lastTold(updates);
  const affected = changed.map((it) => affectedNow(it, told.get(it.component)));
  return {
    id: newId(),
    incident: incident.id,
    status: incident.status,
    code: event,
    text: null,
    affected,
    told: !is_early && isTold(event, affected, updates),
    created_at: now,
  };
}

/** What has become of a component since it was last told, and what it is by now. */
function affectedNow(
  component: JudgedComponent,
  told: AffectedComponent | undefined,
): AffectedComponent {
  const { by_then: _, ...changed } = changeOf(component, told);
  const { now } = component;
  const is_covered = now === 'unknown' || now === 'under_maintenance';
  return is_covered && !isCurrent(component) ? { ...changed, by_then: now } : changed;
}

function changeOf(
  { component, state, notes, was, past }: JudgedComponent,
  told: AffectedComponent | undefined,
): AffectedComponent {
  const to = ailmentOf({ state, notes });
  const worst = together(past);
  const is_past = worst !== null && worst.state !== state;
  const is_same = told?.to === state && ailmentsOf(told).to === to;
  // Said again, because others changed.
  if (is_same && !is_past && past.length === 0) return told;
  // It was well, failed and is well again.
  if (told === undefined || is_same) {
    const before = is_past ? worst : { state: was, notes: [] };
    return { component, from: before.state, to: state, ailments: { from: ailmentOf(before), to } };
  }
  return { component, from: told.to, to: state, ailments: { from: ailmentsOf(told).to, to } };
}

type Caveats = Pick<Incident, 'seen_from' | 'maybe_our_line'>;

/** The first outage limits the claim, also after less than one. */
function caveats(incident: Incident, { changed, only_line }: IncidentFinding): Caveats {
  const failed = changed
    .flatMap((it) => [...it.past, it])
    .filter(({ state }) => isDisturbed(state));
  const outages = failed.filter(({ state }) => isOutage(state));
  if (outages.length > 0 && !HAD_OUTAGE.includes(incident.impact))
    return caveatsAfter({ seen_from: only_line, maybe_our_line: true }, outages);
  return caveatsAfter(incident, failed);
}

/** Of an incident in which there was an outage. */
const HAD_OUTAGE: readonly Impact[] = ['major', 'critical'];

/** What limits the claim of an incident holds only while it is true of everything that failed. */
function caveatsAfter(
  { seen_from, maybe_our_line }: Caveats,
  failing: readonly Pick<JudgedComponent, 'notes'>[],
): Caveats {
  const isMaybeOurs = ({ notes }: Pick<JudgedComponent, 'notes'>) =>
    notes.some(({ code }) => code === 'maybe_our_line');
  return {
    seen_from: failing.every(({ notes }) => failsBelowHttp(notes)) ? seen_from : null,
    maybe_our_line: maybe_our_line && failing.every(isMaybeOurs),
  };
}

/**
 * The incident once what fails now, in the same states as it was told, is proven or answers: then
 * nothing limits its claim any more. null: as before.
 */
export function incidentProven(
  incident: Incident,
  components: readonly JudgedComponent[],
  now: EpochMs,
): Incident | null {
  const failing = components.filter(
    ({ component, state }) => incident.components.includes(component) && isDisturbed(state),
  );
  const after = caveatsAfter(incident, failing);
  const is_same =
    after.seen_from === incident.seen_from && after.maybe_our_line === incident.maybe_our_line;
  return is_same ? null : { ...incident, ...after, updated_at: now };
}

/** While it is being investigated, an incident is neither monitored nor resolved. */
function timesAfter(
  event: IncidentEvent,
  status: IncidentStatus,
  now: EpochMs,
): Partial<Pick<Incident, 'monitoring_at' | 'resolved_at'>> {
  if (event === 'recovered') return { monitoring_at: now };
  if (event === 'resolved' || event === 'closed') return { resolved_at: now };
  const is_over = status === 'monitoring' || status === 'resolved';
  return is_over ? {} : { monitoring_at: null, resolved_at: null };
}

/** An incident starts when its first component failed. */
function newIncident(
  { system, changed, now, newId }: IncidentFinding,
  status: IncidentStatus,
): Incident {
  return {
    id: newId(),
    system,
    status,
    impact: 'none',
    title: TITLE_OF_IMPACT.none,
    seen_from: null,
    maybe_our_line: false,
    functions: [],
    components: [],
    started_at: Math.min(...changed.map(({ since, past }) => together(past)?.since ?? since)),
    created_at: now,
    updated_at: now,
    monitoring_at: null,
    resolved_at: null,
    taken_over: false,
    cause: null,
    simulated: false,
  };
}

/** The notice that announces an update; null: nobody is told. */
export function incidentNotice(update: IncidentUpdate, id: string): Notice | null {
  const { incident: ref, code, told, created_at } = update;
  return told ? { id, kind: INCIDENT_NOTICES[code], ref, update: update.id, created_at } : null;
}

/** Whether everything that the notes say failed did so before any HTTP answer. */
export function failsBelowHttp(notes: readonly Note[]): boolean {
  const reasons = notes.flatMap((note) =>
    note.code === 'checks_failing' || note.code === 'line_failing' ? [note.reason] : [],
  );
  return reasons.length > 0 && reasons.every((reason) => reason !== null && isBelowHttp(reason));
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
