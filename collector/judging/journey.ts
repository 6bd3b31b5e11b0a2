import type { SyncProgress } from '../../model/component.ts';
import type { FollowingCheck, Policy } from '../../model/configuration.ts';
import type { Journey, JourneyState, Look } from '../../model/journey.ts';
import { journeyId } from '../../model/journey-id.ts';
import {
  judgeSync,
  lookDistanceMs,
  oldestAcceptance,
  watermarkAt,
} from '../../model/judge/sync.ts';
import type { AcceptedInvoice } from '../../model/result.ts';
import { DAY, HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import {
  type LiveState,
  type SyncMemory,
  statusOf,
  syncMemoryOf,
  windowAt,
} from '../state/live-state.ts';
import { followedComponent, type MeasuredComponent } from '../state/site.ts';
import type { ComponentChange, Findings, JudgingContext } from './evaluation.ts';
import { syncPolicyAt } from './slow.ts';

/** A look at a journey's invoice, as the line reports it. */
export type LookReport = Pick<
  Look,
  'started_at' | 'duration_ms' | 'finding' | 'outcome' | 'reason'
>;

/**
 * The journey of an accepted invoice, to be looked for when it is due; at once, if we hear of it
 * late.
 */
export function newJourney({
  accepted,
  component,
  check,
  installation,
  simulated,
  now,
}: {
  accepted: AcceptedInvoice;
  component: MeasuredComponent;
  check: FollowingCheck;
  installation: string;
  simulated: boolean;
  now: EpochMs;
}): Journey {
  return {
    id: journeyId({ installation, component: component.id, number: accepted.number }),
    component: component.id,
    check: check.id,
    number: accepted.number,
    issued: accepted.issued,
    accepted_at: accepted.accepted_at,
    state: 'waiting',
    last_absent_at: null,
    first_present_at: null,
    last_answered_at: null,
    next_look_at: Math.max(accepted.accepted_at + lookDistanceMs(0), now),
    looks: 0,
    simulated,
  };
}

/**
 * The journey after one more look. What is absent was absent when we asked; what is present was
 * present when the answer ended; a failed look moves neither end of the bracket.
 */
export function journeyAfterLook(journey: Journey, look: LookReport): Journey {
  const ended_at = Math.round(look.started_at + look.duration_ms);
  const looked = { ...journey, looks: journey.looks + 1 };
  if (look.finding === 'found')
    return {
      ...looked,
      state: 'arrived',
      number: null,
      first_present_at: ended_at,
      last_answered_at: ended_at,
      next_look_at: null,
    };
  const next_look_at = ended_at + lookDistanceMs(ended_at - journey.accepted_at);
  if (look.finding === 'failed') return { ...looked, next_look_at };
  return { ...looked, last_absent_at: look.started_at, last_answered_at: ended_at, next_look_at };
}

/** A journey nobody waits for any more. */
export function lostJourney(journey: Journey): Journey {
  return endedJourney(journey, 'lost');
}

/** A journey that ended before its invoice was seen. */
export function endedJourney(
  journey: Journey,
  state: Extract<JourneyState, 'lost' | 'rejected' | 'voided'>,
): Journey {
  return { ...journey, state, number: null, next_look_at: null };
}

/**
 * How long an arrived journey took, in ms: the middle between the last look that did not see the
 * invoice and the first that did, because taking the latter would add half a distance between looks
 * to every delay.
 */
export function journeyDelayMs(journey: Journey): number | null {
  if (journey.first_present_at === null) return null;
  const absent_at = Math.max(journey.accepted_at, journey.last_absent_at ?? 0);
  return Math.max(0, (absent_at + journey.first_present_at) / 2 - journey.accepted_at);
}

/** A journey that counts for the availability of sync: arrived, or past the promise. */
export interface DueJourney {
  due_at: EpochMs;
  in_time: boolean;
  delay_ms: number | null;
}

/**
 * When and how the journey became due by `now`; null while the promise still runs, and of an
 * invoice taken back.
 */
export function dueJourney(journey: Journey, policy: Policy, now: EpochMs): DueJourney | null {
  if (journey.state === 'rejected' || journey.state === 'voided') return null;
  const promised_at = journey.accepted_at + policy.visible_within_ms;
  const { first_present_at } = journey;
  if (first_present_at !== null && first_present_at <= promised_at)
    return { due_at: first_present_at, in_time: true, delay_ms: journeyDelayMs(journey) };
  return now >= promised_at ? { due_at: promised_at, in_time: false, delay_ms: null } : null;
}

/** The memory with one more waiting journey. */
export function remembering(memory: SyncMemory, journey: Journey): SyncMemory {
  return {
    ...memory,
    waiting: new Map(memory.waiting).set(journey.id, journey),
    accepted: inOrder(memory.accepted, journey.accepted_at),
  };
}

/** The memory without a journey that has ended. */
export function forgetting(memory: SyncMemory, { id }: Journey): SyncMemory {
  const waiting = new Map(memory.waiting);
  waiting.delete(id);
  return { ...memory, waiting };
}

/** Rising instants with one more, which is the latest unless we heard of it late. */
function inOrder(instants: readonly EpochMs[], at: EpochMs): EpochMs[] {
  const later = instants.findLastIndex((it) => it <= at) + 1;
  return instants.toSpliced(later, 0, at);
}

/** The memory after a look at one of its journeys. */
export function rememberingLook(
  memory: SyncMemory,
  journey: Journey,
  look: LookReport,
): SyncMemory {
  const waiting = new Map(memory.waiting);
  if (journey.state === 'waiting') waiting.set(journey.id, journey);
  else waiting.delete(journey.id);
  const seen = { ...memory, waiting };
  if (look.finding === 'failed' || journey.last_answered_at === null) return seen;
  const at = journey.last_answered_at;
  const answered = {
    ...seen,
    last_answer: { at, next_distance_ms: lookDistanceMs(at - journey.accepted_at) },
    watched_since: memory.watched_since ?? at,
  };
  const delay_ms = journeyDelayMs(journey);
  if (delay_ms === null) return answered;
  return {
    ...answered,
    last_arrival_at: at,
    latest_arrived_acceptance_at: Math.max(
      memory.latest_arrived_acceptance_at ?? 0,
      journey.accepted_at,
    ),
    arrivals: [...memory.arrivals, { at, accepted_at: journey.accepted_at, delay_ms }],
  };
}

/** The memory without journeys given up now. */
export function forgettingLost(
  memory: SyncMemory,
  lost: readonly Journey[],
  now: EpochMs,
): SyncMemory {
  if (lost.length === 0) return memory;
  const waiting = new Map(memory.waiting);
  for (const journey of lost) waiting.delete(journey.id);
  return { ...memory, waiting, lost: [...memory.lost, ...lost.map(() => now)] };
}

/**
 * What is judged of a sync component at the instant, as a move; also the memory without what has
 * grown old.
 */
export function judgedSync(
  { live, now }: Pick<JudgingContext, 'live' | 'now'>,
  component: MeasuredComponent,
  memory: SyncMemory,
  { simulated }: { simulated: boolean },
): { move: ComponentChange; memory: SyncMemory } {
  const before = statusOf(live, component.id, now);
  const window = windowAt(live, component.id, now);
  const kept = recentOnly(memory, now);
  const verdict = judgeSync({
    waiting: [...kept.waiting.values()],
    last_answer: kept.last_answer,
    last_arrival_at: kept.last_arrival_at,
    watched_since: kept.watched_since ?? now,
    recent: observations(kept, now - component.policy.slow_over_ms, now),
    now,
    policy: syncPolicyAt(live, component, now),
    window,
  });
  const { since, ...judged } = verdict;
  const move: ComponentChange = {
    before,
    after: {
      ...before,
      ...judged,
      measured_at: kept.last_answer?.at ?? before.measured_at,
      sync: syncProgress(kept),
    },
    // A good look says nothing of the time in which nobody could see.
    since: Math.max(since, kept.watched_since ?? 0),
    cause: window ? 'window' : judged.state === 'unknown' ? 'expired' : 'journeys',
    cause_ref: null,
    simulated,
  };
  // What nobody could see did not fail to arrive: watching begins anew with the next answer.
  const watched_since = judged.state === 'unknown' ? null : kept.watched_since;
  return { move, memory: { ...kept, watched_since } };
}

/** What one event in the journeys of a sync component means. */
export function syncFindings(
  context: JudgingContext,
  component: MeasuredComponent,
  { memory, journeys, looks = [] }: { memory: SyncMemory; journeys: Journey[]; looks?: Look[] },
): Findings {
  const simulated = journeys.some((journey) => journey.simulated);
  const judged = judgedSync(context, component, memory, { simulated });
  return {
    facts: { journeys, looks },
    moves: [judged.move],
    syncs: [[component.id, judged.memory]],
  };
}

/**
 * The journeys that begin with an acceptance at a system: one for each check that follows it. A
 * journey we follow already goes on, so that its delay counts from the first acceptance.
 */
export function afterAcceptance(
  context: JudgingContext,
  accepted: AcceptedInvoice,
  { system, installation, simulated }: { system: string; installation: string; simulated: boolean },
): Findings[] {
  const { site, live } = context;
  const begun = (site.followers.get(system) ?? []).flatMap((check) => {
    const component = followedComponent(site, check);
    const { now } = context;
    const journey = newJourney({ accepted, component, check, installation, simulated, now });
    const memory = syncMemoryOf(live, component);
    if (memory.waiting.has(journey.id)) return [];
    return [
      syncFindings(context, component, {
        memory: remembering(memory, journey),
        journeys: [journey],
      }),
    ];
  });
  return begun;
}

/** The journeys older than `lost_after`, to be given up. */
export function overdueJourneys(
  live: LiveState,
  component: MeasuredComponent,
  now: EpochMs,
): Journey[] {
  const { waiting } = syncMemoryOf(live, component);
  return [...waiting.values()].filter(
    (journey) => now - journey.accepted_at > component.policy.lost_after_ms,
  );
}

/** How long the journeys accepted since the instant took, or have waited so far. */
function observations({ arrivals, waiting }: SyncMemory, since: EpochMs, now: EpochMs) {
  const arrived = arrivals.map((it) => ({ ...it, duration_ms: it.delay_ms, censored: false }));
  const still = [...waiting.values()].map(({ accepted_at }) => ({
    accepted_at,
    duration_ms: Math.max(0, now - accepted_at),
    censored: true,
  }));
  return [...arrived, ...still].filter(({ accepted_at }) => accepted_at > since);
}

function syncProgress(memory: SyncMemory): SyncProgress {
  const waiting = [...memory.waiting.values()];
  const delays = memory.arrivals.map((it) => it.delay_ms).sort((a, b) => a - b);
  const quantile = (q: number) => delays[Math.ceil(q * delays.length) - 1] ?? null;
  return {
    watermark_at: watermarkAt({
      waiting,
      latest_arrived_acceptance_at: memory.latest_arrived_acceptance_at,
    }),
    waiting: waiting.length,
    oldest_waiting_at: oldestAcceptance(waiting),
    sample: memory.accepted.length,
    lost: memory.lost.length,
    last_arrival_at: memory.last_arrival_at,
    arrived: { n: delays.length, median_ms: quantile(0.5), p95_ms: quantile(0.95) },
  };
}

function recentOnly(memory: SyncMemory, now: EpochMs): SyncMemory {
  return {
    ...memory,
    accepted: younger(memory.accepted, (at) => at > now - DAY),
    arrivals: younger(memory.arrivals, (it) => it.at > now - HOUR),
    lost: younger(memory.lost, (at) => at > now - 7 * DAY),
  };
}

/** The list without its old beginning; the list itself when nothing has grown old. */
function younger<T>(items: readonly T[], isYoung: (item: T) => boolean): readonly T[] {
  const first = items.findIndex(isYoung);
  if (first === 0) return items;
  return first === -1 ? [] : items.slice(first);
}
