import { saysTheSame } from '../../model/ailment.ts';
import type { ComponentStatus, LastResult } from '../../model/component.ts';
import type { InvoiceEvent, OwnResult } from '../../model/event.ts';
import { isBad, isJudged } from '../../model/judge/bad.ts';
import { isValid } from '../../model/judge/judgement.ts';
import { type JudgedTraffic, judgeTraffic } from '../../model/judge/own-traffic.ts';
import { NO_SHARE } from '../../model/judge/share.ts';
import { expiresAt, firstDifference } from '../../model/judge/spells.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { earliest, HOUR, SECOND } from '../../model/time.ts';
import { type Traffic, type TrafficCount, windowFrom, withCounts } from '../../model/traffic.ts';
import { componentId, type EpochMs, type Reason } from '../../model/vocabulary.ts';
import {
  judgementOf,
  type KeptTraffic,
  type LiveState,
  NO_TRAFFIC,
  statusOf,
  uncoveredSince,
  windowAt,
} from '../state/live-state.ts';
import { recentDelays, withRecents } from '../state/recent.ts';
import type { MeasuredComponent, Site } from '../state/site.ts';
import type { ComponentChange, Evaluation, JudgingContext } from './evaluation.ts';
import { lapsedSince } from './expiry.ts';
import { statesFrom } from './timeline.ts';
import { verdictAt } from './verdict.ts';

/**
 * What is judged by windows looks back by the longest window, and by the day of which the usual
 * share is.
 */
export const TRAFFIC_LEARNS_FOR_MS =
  NUMBERS.traffic.longest_ms + NUMBERS.traffic.usual_of_hours * HOUR;

/** What the events tell of the functions that own traffic is configured for. */
export function ownResultsOf(site: Site, events: readonly InvoiceEvent[]): OwnResult[] {
  return events.flatMap(({ id, system, at, told }) => {
    const check = told && site.own_traffic.get(componentId(system, told.function));
    if (!check) return [];
    const { outcome, duration_ms, code } = told;
    return [{ check: check.id, at, event: id, outcome, duration_ms, code }];
  });
}

/** How many events of each second say something of the system, and what. */
export function countsOf(results: readonly OwnResult[]): TrafficCount[] {
  return results.flatMap(({ at, outcome }) => {
    if (!isJudged(outcome)) return [];
    const is_bad = isBad(outcome);
    return [{ at: at - (at % SECOND), good: is_bad ? 0 : 1, bad: is_bad ? 1 : 0 }];
  });
}

/** The effect of new events of own traffic on its component, whenever they happened. */
export function evaluateOwnResults(
  context: JudgingContext,
  component: MeasuredComponent,
  check: string,
  results: readonly OwnResult[],
): Evaluation {
  const { live } = context;
  const kept = trafficWith(live.traffic.get(check) ?? NO_TRAFFIC, results, live.kept_from);
  const judged = results.filter(({ outcome }) => isJudged(outcome));
  const known = live.recent.get(component.id);
  const recent = withRecents(
    known,
    judged.map(({ at, outcome, duration_ms }) => ({
      slot_at: at,
      delay_ms: duration_ms,
      is_bad: isBad(outcome),
    })),
  );
  const { change, ...evaluation } = evaluateTraffic(context, component, check, kept);
  const last = lastOf(change.before.last, results);
  const after = { ...change.after, last, ...(recent && { recent: recentDelays(recent) }) };
  return {
    ...evaluation,
    facts: { ...evaluation.facts, own_results: [...results] },
    component_changes: [{ ...change, after }],
    ...(recent && { recent: [[component.id, recent]] }),
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
    const is_due = is_over || kept.usual_from < usualFrom(live, check.id, now);
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
  const { last_bad, last_unjudged } = kept;
  const reason: Reason | null = last_bad?.code == null ? null : 'error_code';
  const detail = last_bad?.code ?? null;
  const judged = judgeTraffic({ ...trafficPartsOf(context, check, kept), now, reason, detail });
  const last_at = judged.judgement.last_slot_at ?? 0;
  const unjudged = last_unjudged && last_unjudged.ended_at > last_at ? last_unjudged : null;
  const newest = { ...judged, judgement: { ...judged.judgement, unjudged } };
  const change = changeByTraffic(context, component, newest);
  return {
    change,
    facts: { judgements: [newest.judgement] },
    component_changes: [change],
    spells: [[check, newest.spells]],
    traffic: [[check, { ...kept, ...judgedAt(live, check, now) }]],
  };
}

/** What own traffic is judged by, but for the instant and the words. */
export function trafficPartsOf(
  { site, live }: Pick<JudgingContext, 'site' | 'live'>,
  check: string,
  { traffic, well_at }: Pick<KeptTraffic, 'traffic' | 'well_at'>,
) {
  const { kept_from } = live;
  const usual = live.usual_traffic.get(check) ?? [];
  return { check, traffic, kept_from, usual, zone: site.zone, well_at };
}

/** How far what is kept is judged, once it is. */
export function judgedAt(live: LiveState, check: string, now: EpochMs) {
  return { judged_until: windowFrom(now), usual_from: usualFrom(live, check, now) };
}

/**
 * From when on its events are kept: what may yet be known otherwise is judged by those before it,
 * and by those before a silence.
 */
export function trafficKeptFrom(last_before: EpochMs | null, kept_from: EpochMs): EpochMs {
  return Math.min(kept_from, last_before ?? kept_from) - TRAFFIC_LEARNS_FOR_MS;
}

/** The traffic with new results. */
export function trafficWith(
  kept: KeptTraffic,
  results: readonly OwnResult[],
  kept_from: EpochMs,
): KeptTraffic {
  const last_before = kept.traffic.findLast(({ from }) => from <= kept_from)?.from ?? null;
  const since = trafficKeptFrom(last_before, kept_from);
  const traffic = withCounts(kept.traffic, countsOf(results), since);
  const bad = latestOf(results.filter(({ outcome }) => isBad(outcome)));
  const unjudged = latestOf(results.filter(({ outcome }) => !isJudged(outcome)));
  const is_later_bad = bad !== null && bad.at >= (kept.last_bad?.at ?? 0);
  const is_later = unjudged !== null && unjudged.at >= (kept.last_unjudged?.ended_at ?? 0);
  return {
    ...kept,
    traffic,
    well_at: isCut(kept.traffic, traffic) ? null : kept.well_at,
    last_bad: is_later_bad ? { at: bad.at, code: bad.code } : kept.last_bad,
    last_unjudged: is_later
      ? { outcome: unjudged.outcome, reason: reasonOf(unjudged), ended_at: unjudged.at }
      : kept.last_unjudged,
  };
}

/** The first events are kept no longer: what was before them is no matter any more. */
function isCut([first]: Traffic, [first_now]: Traffic): boolean {
  return first !== undefined && first.from < (first_now?.from ?? first.from);
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
  return { check, outcome, reason: reasonOf(last), ended_at, is_judged: isJudged(outcome) };
}

function reasonOf({ code }: OwnResult): Reason | null {
  return code === null ? null : 'error_code';
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
