import type { Alert } from '../../model/alert.ts';
import type { ComponentStatus } from '../../model/component.ts';
import { type Check, isOwnTraffic } from '../../model/configuration.ts';
import type { Incident } from '../../model/incident.ts';
import { historyUntil } from '../../model/judge/history.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import { NO_SHARE, type Share } from '../../model/judge/share.ts';
import { validAfterSetBack } from '../../model/judge/validity.ts';
import type { OwnTrouble } from '../../model/own-trouble.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { ClockStep } from '../../probes/line/batch.ts';
import type { Journal } from '../state/journal.ts';
import type { LiveState, Step } from '../state/live-state.ts';
import { recentDelays, recentUntil, toldBeside, withoutTold } from '../state/recent.ts';
import { recentEventsUntil, toldDelays } from '../state/recent-traffic.ts';
import { courseOf, type SyncMemory } from '../state/sync-memory.ts';
import type { JudgingContext } from './evaluation.ts';
import { everyInstant, movesOfJourneys, syncAfterStep, syncExpiredAt } from './moved-sync.ts';
import { trafficAfterStep } from './own-traffic.ts';
import { firstSlotAfter, withoutVoidRuns } from './void-results.ts';

/**
 * What a step of the wall clock does to what is known. Set back, everything that was dated after
 * the new time is void or dated at it, and nothing is valid for longer than before. Either way what
 * is known of invoices moves with the clock: nothing has waited for longer, and none is overdue or
 * overtaken, or is so no more, because of it. The gap of a step forth comes with the batch.
 */
export function stepOfClock(
  { site, live }: Pick<JudgingContext, 'site' | 'live'>,
  step: ClockStep,
): Step {
  const syncs = new Map([...live.syncs].map(([id, it]) => [id, syncAfterStep(it, step)]));
  const known = [...live.incidents.values()].map(({ incident }) => incident);
  const open = known.filter(({ resolved_at }) => resolved_at === null);
  const moved = open.map((incident) => monitoredAfter(incident, step));
  const rows = step.by_ms < 0 ? setBack({ site, live }, step, moved) : { incidents: moved };
  const statuses = rows.components ?? [...live.statuses.values()];
  return {
    recording: {
      journeys: [...syncs.values()].flatMap(({ waiting }) => [...waiting.values()]),
      journey_moves: movesOfJourneys(site, step),
      ...rows,
      components: statuses.map((it) => withCourse(it, syncs.get(it.component))),
    },
    ...(step.by_ms < 0
      ? { ...resultsUntil(live, step.at), journals: noneOf(live), set_back: step }
      : {}),
    syncs: [...syncs],
  };
}

function withCourse(status: ComponentStatus, memory: SyncMemory | undefined): ComponentStatus {
  return memory ? { ...status, course: courseOf(memory) } : status;
}

/** What was dated by another clock cannot be judged again in its order. */
function noneOf({ journals }: LiveState): [string, Journal][] {
  return [...journals.keys()].map((component) => [component, []]);
}

/** Nothing is valid any more: nobody knows for how long we were not there. */
export function stepOfExpiry(live: LiveState, at: EpochMs): Step {
  const expired = <T extends { valid_until: EpochMs | null }>(it: T): T => ({
    ...it,
    valid_until: it.valid_until === null ? null : Math.min(at, it.valid_until),
  });
  return {
    journals: noneOf(live),
    syncs: [...live.syncs].map(([id, memory]) => [id, syncExpiredAt(memory, at)]),
    set_back: { at, by_ms: Number.NEGATIVE_INFINITY },
    recording: {
      judgements: [...live.judgements.values()].map(expired),
      components: [...live.statuses.values()].map(expired),
    },
  };
}

/** Only how long what was measured before the clock was set back is valid. */
export function stepOfShorterValidity(live: LiveState, step: ClockStep): Step {
  return {
    recording: { judgements: [...live.judgements.values()].map((it) => shorterValid(it, step)) },
  };
}

function shorterValid<T extends { valid_until: EpochMs | null }>(it: T, step: ClockStep): T {
  const { valid_until } = it;
  return valid_until === null ? it : { ...it, valid_until: validAfterSetBack(valid_until, step) };
}

