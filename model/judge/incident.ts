import { AILMENTS, ailmentOf } from '../ailment.ts';
import type { Gap } from '../component.ts';
import type { Policy } from '../configuration.ts';
import {
  type IncidentChange,
  type IncidentFinding,
  incidentAfter,
  type JudgedComponent,
  type KnownIncident,
} from '../incident/change.ts';
import type { IncidentEvent } from '../incident/life-cycle.ts';
import type { DisturbanceOver } from '../incident/news.ts';
import { isTold, tellsAt, toldToAll } from '../incident/telling.ts';
import { ailmentsOf, lastTold, lostAmong, publishedStates } from '../incident/told.ts';
import type { AffectedComponent, Incident, IncidentStatus } from '../incident.ts';
import { isRightAfter } from '../maintenance/aftermath.ts';
import { NUMBERS } from '../numbers.ts';
import { isDisturbed, isOutage, isReported, SEVERITY } from '../severity.ts';
import type { ComponentId, EpochMs, State } from '../vocabulary.ts';

export interface IncidentInput {
  system: string;
  components: readonly JudgedComponent[];
  /** The system's open incidents with all their updates, oldest first. */
  open: readonly KnownIncident[];
  /** Those that were resolved lately, the last one last: candidates for reopening. */
  resolved: readonly KnownIncident[];
  /** Id of the line, if all is measured from one. */
  only_line: string | null;
  /** Until then we did not measure; null: no such time is known. */
  blind_until: EpochMs | null;
  /** Lately, by which the clock was set forth. */
  time_that_never_was: readonly Pick<Gap, 'from' | 'to'>[];
  now: EpochMs;
  policy: Policy;
  newId: () => string;
}

type Found = Pick<IncidentFinding, 'event' | 'before' | 'changed' | 'is_early'>;

/**
 * The changes that the states of a system cause in its incidents, at most one of each. One opens on
 * partial or major outage, or on degraded that lasts; a later failure joins one in which something
 * fails, returns to the open one of its function, or opens one of its own. What changes in one
 * counts once it has held for `settle`. All operational: recovered; watched so for `resolve_after`:
 * resolved. The same function failing soon after: reopened. `unknown` and maintenance open none; a
 * function that failed and is not known any more makes it unclear, until it is measured, or for a
 * day; nor is one better of which a part is not known. A disturbance that is known only now that it
 * is over, of a function in no incident of that time, is one that has recovered; one that begins
 * and ends while its incident is watched is part of that, which recovers anew.
 */
export function advanceIncidents(input: IncidentInput): IncidentChange[] {
  const { open, resolved, policy } = input;
  const known = [...open, ...resolved].map(({ incident }) => incident);
  const components = input.components.map((it) => ({
    ...it,
    past: untoldPast({ known, policy }, it.component, it.past),
  }));
  const news = { ...input, components };
  const owners = new Map(components.map((it) => [it.component, ownerOf(it, news)]));
  const found = [
    ...open.map((one) => findInOpen(news, one, (it) => owners.get(it.component) === one)),
    findWithoutOpen(news, (it) => owners.get(it.component) === null),
  ];
  return found.flatMap((one) => (one && incidentAfter({ ...input, ...one })) ?? []);
}

/**
 * The open incident that a new disturbance of a component is of: the one in which it still fails or
 * is not known, one in which another fails, the last one that it was in; null: it is of none.
 */
function ownerOf({ component }: JudgedComponent, { open }: IncidentInput): KnownIncident | null {
  const its = open.filter(({ incident }) => incident.components.includes(component));
  const failing = open.filter((one) =>
    [...publishedStates(one.updates).values()].some(isDisturbed),
  );
  const still = its.filter((one) => {
    const told = publishedStates(one.updates).get(component);
    return isDisturbed(told) || told === 'unknown';
  });
  return still.at(-1) ?? failing.at(-1) ?? its.at(-1) ?? null;
}

interface Known {
  /** The incidents of its system, open or resolved lately. */
  known: readonly Incident[];
  policy: Policy;
}

/** Only what would have been an incident by itself, and what no incident of its time tells of. */
export function untoldPast(
  { known, policy }: Known,
  component: ComponentId,
  past: readonly DisturbanceOver[],
): DisturbanceOver[] {
  return past.filter(
    (it) => wouldOpen(it, policy) && !known.some((incident) => isToldBy(incident, component, it)),
  );
}

