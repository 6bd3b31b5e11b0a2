import type { ComponentStatus, Transition } from '../../model/component.ts';
import { correctionOf } from '../../model/correction.ts';
import {
  type IncidentChange,
  incidentNotice,
  incidentProven,
  type JudgedComponent,
} from '../../model/incident/change.ts';
import { type DisturbanceOver, newlyPast, stillPast } from '../../model/incident/past.ts';
import type { Incident } from '../../model/incident.ts';
import { advanceIncident } from '../../model/judge/incident.ts';
import { latest } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { Change } from '../../store/ports/changes.ts';
import { type LiveState, type Step, statusOf } from '../state/live-state.ts';
import { type MeasuredComponent, onlyLine } from '../state/site.ts';
import { alertChanges, linkedAlerts } from './alerts.ts';
import type { ComponentChange, Evaluation, Facts, JudgingContext } from './evaluation.ts';
import { journalWith } from './journal.ts';

/**
 * Combines evaluations into a step: their rows, and the consequences of the new verdicts: component
 * rows, transitions, incidents and alerts of their systems, notices and public changes. The only
 * way in which results, journeys, expiry, windows and gaps change published state.
 */
export function stepOf(context: JudgingContext, evaluations: readonly Evaluation[]): Step {
  return stepWith(context, evaluations, []);
}

/**
 * The same, and what time alone does to the incidents and alerts of all systems. Only now it is
 * told what was known late: one of the results before it may have taken it back.
 */
export function stepOfAll(context: JudgingContext, evaluations: readonly Evaluation[]): Step {
  const step = stepWith(context, evaluations, [...context.site.systems.keys()]);
  const told = [...context.live.past.keys()].map((component) => [component, null] as const);
  return { ...step, past: [...told, ...(step.past ?? [])] };
}

function stepWith(
  context: JudgingContext,
  evaluations: readonly Evaluation[],
  systems: readonly string[],
): Step {
  const judged = statesOf(context, evaluations);
  const { components = [], transitions = [] } = judged.recording;
  const changed = new Map(components.map((status) => [status.component, status]));
  const affected = new Set([...systems, ...systemsOf(context, components)]);
  const alert_changes = alertChanges(context, [
    ...components,
    ...systems.flatMap((system) => unchangedComponents(context, system, changed)),
  ]);
  const past = systems.length === 0 ? new Map() : pastNow(context.live);
  const incident_changes = [...affected].flatMap(
    (system) => advancedIncident(context, system, changed, past) ?? [],
  );
  const told = new Set(incident_changes.map(({ incident }) => incident.system));
  const proven = [...affected].flatMap((system) =>
    told.has(system) ? [] : (provenIncident(context, system, changed) ?? []),
  );
  const simulated = evaluations.some((it) => it.component_changes.some((of) => of.simulated));
  const incidents = [...incident_changes.map((it) => it.incident), ...proven].map((incident) => ({
    ...incident,
    simulated: incident.simulated || simulated,
  }));
  return {
    ...judged,
    recording: {
      ...judged.recording,
      incidents,
      updates: incident_changes.map(({ update }) => update),
      alerts: linkedAlerts(context, alert_changes, incidents),
      notices: [
        ...incident_changes.map(({ update }) => incidentNotice(update, context.newId())),
        ...alert_changes.map(({ notice }) => notice),
      ],
      changes: [
        ...transitions.map(stateChange),
        ...incident_changes.map(publicChange),
        ...proven.map(({ id, updated_at: at }) => ({ kind: 'incident' as const, ref: id, at })),
      ],
    },
  };
}

/** The same without what follows of it for others: rows, states, and their transitions. */
export function statesOf(context: JudgingContext, evaluations: readonly Evaluation[]): Step {
  const told = evaluations.map(({ event, component_changes }) => ({
    event,
    changes: component_changes.map((change) => toldChange(context, change)),
  }));
  const changes = told.flatMap((it) => it.changes);
  return {
    recording: {
      ...factsOf(evaluations),
      components: changes.map(({ status }) => status),
      transitions: changes.flatMap(({ transitions }) => transitions),
    },
    spells: evaluations.flatMap((it) => it.spells ?? []),
    histories: evaluations.flatMap((it) => it.histories ?? []),
    shares: evaluations.flatMap((it) => it.shares ?? []),
    recent: evaluations.flatMap((it) => it.recent ?? []),
    past: pastAfter(context.live, changes),
    journals: told.flatMap(({ event, changes: its }) =>
      its.flatMap(({ status, touched_at }) =>
        journalWith(context, event, status.component, touched_at),
      ),
    ),
    syncs: evaluations.flatMap((it) => it.syncs ?? []),
  };
}

function systemsOf({ site }: JudgingContext, components: readonly ComponentStatus[]): string[] {
  return components.flatMap(({ component }) => site.components.get(component)?.system ?? []);
}

