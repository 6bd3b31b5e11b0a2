import { saysTheSame } from '../../model/ailment.ts';
import type { ComponentStatus, LastResult } from '../../model/component.ts';
import type { InvoiceEvent, OwnResult } from '../../model/event.ts';
import { isBad, isJudged } from '../../model/judge/bad.ts';
import { reasonOfCause } from '../../model/judge/bad-causes.ts';
import { isValid } from '../../model/judge/judgement.ts';
import { ailingOf } from '../../model/judge/lapsed.ts';
import { type JudgedTraffic, judgeTraffic } from '../../model/judge/own-traffic.ts';
import { NO_SHARE } from '../../model/judge/share.ts';
import { expiresAt, firstDifference } from '../../model/judge/spells.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { earliest, HOUR, SECOND } from '../../model/time.ts';
import {
  TOLD_WITHIN_MS,
  type TrafficCount,
  type TrafficWindow,
  trafficUntil,
  windowFrom,
  withCounts,
} from '../../model/traffic.ts';
import { componentId, type EpochMs } from '../../model/vocabulary.ts';
import {
  judgementOf,
  type KeptTraffic,
  type LiveState,
  NO_TRAFFIC,
  statusOf,
  uncoveredSince,
  windowAt,
} from '../state/live-state.ts';
import { toldBeside } from '../state/recent.ts';
import { recentEventsUntil, toldDelays, withRecentEvents } from '../state/recent-traffic.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { ComponentChange, Evaluation, JudgingContext } from './evaluation.ts';
import { lapsedSince } from './expiry.ts';
import { statesFrom } from './timeline.ts';
import { verdictAt } from './verdict.ts';

/**
 * What is judged by windows looks back by the longest of them, which ends where nothing was heard,
 * and by the day of which the usual share is.
 */
export const TRAFFIC_LEARNS_FOR_MS =
  NUMBERS.traffic.results * NUMBERS.traffic.quiet_ms + NUMBERS.traffic.usual_of_hours * HOUR;

/** What the events tell of the functions that own traffic is configured for. */
export function ownResultsOf(
  { site, now }: Pick<JudgingContext, 'site' | 'now'>,
  events: readonly InvoiceEvent[],
): OwnResult[] {
  return events.flatMap(({ id, system, at, told }) => {
    const check = told && site.own_traffic.get(componentId(system, told.function));
    if (!check) return [];
    const { outcome, duration_ms, code } = told;
    const result = { check: check.id, at, event: id, outcome, duration_ms, code };
    return [{ ...result, received_at: now }];
  });
}

/** How many events of each second say something of the system, and what, if they came in time. */
export function countsOf(results: readonly OwnResult[]): TrafficCount[] {
  return results.flatMap(({ at, outcome, code, received_at }): TrafficCount[] => {
    const is_late = received_at !== null && received_at - at > TOLD_WITHIN_MS;
    if (is_late || !isJudged(outcome)) return [];
    const second = { at: secondOf(at) };
    return isBad(outcome)
      ? [{ ...second, good: 0, bad: 1, cause: { outcome, code } }]
      : [{ ...second, good: 1, bad: 0, cause: null }];
  });
}

function secondOf(at: EpochMs): EpochMs {
  return at - (at % SECOND);
}

/** The effect of new events of own traffic on its component, whenever they happened. */
export function evaluateOwnResults(
  context: JudgingContext,
  component: MeasuredComponent,
  check: string,
  results: readonly OwnResult[],
): Evaluation {
  const { live } = context;
  const known_traffic = live.traffic.get(check) ?? NO_TRAFFIC;
  const kept = trafficWith(context, check, known_traffic, results);
  const { change, ...evaluation } = evaluateTraffic(context, component, check, kept);
  const last = lastOf(change.before.last, results);
  const recent = toldBeside(toldDelays(kept.recent), change.after.recent);
  return {
    ...evaluation,
    facts: { ...evaluation.facts, own_results: [...results] },
    component_changes: [{ ...change, after: { ...change.after, last, recent } }],
  };
}

/**
 * The own traffic of each component of which windows are over since they were judged, or something
 * else is usual from now on.
 */
