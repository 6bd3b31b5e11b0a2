import type { ComponentStatus, Gap } from '../../model/component.ts';
import { isExpired, refreshDue } from '../../model/judge/component.ts';
import {
  type Step,
  type SyncMemory,
  statusOf,
  syncMemoryOf,
  windowAt,
} from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { ComponentChange, Findings, JudgingContext } from './evaluation.ts';
import { forgettingLost, judgedSync, lostJourney, overdueJourneys } from './journey.ts';
import {
  afterMoves,
  type MaintenanceMove,
  maintenanceMoves,
  maintenanceRecording,
  uncoveredSince,
} from './maintenance.ts';
import { implied } from './step.ts';
import { verdictNow } from './verdict.ts';

/**
 * What the passing of time alone means: maintenance that begins, overruns or is completed, states
 * that ran out, journeys that are lost, syncs that stall, incidents that open or resolve by
 * duration. null when nothing has happened.
 */
export function afterTime(before: JudgingContext): Step | null {
  const maintenance = maintenanceMoves(before);
  const context = afterMoves(before, maintenance);
  const components = [...context.site.components.values()];
  const findings = components.flatMap((component) =>
    component.function === 'sync' ? timedSync(context, component) : timedMove(context, component),
  );
  const step = implied(context, findings, { systems: context.site.systems.keys() });
  const { updates = [], alerts = [] } = step.recording;
  const nothing = maintenance.length + findings.length + updates.length + alerts.length === 0;
  return nothing ? null : withMaintenance(step, maintenance, context.newId);
}

/** The step with the maintenances that moved and all that tells of them. */
function withMaintenance(
  { recording, ...rest }: Step,
  moves: readonly MaintenanceMove[],
  newId: () => string,
): Step {
  const { notices, changes, ...rows } = maintenanceRecording(moves, newId);
  return {
    ...rest,
    recording: {
      ...recording,
      ...rows,
      notices: [...(recording.notices ?? []), ...notices],
      changes: [...(recording.changes ?? []), ...changes],
    },
  };
}

/** A check speaks until its judgement runs out; a maintenance covers its scope while it runs. */
function timedMove(context: JudgingContext, component: MeasuredComponent): Findings[] {
  const { live, now } = context;
  const before = statusOf(live, component.id, now);
  const window = windowAt(live, component.id, now);
  const in_window = before.state === 'under_maintenance';
  const same = (window !== null) === in_window;
  if (same && !isExpired(before, now) && !refreshDue(before, now)) return [];
  const move: ComponentChange = {
    before,
    after: { ...before, ...verdictNow(context, component) },
    ...timedCause(),
    cause_ref: null,
    simulated: false,
  };
  return [{ facts: {}, moves: [move] }];

  function timedCause(): Pick<ComponentChange, 'since' | 'cause'> {
    if (window) return { since: window.from, cause: 'window' };
    if (in_window) return { since: uncoveredSince(context, component), cause: 'window' };
    return { since: before.valid_until ?? now, cause: 'expired' };
  }
}

function timedSync(context: JudgingContext, component: MeasuredComponent): Findings[] {
  const lost = overdueJourneys(context.live, component, context.now).map(lostJourney);
  const memory = forgettingLost(syncMemoryOf(context.live, component), lost, context.now);
  const judged = judgedSync(context, component, memory, { simulated: false });
  const { before, after } = judged.move;
  const same = after.state === before.state && !refreshDue(before, context.now);
  if (same && lost.length === 0) return [];
  const uncovered = before.state === 'under_maintenance' && after.state !== before.state;
  const move: ComponentChange = uncovered
    ? { ...judged.move, since: uncoveredSince(context, component), cause: 'window' }
    : judged.move;
  return [
    {
      facts: { journeys: lost },
      moves: [move],
      syncs: [[component.id, judged.memory]],
    },
  ];
}

/**
 * What our own downtime means: the gap, and every state that ran out in it, back-dated to when it
 * did. A short gap leaves the states that were still valid at its end.
 */
export function afterGap(context: JudgingContext, gap: Gap): Findings {
  const { site, live, now } = context;
  const expired = [...site.components.keys()]
    .map((id) => statusOf(live, id, now))
    .filter((status) => isExpired(status, gap.to));
  const moves = expired.map((before) => ({
    before,
    after: unknownAfter(before, gap),
    since: before.valid_until ?? gap.from,
    cause: 'gap' as const,
    cause_ref: null,
    simulated: false,
  }));
  const syncs = expired.flatMap((status) => unwatched(context, status));
  return { facts: { gaps: [gap] }, moves, syncs };
}

function unknownAfter(before: ComponentStatus, gap: Gap): ComponentStatus {
  return { ...before, state: 'unknown', notes: [{ code: 'gap', from: gap.from }] };
}

/** Nobody watched the sync while we were down: a stall counts from the next answer on. */
function unwatched(
  { live }: JudgingContext,
  { component }: ComponentStatus,
): [string, SyncMemory][] {
  const memory = live.syncs.get(component);
  return memory ? [[component, { ...memory, watched_since: null }]] : [];
}