/** The unchanged components of the system. */
function unchangedComponents(
  { site, live, now }: JudgingContext,
  system: string,
  changed: ReadonlyMap<ComponentId, ComponentStatus>,
): ComponentStatus[] {
  const all = site.systems.get(system)?.components ?? [];
  return all.filter(({ id }) => !changed.has(id)).map(({ id }) => statusOf(live, id, now));
}

/** The change of the system's incident caused by these component changes. */
function advancedIncident(
  { site, live, now, newId }: JudgingContext,
  system: string,
  changed: ReadonlyMap<ComponentId, ComponentStatus>,
  past: ReadonlyMap<ComponentId, DisturbanceOver>,
): IncidentChange | null {
  const measured = site.systems.get(system);
  if (!measured) return null;
  return advanceIncident({
    system,
    components: componentsNow({ live, now }, measured.components, changed, past),
    open: live.open_incidents.get(system) ?? null,
    last_resolved: live.resolved_incidents.get(system) ?? null,
    only_line: onlyLine(site),
    blind_until: blindUntil(live, now),
    now,
    policy: measured.incident_policy,
    newId,
  });
}

/** The open incident of a system, if what fails now is no longer perhaps ours. */
function provenIncident(
  { site, live, now }: JudgingContext,
  system: string,
  changed: ReadonlyMap<ComponentId, ComponentStatus>,
): Incident | null {
  const open = live.open_incidents.get(system)?.incident;
  const components = site.systems.get(system)?.components;
  if (!open || !components) return null;
  return incidentProven(open, componentsNow({ live, now }, components, changed), now);
}

function componentsNow(
  { live, now }: Pick<JudgingContext, 'live' | 'now'>,
  components: readonly MeasuredComponent[],
  changed: ReadonlyMap<ComponentId, ComponentStatus>,
  past: ReadonlyMap<ComponentId, DisturbanceOver> = new Map(),
): JudgedComponent[] {
  return components.map(({ id, function: fn }) => {
    const before = statusOf(live, id, now);
    const { state, since, notes } = changed.get(id) ?? before;
    // A state that lasts began before this step: what it was then is not kept.
    const was = before.state === state ? 'operational' : before.state;
    return { component: id, function: fn, state, was, since, notes, past: past.get(id) ?? null };
  });
}

/** Of a step of the clock, incidents know by themselves; of a disk, everything was measured. */
function blindUntil({ last_gaps }: LiveState, now: EpochMs): EpochMs | null {
  const blind = last_gaps.filter(
    ({ cause, to }) => (cause === 'restart' || cause === 'suspended') && to <= now,
  );
  return latest(blind.map(({ to }) => to));
}

function pastNow({ told, past }: LiveState): Map<ComponentId, DisturbanceOver> {
  const now = [...past].flatMap(([component, found]): [ComponentId, DisturbanceOver][] => {
    const still = stillPast(told.get(component) ?? [], found);
    return still === null ? [] : [[component, still]];
  });
  return new Map(now);
}

function factsOf(evaluations: readonly Evaluation[]): Facts {
  const [only, second] = evaluations;
  if (only && !second) return only.facts;
  const all = evaluations.map((it) => it.facts);
  return {
    results: all.flatMap((it) => it.results ?? []),
    judgements: all.flatMap((it) => it.judgements ?? []),
    specimens: all.flatMap((it) => it.specimens ?? []),
    specimen_changes: all.flatMap((it) => it.specimen_changes ?? []),
    journeys: all.flatMap((it) => it.journeys ?? []),
    looks: all.flatMap((it) => it.looks ?? []),
  };
}

function pastAfter(
  { told, past }: LiveState,
  changes: readonly ToldChange[],
): [ComponentId, readonly DisturbanceOver[]][] {
  return changes.flatMap(({ status: { component }, transitions }) => {
    const found = newlyPast(told.get(component) ?? [], transitions);
    return found.length === 0 ? [] : [[component, [...(past.get(component) ?? []), ...found]]];
  });
}

interface ToldChange {
  status: ComponentStatus;
  transitions: Transition[];
  /** From when on something was judged; null: nothing began or ended. */
  touched_at: EpochMs | null;
}

/** The new row of a component, and what makes the ledger say what was judged. */
function toldChange({ live, now }: JudgingContext, change: ComponentChange): ToldChange {
  const { before, after, states, is_told_anew = false } = change;
  const { component } = after;
  if (states === null)
    return { status: { ...after, since: before.since }, transitions: [], touched_at: null };
  const told = live.told.get(component) ?? [];
  const { since, transitions } = correctionOf({ component, told, derived: states, now });
  const last = states.at(-1) ?? states[0];
  const anew = { ...last, component, from: before.state, recorded_at: now };
  return {
    status: { ...after, since: since ?? before.since },
    transitions: transitions.length === 0 && is_told_anew ? [anew] : transitions,
    touched_at: states[0].since,
  };
}

function stateChange({ component, recorded_at }: Transition): Change {
  return { kind: 'state', ref: component, at: recorded_at };
}

function publicChange({ incident, update }: IncidentChange): Change {
  return { kind: 'incident', ref: incident.id, at: update.created_at };
}