export function trafficDue({ site, live, now }: JudgingContext) {
  return [...site.own_traffic].flatMap(([id, check]) => {
    const kept = live.traffic.get(check.id);
    const component = site.components.get(id);
    if (!kept || !component || !hasHappened(kept)) return [];
    const last_from = kept.traffic.at(-1)?.from ?? 0;
    const is_over = kept.judged_until < windowFrom(now) && last_from >= kept.judged_until;
    const is_due = is_over || kept.usual_from !== usualFrom(live, check.id, now);
    return is_due ? [{ component, check: check.id, kept }] : [];
  });
}

function hasHappened({ traffic, well_at }: KeptTraffic): boolean {
  return traffic.length > 0 || well_at !== null;
}

/** From when on what is usual now is known; 0: it is not. */
function usualFrom({ usual_traffic }: LiveState, check: string, now: EpochMs): EpochMs {
  return usual_traffic.get(check)?.findLast(({ from }) => from <= now)?.from ?? 0;
}

/** What the traffic says now. */
export function evaluateTraffic(
  context: JudgingContext,
  component: MeasuredComponent,
  check: string,
  kept: KeptTraffic,
): Evaluation & { change: ComponentChange } {
  const { live, now } = context;
  const newest = judgedTraffic(context, check, kept);
  const change = changeByTraffic(context, component, newest);
  return {
    change,
    facts: { judgements: [newest.judgement] },
    component_changes: [change],
    spells: [[check, newest.spells]],
    traffic: [[check, { ...kept, ...judgedAt(live, check, now) }]],
  };
}

/** What is known by what is kept; by what was known, where nothing is. */
export function judgedTraffic(
  context: Pick<JudgingContext, 'site' | 'live' | 'now'>,
  check: string,
  kept: KeptTraffic,
): JudgedTraffic {
  const { live, now } = context;
  const { judgement, spells } = hasHappened(kept)
    ? judgeTraffic({ ...trafficPartsOf(context, check, kept), now, kept_from: live.kept_from })
    : { spells: live.spells.get(check) ?? [], judgement: judgementOf(live, check) };
  const { last_unjudged } = kept;
  const last_at = judgement.last_slot_at ?? 0;
  const is_later = last_unjudged !== null && secondOf(last_unjudged.ended_at) > last_at;
  return { spells, judgement: { ...judgement, unjudged: is_later ? last_unjudged : null } };
}

/** What own traffic is judged by, but for the instant. */
export function trafficPartsOf(
  { site, live }: Pick<JudgingContext, 'site' | 'live'>,
  check: string,
  { traffic, ailed_before, well_at }: Pick<KeptTraffic, 'traffic' | 'ailed_before' | 'well_at'>,
) {
  const usual = live.usual_traffic.get(check) ?? [];
  return { check, traffic, usual, calendar: site.calendar, ailed_before, well_at };
}

/** How far what is kept is judged, once it is. */
export function judgedAt(live: LiveState, check: string, now: EpochMs) {
  return { judged_until: windowFrom(now), usual_from: usualFrom(live, check, now) };
}

/** The traffic with new results, without what is of longer ago than may be known otherwise. */
export function trafficWith(
  context: Pick<JudgingContext, 'site' | 'live'>,
  check: string,
  before: KeptTraffic,
  results: readonly OwnResult[],
): KeptTraffic {
  const kept = trafficSince(context, check, before);
  const traffic = withCounts(kept.traffic, countsOf(results), keptSince(context.live, before));
  const unjudged = latestOf(results.filter(({ outcome }) => !isJudged(outcome)));
  const is_later = unjudged !== null && unjudged.at >= (kept.last_unjudged?.ended_at ?? 0);
  return {
    ...kept,
    traffic,
    recent: withRecentEvents(kept.recent, recentOf(results)),
    last_unjudged: is_later
      ? { outcome: unjudged.outcome, reason: reasonOfCause(unjudged), ended_at: unjudged.at }
      : kept.last_unjudged,
  };
}

export function recentOf(results: readonly OwnResult[]) {
  return results.flatMap(({ at, outcome, duration_ms }) =>
    isJudged(outcome) ? [{ at, duration_ms, is_bad: isBad(outcome) }] : [],
  );
}

