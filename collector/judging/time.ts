import { isDeepStrictEqual } from 'node:util';
import type { ComponentStatus, Gap } from '../../model/component.ts';
import type { Journey } from '../../model/journey.ts';
import { isValid } from '../../model/judge/judgement.ts';
import { isExpired, refreshDue } from '../../model/judge/validity.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { judgementOf, type Step, statusOf, syncMemoryOf, windowAt } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import { type SyncMemory, withoutLost } from '../state/sync-memory.ts';
import type { ComponentChange, Evaluation, JudgingContext } from './evaluation.ts';
import { expiredSince } from './expiry.ts';
import { endedJourney } from './journey.ts';
import {
  judgedSince,
  type MaintenanceAdvance,
  maintenanceAdvances,
  maintenanceRecording,
  withAdvances,
} from './maintenance.ts';
import { stepOf } from './step.ts';
import { judgeSyncComponent } from './sync.ts';
import { verdictNow } from './verdict.ts';

/**
 * The effects of time alone: maintenance that starts, overruns or completes, expired states, lost
 * journeys, stalled syncs, incidents that open or resolve by duration. null when there are none.
 */
export function stepOfTime(before: JudgingContext): Step | null {
  const advances = maintenanceAdvances(before);
  const context = withAdvances(before, advances);
  const components = [...context.site.components.values()];
  const evaluations = components.flatMap((component) =>
    component.function === 'sync'
      ? evaluateSyncNow(context, component)
      : evaluateChecksNow(context, component),
  );
  const step = stepOf(context, evaluations, [...context.site.systems.keys()]);
  const { updates = [], alerts = [] } = step.recording;
  const nothing = advances.length + evaluations.length + updates.length + alerts.length === 0;
  return nothing ? null : withMaintenance(step, advances, context.newId);
}