function wouldOpen({ state, since, until }: DisturbanceOver, policy: Policy): boolean {
  return isOutage(state) || until - since >= policy.degraded_opens_after_ms;
}

function isToldBy(
  { components, started_at, monitoring_at, resolved_at }: Incident,
  component: ComponentId,
  { since, until }: DisturbanceOver,
): boolean {
  if (!components.includes(component)) return false;
  // What is disturbed after it was told to be over is another disturbance.
  const told_until = monitoring_at ?? resolved_at ?? Number.POSITIVE_INFINITY;
  return started_at < until && since < told_until;
}

type IsIts = (component: JudgedComponent) => boolean;

function findWithoutOpen(input: IncidentInput, isItsOwn: IsIts): Found | null {
  const changed = input.components.filter(
    (it) => isItsOwn(it) && (it.past.length > 0 || opens(it, input)),
  );
  if (changed.length === 0) return null;
  if (changed.every(({ state }) => state === 'operational'))
    return { event: 'recovered', before: null, changed };
  const again = input.resolved.findLast(({ incident }) =>
    failsAgain(incident, changed, input.policy),
  );
  return again
    ? { event: 'reopened', before: again, changed }
    : { event: 'opened', before: null, changed };
}

function findInOpen(input: IncidentInput, open: KnownIncident, isIts: IsIts): Found | null {
  const { status } = open.incident;
  const published = publishedStates(open.updates);
  const said = lastTold(open.updates);
  const components = input.components.map((it) =>
    isOfAnother(it, published, isIts(it)) ? { ...it, state: 'operational' as const, past: [] } : it,
  );
  const isNew = (it: JudgedComponent) =>
    isIts(it) && (it.past.length > 0 || (opens(it, input) && hasHeld(it, input)));
  const its = components.filter((it) => published.has(it.component) || isNew(it));
  const changed = its.filter((it) => {
    const before = published.get(it.component);
    if (failedSince(it, open.incident)) return true;
    if (ailsOtherwise(it, said)) return heldSince(it.ails_since, input);
    return hasChanged(it, before, status) && (it.past.length > 0 || hasHeld(it, input));
  });
  if (status !== 'monitoring' || its.every(isWell))
    changed.push(...its.filter(isIts).flatMap((it) => wellAgain(it, open, input)));
  if (changed.length > 0) {
    const event = eventOf({ status, published, said, its, changed });
    return {
      event,
      before: open,
      changed: event === 'unclear' ? withUnknown(its, changed) : changed,
    };
  }
  const early = components.filter((it) => isIts(it) && joinsAtOnce(it, published, input));
  if (early.length > 0) return { event: 'joined', before: open, changed: early, is_early: true };
  const held = its.filter((it) => joinedEarly(it, open) && hasHeld(it, input));
  if (held.length > 0) return { event: 'joined', before: open, changed: held };
  const settled = open.incident.taken_over
    ? null
    : settledEvent({ status, published, said, its, changed }, input);
  if (settled !== null)
    return {
      event: settled,
      before: open,
      changed: settled === 'unclear' ? withUnknown(its, []) : [],
    };
  // Also what fails in another one by now keeps it from being over.
  const involved = input.components.filter(({ component }) => published.has(component));
  if (resolves(open.incident, involved, input)) {
    const isMeasured = (id: ComponentId) => input.components.some((it) => it.component === id);
    const is_lost = lostAmong(open.updates, isMeasured).length > 0;
    return { event: is_lost ? 'closed' : 'resolved', before: open, changed };
  }
  if (isGivenUp(open.incident, its, input)) return { event: 'closed', before: open, changed };
  const untold = untoldIn(open, its, input);
  return untold.length > 0 ? { event: 'still', before: open, changed: untold } : null;
}

/** What failed again after it was well in this incident may fail in another one. */
function isOfAnother(
  { component, state }: JudgedComponent,
  published: ReadonlyMap<ComponentId, State>,
  is_its: boolean,
): boolean {
  const is_well_in_it = published.get(component) === 'operational';
  return is_well_in_it && isDisturbed(state) && !is_its;
}

