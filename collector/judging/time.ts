import { isDeepStrictEqual } from 'node:util';
import { saysTheSame } from '../../model/ailment.ts';
import type { ComponentStatus, Gap } from '../../model/component.ts';
import { isOwnTraffic } from '../../model/configuration.ts';
import type { Journey } from '../../model/journey.ts';
import type { ComponentVerdict } from '../../model/judge/component.ts';
import { isValid } from '../../model/judge/judgement.ts';
import { expiresAt } from '../../model/judge/spells.ts';
import { isExpired, isSaidSoonAnew, refreshDue } from '../../model/judge/validity.ts';
import { earliest, latest, MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import {
  judgementOf,
  type LiveState,
  type Step,
  statusOf,
  syncMemoryOf,
  uncoveredSince,
  windowAt,
} from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import { courseOf, type SyncMemory, withoutLost } from '../state/sync-memory.ts';
import type { ComponentChange, Evaluation, JudgingContext } from './evaluation.ts';
import { lapsedSince } from './expiry.ts';
import { endedJourney } from './journey.ts';
import {
  type MaintenanceAdvance,
  maintenanceAdvances,
  maintenanceRecording,
  withAdvances,
} from './maintenance.ts';
import { stepOf } from './step.ts';
import { judgeSyncComponent } from './sync.ts';
import { gapAt, gapNotes, statesBefore, statesFrom } from './timeline.ts';
import { verdictNow } from './verdict.ts';

/**
 * The effects of time alone: maintenance that starts, overruns or completes, expired states, lost
 * journeys, stalled syncs. null when there are none.
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
  if (advances.length + evaluations.length === 0) return null;
  return withMaintenance(stepOf(context, evaluations), advances, context.newId);
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
  const context = { ...given, now: ranOutAt(given, component, before) ?? given.now };
  const { now } = context;
  const window = windowAt(live, component.id, now);
  const in_window = before.state === 'under_maintenance';
  const same = (window !== null) === in_window;
  const ended = in_window ? endedBefore(context, component, before) : null;
  const is_due =
    isExpired(before, now) ||
    refreshDue(before, now) ||
    isWatchedOn(context, component, before) ||
    isOutOfDate();
  if (same && ended === null && !is_due) return [];
  const verdict = verdictNow(context, component);
  const is_known = same && ended === null && saysTheSame(before, verdict);
  const change = is_known
    ? { before, after: { ...before, ...verdict }, states: null }
    : changeByTime(context, component, { before, window, verdict, ended });
  const at = window !== null && !in_window ? Math.min(now, window.from) : now;
  // What a window covered that is over cannot be judged again.
  const event = in_window ? {} : { event: { kind: 'time', at } as const };
  return [{ facts: {}, component_changes: [change], ...event }];

  /** What is said beside the state may rest on a check that has expired, as the state does not. */
  function isOutOfDate(): boolean {
    if (in_window || !saysMore(before, component)) return false;
    if (component.checks.every(({ id }) => isValid(judgementOf(live, id), now))) return false;
    return !isDeepStrictEqual(verdictNow(context, component).notes, before.notes);
  }
}

/**
 * Since when before its window it was not known any more, of a check that ran out since the window
 * began; null: that is told, or it does not change what is.
 */
function endedBefore(
  { live, now }: JudgingContext,
  component: MeasuredComponent,
  { since }: ComponentStatus,
): EpochMs | null {
  const ended = component.checks
    .map(({ id }) => judgementOf(live, id))
    .filter((it) => !isValid(it, now) && (it.valid_until ?? 0) >= since)
    .flatMap((it) => expiresAt(it) ?? [])
    .map((at) => Math.max(at, live.kept_from));
  const from = earliest(ended.filter((at) => at < since));
  if (from === null) return null;
  const told = live.told.get(component.id) ?? [];
  const is_told = statesBefore({ live, now }, component, { from, until: since }).every(
    (state) => (told.findLast((it) => it.since <= state.since)?.to ?? 'unknown') === state.to,
  );
  return is_told ? null : from;
}

