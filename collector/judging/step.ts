import type { ComponentStatus, Transition } from '../../model/component.ts';
import type { UpdateCode } from '../../model/incident.ts';
import { advanceIncident, type IncidentStep } from '../../model/judge/incident.ts';
import type { Notice, NoticeKind } from '../../model/notice.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Change } from '../../store/ports/changes.ts';
import { type Step, statusOf } from '../state/live-state.ts';
import { alertsAfter } from './alerts.ts';
import type { ComponentChange, Facts, Findings, JudgingContext } from './evaluation.ts';

/**
 * The step of findings: the facts, and everything that the new verdicts imply — the components'
 * rows, transitions, the incidents and alerts of their systems (and of `systems`), notices and
 * public changes. The one way by which results, journeys, expiry, windows and gaps change what is
 * said.
 */
export function implied(
  context: JudgingContext,
  findings: readonly Findings[],
  { systems = [] }: { systems?: Iterable<string> } = {},
): Step {
  const { site, live, now, newId } = context;
  const moves = findings.flatMap((it) => it.moves);
  const transitions = moves.flatMap((move) => transitionOf(move, now));
  const components = moves.map(standing);
  const touched = new Set([
    ...systems,
    ...components.flatMap(({ component }) => systemOf(component)),
  ]);
  const standings = new Map(components.map((status) => [status.component, status]));
  const alerts = alertsAfter(context, [
    ...standings.values(),
    ...[...systems].flatMap((system) => unmoved(system)),
  ]);
  const steps = [...touched].flatMap((system) => incidentStep(system) ?? []);
  const simulated = moves.some((move) => move.simulated);
  const incidents = steps.map(({ incident }) => ({
    ...incident,
    simulated: incident.simulated || simulated,
  }));
  return {
    recording: {
      ...factsOf(findings),
      components,
      transitions,
      incidents,
      updates: steps.map((step) => step.update),
      alerts: alerts.alerts,
      notices: [...steps.map((step) => noticeOf(step, newId())), ...alerts.notices],
      changes: [...transitions.map(stateChange), ...steps.map(incidentChange)],
    },
    recent: findings.flatMap((it) => it.recent ?? []),
    syncs: findings.flatMap((it) => it.syncs ?? []),
  };

  function systemOf(component: string): string[] {
    const known = site.components.get(component);
    return known ? [known.system] : [];
  }

  function unmoved(system: string): ComponentStatus[] {
    const known = site.systems.get(system)?.components ?? [];
    return known.flatMap(({ id }) => (standings.has(id) ? [] : statusOf(live, id, now)));
  }

  function incidentStep(system: string): IncidentStep | null {
    const measured = site.systems.get(system);
    if (!measured) return null;
    return advanceIncident({
      system,
      components: measured.components.map(({ id, function: fn }) => {
        const { state, since } = standings.get(id) ?? statusOf(live, id, now);
        return { component: id, function: fn, state, since };
      }),
      open: live.open_incidents.get(system) ?? null,
      last_resolved: live.resolved_incidents.get(system) ?? null,
      now,
      policy: measured.incident_policy,
      newId,
    });
  }
}

function factsOf(findings: readonly Findings[]): Facts {
  const [only, second] = findings;
  if (only && !second) return only.facts;
  const all = findings.map((it) => it.facts);
  return {
    results: all.flatMap((it) => it.results ?? []),
    judgements: all.flatMap((it) => it.judgements ?? []),
    journeys: all.flatMap((it) => it.journeys ?? []),
    looks: all.flatMap((it) => it.looks ?? []),
    gaps: all.flatMap((it) => it.gaps ?? []),
  };
}

/**
 * The row of the component: a new state counts from `since`, but never from before the state it
 * follows.
 */
function standing({ before, after, since }: ComponentChange): ComponentStatus {
  const from = after.state === before.state ? before.since : Math.max(before.since, since);
  return { ...after, since: from };
}

function transitionOf(move: ComponentChange, now: EpochMs): Transition[] {
  const { before, after, cause, cause_ref, simulated } = move;
  if (after.state === before.state) return [];
  const { since } = standing(move);
  return [
    {
      component: after.component,
      from: before.state,
      to: after.state,
      since,
      recorded_at: now,
      cause,
      cause_ref,
      notes: after.notes,
      simulated,
    },
  ];
}

const NOTICE_KINDS: Partial<Record<UpdateCode, NoticeKind>> = {
  opened: 'incident_opened',
  resolved: 'incident_resolved',
};

function noticeOf({ incident, update }: IncidentStep, id: string): Notice {
  return {
    id,
    kind: NOTICE_KINDS[update.code] ?? 'incident_updated',
    ref: incident.id,
    update: update.id,
    created_at: update.created_at,
  };
}

function stateChange({ component, recorded_at }: Transition): Change {
  return { kind: 'state', ref: component, at: recorded_at };
}

function incidentChange({ incident, update }: IncidentStep): Change {
  return { kind: 'incident', ref: incident.id, at: update.created_at };
}