/** The step including the advanced maintenances and their updates. */
function withMaintenance(
  { recording, ...rest }: Step,
  advances: readonly MaintenanceAdvance[],
  newId: () => string,
): Step {
  const { notices, changes, ...rows } = maintenanceRecording(advances, newId);
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

/** Judgements expire; a maintenance covers its scope while it runs. */
export function evaluateChecksNow(
  given: JudgingContext,
  component: MeasuredComponent,
): Evaluation[] {
  const { live } = given;
  const before = statusOf(live, component.id, given.now);
  // What has run out is judged as of then, however late that is noticed.
  const context = { ...given, now: ranOutAt(before, given.now) ?? given.now };
  const { now } = context;
  const window = windowAt(live, component.id, now);
  const in_window = before.state === 'under_maintenance';
  const same = (window !== null) === in_window;
  if (same && !isExpired(before, now) && !refreshDue(before, now) && !isOutOfDate()) return [];
  const after = { ...before, ...verdictNow(context, component) };
  const rest = { cause_ref: null, simulated: false };
  const change = changeNow();
  const at = window !== null && !in_window ? Math.min(now, window.from) : now;
  // What a window covered that is over cannot be judged again.
  const event = in_window ? {} : { event: { kind: 'time', at } as const };
  return [{ facts: {}, component_changes: [{ before, ...change, ...rest }], ...event }];

  function changeNow(): Pick<ComponentChange, 'after' | 'since' | 'cause'> {
    if (window && in_window) {
      const expired = { ...before, valid_until: now };
      return { after, since: expiredSince(context, component, expired), cause: 'expired' };
    }
    if (window) return { after, since: window.from, cause: 'window' };
    if (in_window) return { after, since: judgedSince(context, component), cause: 'window' };
    return expiredChange(context, component, { before, after });
  }

  /** What is said beside the state may rest on a check that has expired, as the state does not. */
  function isOutOfDate(): boolean {
    if (in_window || !saysMore(before, component)) return false;
    if (component.checks.every(({ id }) => isValid(judgementOf(live, id), now))) return false;
    return !isDeepStrictEqual(verdictNow(context, component).notes, before.notes);
  }
}

/** The first instant at which the state no longer held; null: it does. */
function ranOutAt(status: ComponentStatus, now: EpochMs): EpochMs | null {
  return isExpired(status, now) && status.valid_until !== null ? status.valid_until + 1 : null;
}

/** Of its other checks, or, unknown, that it is being measured. */
function saysMore({ state, notes }: ComponentStatus, { checks }: MeasuredComponent): boolean {
  return state === 'unknown'
    ? notes.some(({ code }) => code === 'unconfirmed' || code === 'recovering')
    : checks.length > 1;
}

/** By the gap that it lies in, if there was one. */
function expiredChange(
  context: JudgingContext,
  component: MeasuredComponent,
  { before, after }: Pick<ComponentChange, 'before' | 'after'>,
): Pick<ComponentChange, 'after' | 'since' | 'cause'> {
  const since = expiredSince(context, component, before);
  const gap = context.live.last_gaps.findLast(({ from, to }) => from <= since && since <= to);
  return after.state === 'unknown' && gap !== undefined
    ? { after: unknownIn(gap, after), since, cause: 'gap' }
    : { after, since, cause: 'expired' };
}

/**
 * What had run out by the instant of something newer, although nobody said so: results between were
 * dropped, or time was not looked at meanwhile. A state is known for no longer than it was valid,
 * and covered for no longer than its window, whatever follows. One after the other, each judged by
 * what the one before left in the live state.
 */
export function* lapses(
  context: JudgingContext,
  component: MeasuredComponent,
  at: EpochMs,
): Generator<Evaluation> {
  const then = { ...context, now: Math.min(context.now, at) };
  const is_sync = component.function === 'sync';
  while (hasLapsed(then, component.id)) {
    const found = is_sync ? evaluateSyncNow(then, component) : evaluateChecksNow(then, component);
    yield* found;
    if (is_sync || found.length === 0) return;
  }
}

function hasLapsed({ live, now }: JudgingContext, id: string): boolean {
  const status = statusOf(live, id, now);
  const is_covered = status.state === 'under_maintenance';
  return isExpired(status, now) || (is_covered && windowAt(live, id, now) === null);
}

/** A journey is lost after `lost_after`; a sync without answered looks is unknown. */
function evaluateSyncNow(context: JudgingContext, component: MeasuredComponent): Evaluation[] {
  const known = syncMemoryOf(context.live, component);
  const lost = overdueJourneys(known, component, context.now);
  const memory = withoutLost(known, lost, context.now);
  const judged = judgeSyncComponent(context, component, memory);
  const { before, after } = judged.change;
  const same = after.state === before.state && !refreshDue(before, context.now);
  if (same && lost.length === 0) return [];
  const uncovered = before.state === 'under_maintenance' && after.state !== before.state;
  const change: ComponentChange = uncovered
    ? { ...judged.change, since: judgedSince(context, component), cause: 'window' }
    : judged.change;
  return [
    {
      facts: { journeys: lost },
      component_changes: [change],
      syncs: [[component.id, judged.memory]],
    },
  ];
}

function overdueJourneys(
  { waiting }: SyncMemory,
  { policy }: MeasuredComponent,
  now: EpochMs,
): Journey[] {
  return [...waiting.values()]
    .filter((journey) => now - journey.accepted_at > policy.lost_after_ms)
    .map((journey) => endedJourney(journey, 'lost'));
}

/**
 * The effects of a gap: every state that expired in it, dated at the first slot without a result. A
 * short gap does not affect states still valid at its end. What time alone found expired before the
 * gap was known is unknown by the gap: a transition of its own corrects the one before.
 */
export function evaluateGap(context: JudgingContext, gap: Gap): Evaluation {
  const { site, live, now } = context;
  const expired = [...site.components.keys()]
    .map((id) => statusOf(live, id, now))
    .filter((status) => isExpired(status, gap.to) || hasExpiredIn(gap, status));
  const component_changes = expired.map((before) => ({
    before,
    after: statusInGap(context, gap, before),
    since: expiredSince(context, componentOf(context, before), before),
    cause: 'gap' as const,
    cause_ref: null,
    is_correction: before.state === 'unknown',
    simulated: false,
  }));
  const syncs = expired.flatMap((status) => unwatched(context, status));
  return { facts: {}, component_changes, event: { kind: 'gap', at: gap.to, gap }, syncs };
}

function hasExpiredIn({ from, to }: Gap, { state, notes, valid_until }: ComponentStatus): boolean {
  const is_expired = state === 'unknown' && notes.some(({ code }) => code === 'expired');
  return is_expired && valid_until !== null && from <= valid_until && valid_until <= to;
}

/** What other checks still say of it, else unknown, by the gap. */
function statusInGap(context: JudgingContext, gap: Gap, before: ComponentStatus): ComponentStatus {
  const component = context.site.components.get(before.component);
  if (!component || component.function === 'sync') return unknownIn(gap, before);
  const verdict = verdictNow({ ...context, now: gap.to }, component);
  const is_known = verdict.state !== 'unknown' && verdict.state !== 'under_maintenance';
  return is_known ? { ...before, ...verdict } : unknownIn(gap, before);
}

function unknownIn({ from, cause }: Gap, status: ComponentStatus): ComponentStatus {
  return { ...status, state: 'unknown', notes: [{ code: 'gap', from, cause }] };
}

function componentOf({ site }: JudgingContext, { component }: ComponentStatus) {
  return site.components.get(component) ?? { checks: [] };
}

/** The sync was not observed during downtime: a stall counts from the next answer on. */
function unwatched(
  { live }: JudgingContext,
  { component }: ComponentStatus,
): [string, SyncMemory][] {
  const memory = live.syncs.get(component);
  return memory ? [[component, { ...memory, watched_since: null }]] : [];
}