function withUnknown(
  its: readonly JudgedComponent[],
  changed: readonly JudgedComponent[],
): JudgedComponent[] {
  return its.filter((it) => it.state === 'unknown' || changed.includes(it));
}

/**
 * What its functions have come to, though none of them changed with it: the last one that failed is
 * in another incident by now, or was not known or in maintenance when another changed.
 */
function settledEvent(
  { status, published, its }: ChangedOf,
  input: IncidentInput,
): 'recovered' | 'unclear' | null {
  if (status === 'monitoring' || its.length === 0) return null;
  if (its.some((it) => isDisturbed(it.state) || isDisturbed(published.get(it.component))))
    return null;
  if (!its.every((it) => hasHeld(it, input))) return null;
  if (its.every(isWell)) return 'recovered';
  return status !== 'unclear' && its.some(({ state }) => state === 'unknown') ? 'unclear' : null;
}

/** An outage of one that is new in it, while another one fails: as if it opened one. */
function joinsAtOnce(
  it: JudgedComponent,
  published: ReadonlyMap<ComponentId, State>,
  input: IncidentInput,
): boolean {
  if (published.has(it.component) || !isOutage(it.state) || !opens(it, input)) return false;
  return input.components.some(
    ({ component, state }) => isDisturbed(published.get(component)) && isDisturbed(state),
  );
}

/** Whether that was published before it had held, and is told now that it has. */
function joinedEarly({ component, state }: JudgedComponent, { updates }: KnownIncident): boolean {
  const last = updates.findLast(({ affected }) =>
    affected.some((it) => it.component === component),
  );
  if (last?.code !== 'joined' || last.told) return false;
  const its = last.affected.filter((it) => it.component === component && it.to === state);
  return its.length > 0 && isTold('joined', its, updates);
}

/** Those of which everyone was told something else than what has held since. */
function untoldIn(
  { updates }: KnownIncident,
  its: readonly JudgedComponent[],
  { now, policy }: IncidentInput,
): JudgedComponent[] {
  const published = publishedStates(updates);
  const told = toldToAll(updates);
  const differing = its.filter((it) => {
    const last = told.get(it.component);
    if (it.state !== published.get(it.component)) return false;
    // Of what nobody was ever told, it goes without saying that it is well.
    return it.state !== (last?.to ?? 'operational') || ailsOtherwise(it, told);
  });
  const isDue = ({ component }: JudgedComponent) => now >= tellsAt(updates, component, policy);
  return differing.some(isDue) ? differing : [];
}

/** What is not known says something of a function that failed, or is still watched after it did. */
function hasChanged(
  component: JudgedComponent,
  before: State | undefined,
  status: IncidentStatus,
): boolean {
  const { state } = component;
  if (state === 'unknown')
    return isDisturbed(before) || (status === 'monitoring' && before === 'operational');
  return isReported(state) && before !== state && !seemsBetter(component, before);
}

/** Long enough to be told, in time that we watched. */
function hasHeld({ since }: JudgedComponent, input: IncidentInput): boolean {
  return heldSince(since, input);
}

function heldSince(since: EpochMs, { now, policy, blind_until }: IncidentInput): boolean {
  return now - Math.max(since, blind_until ?? 0) >= policy.settle_ms;
}

/** Whether it is in the state in which it was published, but for another reason. */
function ailsOtherwise(it: JudgedComponent, said: ChangedOf['said']): boolean {
  const last = said.get(it.component);
  if (last?.to !== it.state || !isDisturbed(it.state)) return false;
  return ailmentOf(it) !== ailmentsOf(last).to && it.past.length === 0;
}

interface ChangedOf {
  status: IncidentStatus;
  published: ReadonlyMap<ComponentId, State>;
  /** What was last published of each. */
  said: ReadonlyMap<ComponentId, AffectedComponent>;
  /** Those that are told of in it, or are with this. */
  its: readonly JudgedComponent[];
  changed: readonly JudgedComponent[];
}