function setBack(
  { site, live }: Pick<JudgingContext, 'site' | 'live'>,
  step: ClockStep,
  incidents: readonly Incident[],
): Step['recording'] {
  const { at } = step;
  const sooner = <T extends { valid_until: EpochMs | null }>(it: T): T => ({
    ...notAfter(it, at),
    valid_until: shorterValid(it, step).valid_until,
  });
  return {
    void_after: at,
    judgements: [...live.judgements.values()].map((it) => ({
      ...sooner(withoutVoidRuns(it, live.histories.get(it.check) ?? null, at)),
      next_slot_at: nextSlotAfter(site.checks.get(it.check), it, at),
    })),
    components: [...live.statuses.values()].map((it): ComponentStatus => {
      return { ...sooner(it), recent: recentAfter({ site, live }, it, at) };
    }),
    incidents: [...resolvedAfter(live, at), ...incidents].map((it) => notAfter(it, at)),
    alerts: [...live.open_alerts.values()].map((it): Alert => notAfter(it, at)),
    own_troubles: [...live.own_troubles.values()].map((it): OwnTrouble => notAfter(it, at)),
    heartbeat_at: at,
  };
}

/** The figures without what is void; a sync has them of its invoices. */
function recentAfter(
  { site, live }: Pick<JudgingContext, 'site' | 'live'>,
  { component, recent }: ComponentStatus,
  at: EpochMs,
): ComponentStatus['recent'] {
  const results = live.recent.get(component);
  const measured = results === undefined ? recent : recentDelays(recentUntil(results, at));
  const own = site.own_traffic.get(component);
  const traffic = own && live.traffic.get(own.id);
  const told = traffic ? toldDelays(recentEventsUntil(traffic.recent, at)) : null;
  return toldBeside(told, measured && withoutTold(measured));
}

/** The first slot that is measured anew. */
function nextSlotAfter(
  check: Check | undefined,
  { last_slot_at, next_slot_at, valid_until }: CheckJudgement,
  at: EpochMs,
): EpochMs | null {
  if (next_slot_at === null || valid_until === null) return null;
  // An event is due when it is usual, by the clock.
  if (check && isOwnTraffic(check) && (last_slot_at ?? at) < at) return next_slot_at;
  // A result is valid until the second slot after it, plus the deadline.
  const distance_ms = valid_until - (check?.deadline_ms ?? 0) - next_slot_at;
  return firstSlotAfter({ slot_at: next_slot_at, distance_ms, at });
}

function resolvedAfter(live: LiveState, at: EpochMs): Incident[] {
  const resolved = [...live.incidents.values()].map(({ incident }) => incident);
  return resolved.filter(({ resolved_at }) => resolved_at !== null && resolved_at > at);
}

/** The same value, with every instant in it that lies after `at` set to `at`. */
function notAfter<T>(value: T, at: EpochMs): T {
  return everyInstant(value, (it) => Math.min(at, it));
}

/** A step forth is no time in which an incident was watched to stay over. */
function monitoredAfter(incident: Incident, { by_ms }: ClockStep): Incident {
  const { monitoring_at } = incident;
  return monitoring_at === null || by_ms < 0
    ? incident
    : { ...incident, monitoring_at: monitoring_at + by_ms };
}

/** Void results no longer count. */
function resultsUntil(
  live: LiveState,
  at: EpochMs,
): Pick<Step, 'recent' | 'histories' | 'spells' | 'shares' | 'traffic'> {
  return {
    traffic: [...live.traffic].map(([check, it]) => [check, trafficAfterStep(it, at)]),
    spells: [...live.spells].map(([check, it]) => [check, it.filter(({ from }) => from <= at)]),
    recent: [...live.recent].map(([component, it]) => [component, recentUntil(it, at)]),
    histories: [...live.histories].map(([check, it]) => [check, historyUntil(it, at)]),
    shares: [...live.shares].map(([component, it]) => [component, shareUntil(it, at)]),
  };
}

/** Without a bad result that counts, no users are affected. */
function shareUntil(share: Share, at: EpochMs): Share {
  const { affected_since } = share;
  return affected_since !== null && affected_since > at ? NO_SHARE : notAfter(share, at);
}