interface ChangeByTime {
  before: ComponentStatus;
  window: ReturnType<typeof windowAt>;
  verdict: ComponentVerdict;
  /** See {@link endedBefore}. */
  ended: EpochMs | null;
}

/** A state that has expired, or that a maintenance covers, or no longer does. */
function changeByTime(
  context: JudgingContext,
  component: MeasuredComponent,
  { before, window, verdict, ended }: ChangeByTime,
): ComponentChange {
  const { live, now } = context;
  const was_covered = before.state === 'under_maintenance';
  const uncovered_at = was_covered && !window ? uncoveredSince(live, before, now) : null;
  const began_at = window?.from ?? null;
  const from = was_covered
    ? (ended ?? uncovered_at ?? began_at)
    : earliest([lapsedSince(context, component, before, now), began_at]);
  const is_by_window = ended === null && (window !== null || was_covered);
  const cause = is_by_window ? 'window' : 'expired';
  const why = { cause, cause_ref: null, simulated: false } as const;
  const at = { from: from ?? now, at: now };
  const states = statesFrom(live, component, { ...at, window, verdict, why });
  const last = states.at(-1);
  if (last?.to === 'under_maintenance') last.cause = 'window';
  return inGap(live.last_gaps, {
    before,
    after: { ...before, ...verdict },
    states,
  });
}

/**
 * The first instant at which the state no longer held; null: it does. What is said for a minute at
 * a time holds as long as what it rests on.
 */
function ranOutAt(
  { live, now }: JudgingContext,
  component: MeasuredComponent,
  status: ComponentStatus,
): EpochMs | null {
  if (!isExpired(status, now) || status.valid_until === null) return null;
  const ends = restingOn(live, component, status);
  const ran_out_at = (earliest(ends) ?? status.valid_until) + 1;
  return ran_out_at <= now ? ran_out_at : null;
}

/** Ends of what is known of a silent function of own traffic, which is said for shorter. */
function restingOn(
  live: LiveState,
  { checks }: MeasuredComponent,
  { valid_until }: ComponentStatus,
): EpochMs[] {
  if (!checks.every(isOwnTraffic)) return [];
  const ends = checks.flatMap(({ id }) => judgementOf(live, id).valid_until ?? []);
  return ends.filter((at) => at >= (valid_until ?? 0));
}

/** Soon it has to be said anew that what is known of own traffic still holds. */
function isWatchedOn(
  { live, now }: JudgingContext,
  component: MeasuredComponent,
  status: ComponentStatus,
): boolean {
  const { state, valid_until } = status;
  if (state === 'unknown' || state === 'under_maintenance') return false;
  const last_until = latest(restingOn(live, component, status)) ?? 0;
  return isSaidSoonAnew(valid_until, now) && last_until > (valid_until ?? 0);
}

/** Of its other checks, or, unknown, that it is being measured. */
function saysMore({ state, notes }: ComponentStatus, { checks }: MeasuredComponent): boolean {
  return state === 'unknown'
    ? notes.some(({ code }) => code === 'unconfirmed' || code === 'recovering')
    : checks.length > 1;
}

/** What is unknown from within a gap of ours on is so by the gap. */
function inGap(gaps: readonly Gap[], change: ComponentChange): ComponentChange {
  const last = change.states?.at(-1);
  if (last?.to !== 'unknown') return change;
  const gap = gapAt(gaps, last.since);
  return gap === undefined ? change : byGap(gap, change);
}

function byGap(gap: Gap, { states, ...change }: ComponentChange): ComponentChange {
  const notes = gapNotes(gap);
  const told = states?.map((it, i) =>
    i === states.length - 1 ? { ...it, cause: 'gap' as const, cause_ref: null, notes } : it,
  );
  const [first, ...rest] = told ?? [];
  return {
    ...change,
    after: { ...change.after, state: 'unknown', notes },
    states: first ? [first, ...rest] : null,
  };
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
  // Before it began, nothing says that it is over.
  const is_covered = status.state === 'under_maintenance' && now >= status.since;
  return isExpired(status, now) || (is_covered && windowAt(live, id, now) === null);
}