function eventOf({ status, published, said, its, changed }: ChangedOf): IncidentEvent {
  const disturbed = changed.filter(({ state }) => isDisturbed(state));
  const before = (it: JudgedComponent) => published.get(it.component);
  if (disturbed.some((it) => !published.has(it.component))) return 'joined';
  const known = disturbed.filter((it) => before(it) !== 'unknown');
  if (known.some((it) => severity(it.state) > severity(before(it)))) return 'worse';
  if (known.some((it) => ailsOtherwise(it, said) && isWorseThan(it, said))) return 'worse';
  if (disturbed.length > known.length) return 'known';
  const lost = changed.some(({ state }) => state === 'unknown');
  if (its.some(({ state }) => isDisturbed(state))) return lost ? 'unclear_in_part' : 'better';
  const was_lost = its.some((it) => it.state === 'unknown' && before(it) === 'unknown');
  if (lost || (was_lost && status !== 'unclear')) return 'unclear';
  // Nor is all over while one has not been well for long enough.
  const is_well = (it: JudgedComponent) =>
    it.state === 'operational' &&
    (changed.includes(it) || (before(it) ?? 'operational') === 'operational');
  return its.every(is_well) ? 'recovered' : 'better';
}

/** Of the same state. */
function isWorseThan(it: JudgedComponent, said: ChangedOf['said']): boolean {
  const last = said.get(it.component);
  const [is, was] = [ailmentOf(it), last ? ailmentsOf(last).to : null];
  return is !== null && was !== null && AILMENTS.indexOf(is) < AILMENTS.indexOf(was);
}

/** What has not been known for long enough is not waited for any longer. */
function isGivenUp(
  { status, taken_over }: Incident,
  its: readonly JudgedComponent[],
  input: IncidentInput,
): boolean {
  const { now, policy, blind_until } = input;
  if (status !== 'unclear' || taken_over) return false;
  if (now - (blind_until ?? 0) < policy.settle_ms) return false;
  const unknown = its.filter(({ state }) => state === 'unknown');
  const { given_up_after_ms } = NUMBERS.incident;
  return (
    unknown.length > 0 && unknown.every((it) => passedSince(it.since, input) >= given_up_after_ms)
  );
}

function passedSince(since: EpochMs, { now, time_that_never_was }: IncidentInput): number {
  const never = time_that_never_was.map(({ from, to }) =>
    Math.max(0, Math.min(to, now) - Math.max(from, since)),
  );
  return never.reduce((left, ms) => left - ms, now - since);
}

/** Whether it was disturbed and is over again after the incident was told to be over. */
function failedSince({ past }: JudgedComponent, { monitoring_at }: Incident): boolean {
  return monitoring_at !== null && past.some(({ until }) => until > monitoring_at);
}

/** One that was disturbed for less than is told since it was told to be well, and is so again. */
function wellAgain(
  it: JudgedComponent,
  open: KnownIncident,
  input: IncidentInput,
): JudgedComponent[] {
  const { component, past, last_over } = it;
  const told = open.updates.findLast(({ affected }) =>
    affected.some((of) => of.component === component),
  );
  const was = told?.affected.find((of) => of.component === component)?.to;
  if (!told || was !== 'operational' || last_over === null || past.length > 0) return [];
  if (!isWell(it) || !hasHeld(it, input) || last_over.until <= told.created_at) return [];
  const others = [...input.open, ...input.resolved].filter((one) => one !== open);
  return others.some(({ incident }) => isToldBy(incident, component, last_over))
    ? []
    : [{ ...it, past: [last_over] }];
}

function isWell({ state, is_current }: JudgedComponent): boolean {
  return state === 'operational' && is_current;
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
  if (!involved.every(isWell)) return false;
  // By then it had been well for `settle`.
  const watched_since = Math.max(
    monitoring_at - policy.settle_ms,
    blind_until ?? 0,
    ...involved.map(({ since }) => since),
  );
  return now - watched_since >= policy.resolve_after_ms;
}

function opens(component: JudgedComponent, { now, policy }: IncidentInput): boolean {
  if (!component.is_current || isRightAfter(component.uncovered_since, now)) return false;
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
  const { monitoring_at, resolved_at, impact } = resolved;
  if (resolved_at === null) return false;
  // What is degraded after an outage is something else; after the like it is the same again.
  const isAsBad = impact === 'minor' ? isDisturbed : isOutage;
  return failing.some(
    (it) =>
      isAsBad(it.state) &&
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