/** The same without older windows; how it ailed at their end, or was well, stays known. */
export function trafficSince(
  context: Pick<JudgingContext, 'site' | 'live'>,
  check: string,
  kept: KeptTraffic,
): KeptTraffic {
  const from = keptSince(context.live, kept);
  const older = kept.traffic.filter((it) => it.from < from);
  if (older.length === 0) return kept;
  const parts = trafficPartsOf(context, check, { ...kept, traffic: older });
  const { judgement } = judgeTraffic({ ...parts, now: from, kept_from: from });
  return {
    ...kept,
    traffic: kept.traffic.slice(older.length),
    ailed_before: ailingOf(judgement),
    well_at: judgement.verdict === 'well' ? judgement.last_slot_at : null,
  };
}

/**
 * Since when windows are kept: as long as is learnt from before the last one that says what was
 * when something may be known otherwise, before which a silence may lie; and from the end of a
 * silence on, so that nothing that is known depends on the cut, unless there was none for long.
 */
function keptSince({ kept_from }: Pick<LiveState, 'kept_from'>, { traffic }: KeptTraffic): EpochMs {
  const from = traffic.findLast((it) => it.from <= kept_from)?.from ?? kept_from;
  const needed_from = windowFrom(from - TRAFFIC_LEARNS_FOR_MS);
  const first = traffic.findLast(
    (it, i) => it.from <= needed_from && isAfterSilence(it, traffic[i - 1]),
  );
  return Math.max(first?.from ?? needed_from, needed_from - TRAFFIC_LEARNS_FOR_MS);
}

function isAfterSilence({ first_at }: TrafficWindow, before: TrafficWindow | undefined): boolean {
  return before === undefined || first_at - before.last_at > NUMBERS.traffic.quiet_ms;
}

/** After the clock was set back: what is of later is void, and its windows are judged anew. */
export function trafficAfterStep(kept: KeptTraffic, at: EpochMs): KeptTraffic {
  const { traffic, recent, last_unjudged, judged_until, well_at } = kept;
  const is_void = last_unjudged !== null && last_unjudged.ended_at > at;
  return {
    ...kept,
    traffic: trafficUntil(traffic, at),
    well_at: well_at !== null && well_at > at ? null : well_at,
    recent: recentEventsUntil(recent, at),
    last_unjudged: is_void ? null : last_unjudged,
    judged_until: Math.min(judged_until, windowFrom(at)),
  };
}

function latestOf(results: readonly OwnResult[]): OwnResult | null {
  return results.reduce<OwnResult | null>(
    (last, it) => (last === null || it.at >= last.at ? it : last),
    null,
  );
}

function lastOf(before: LastResult | null, results: readonly OwnResult[]): LastResult | null {
  const last = latestOf(results);
  if (last === null || last.at < (before?.ended_at ?? 0)) return before;
  const { check, outcome, at: ended_at } = last;
  return { check, outcome, reason: reasonOfCause(last), ended_at, is_judged: isJudged(outcome) };
}

/** What is known otherwise of the states of its component, now and in the past. */
function changeByTraffic(
  context: JudgingContext,
  component: MeasuredComponent,
  newest: JudgedTraffic,
): ComponentChange {
  const { live, now } = context;
  const { judgement, spells } = newest;
  const before: ComponentStatus = statusOf(live, component.id, now);
  const window = windowAt(live, component.id, now);
  const share = live.shares.get(component.id) ?? NO_SHARE;
  const verdict = verdictAt(context, component, { at: now, window, share, newest: judgement });
  const was_covered = before.state === 'under_maintenance';
  const was = judgementOf(live, judgement.check);
  const others = { checks: component.checks.filter(({ id }) => id !== judgement.check) };
  const touched_at = earliest([
    firstDifference(live.spells.get(judgement.check) ?? [], spells),
    // It was taken for expired, and perhaps had not.
    isValid(was, now) ? null : expiresAt(was),
    lapsedSince(context, others, before, now),
    window && !was_covered ? window.from : null,
    was_covered && !window ? uncoveredSince(live, before, now) : null,
  ]);
  const from = touched_at ?? (saysTheSame(before, verdict) ? null : now);
  const is_by_window = window !== null && !was_covered;
  const cause = is_by_window ? ('window' as const) : ('result' as const);
  const cause_ref = is_by_window ? null : `${judgement.check}@${judgement.last_slot_at ?? now}`;
  const why = { cause, cause_ref, simulated: false };
  const parts = { at: now, window, newest, share, verdict, why };
  const states = from === null ? null : statesFrom(live, component, { ...parts, from });
  return { before, after: { ...before, ...verdict }, states };
}