/** After a step of the clock nothing is told by dates of the clock before. */
export function evaluateSyncsAnew(context: JudgingContext): Evaluation[] {
  const syncs = [...context.site.components.values()].filter((it) => it.function === 'sync');
  return syncs.flatMap((it) => evaluateSyncNow(context, it, { is_due: true }));
}

/** A journey is lost after `lost_after`; a sync without answered looks is unknown. */
function evaluateSyncNow(
  context: JudgingContext,
  component: MeasuredComponent,
  { is_due = false } = {},
): Evaluation[] {
  const known = syncMemoryOf(context.live, component);
  const lost = overdueJourneys(known, component, context.now);
  const memory = withoutLost(known, lost, context.now);
  const judged = judgeSyncComponent(context, component, memory);
  const { before, states } = judged.change;
  const is_changed =
    lost.length > 0 ||
    states !== null ||
    refreshDue(before, context.now) ||
    // It stands still after it lost some: what it went through changes, and no state does.
    !isDeepStrictEqual(courseOf(known), courseOf(judged.memory)) ||
    isOutOfTime(known, judged.change, context.now);
  if (!is_due && !is_changed) return [];
  return [
    {
      facts: { journeys: lost },
      component_changes: [judged.change],
      syncs: [[component.id, judged.memory]],
    },
  ];
}

/** "In the last 24 hours" is told as of now, also while nothing happens. */
function isOutOfTime(
  { told_at }: SyncMemory,
  { before, after }: ComponentChange,
  now: EpochMs,
): boolean {
  if (before.sync === null || now - (told_at ?? 0) < MINUTE) return false;
  return !isDeepStrictEqual(before.sync, after.sync);
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
  const expired = [...site.components.values()].filter(({ id }) => {
    const status = statusOf(live, id, now);
    return isExpired(status, gap.to) || hasExpiredIn(gap, status);
  });
  return {
    facts: {},
    component_changes: expired.map((component) => changeByGap(context, gap, component)),
    event: { kind: 'gap', at: gap.to, gap },
    syncs: expired
      // In a time that never was nobody could look, and nothing could arrive.
      .filter((it) => it.function === 'sync' && gap.cause !== 'clock')
      .map((it) => [it.id, unwatched(syncMemoryOf(live, it))]),
  };
}

function hasExpiredIn({ from, to }: Gap, { state, notes, valid_until }: ComponentStatus): boolean {
  const is_expired = state === 'unknown' && notes.some(({ code }) => code === 'expired');
  return is_expired && valid_until !== null && from <= valid_until && valid_until <= to;
}

/** What other checks still say of it, else unknown, by the gap. */
function changeByGap(
  context: JudgingContext,
  gap: Gap,
  component: MeasuredComponent,
): ComponentChange {
  const { live, now } = context;
  const before = statusOf(live, component.id, now);
  const is_told_anew = before.state === 'unknown';
  const why = { cause: 'gap', cause_ref: null, simulated: false } as const;
  if (component.function === 'sync') {
    const since = is_told_anew ? before.since : (before.valid_until ?? now);
    const from = Math.max(before.since, since);
    const states = [{ to: 'unknown', since: from, notes: gapNotes(gap), ...why }] as const;
    const course = courseOf(unwatched(syncMemoryOf(live, component)));
    return byGap(gap, { before, after: { ...before, course }, states, is_told_anew });
  }
  const at = gap.to;
  const verdict = verdictNow({ ...context, now: at }, component);
  const from = lapsedSince(context, component, before, at) ?? before.since;
  const window = windowAt(live, component.id, at);
  const states = statesFrom(live, component, { from, at, window, verdict, why });
  const change = {
    before,
    after: { ...before, ...verdict },
    states,
    is_told_anew,
  };
  return verdict.state === 'unknown' ? byGap(gap, change) : change;
}

/** The sync was not observed during downtime: a stall counts from the next answer on. */
function unwatched(memory: SyncMemory): SyncMemory {
  return { ...memory, watched_since: null };
}
