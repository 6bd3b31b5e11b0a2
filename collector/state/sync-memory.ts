import type { Gap } from '../../model/component.ts';
import { bracketedDelay, type Journey, type LookFinding } from '../../model/journey.ts';
import { lookDistanceMs } from '../../model/judge/sync.ts';
import type { BracketedDelay } from '../../model/quantile-range.ts';
import { DAY } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** The remembered journeys of one sync component. Immutable. */
export interface SyncMemory {
  /** By journey id. */
  waiting: ReadonlyMap<string, Journey>;
  last_answer: { at: EpochMs; next_distance_ms: number } | null;
  /** Start of the current period of answered looks; null without one. */
  watched_since: EpochMs | null;
  /** It was stalled when it was last known, and nothing has arrived since. */
  was_stalled: boolean;
  last_arrival_at: EpochMs | null;
  latest_arrived_acceptance_at: EpochMs | null;
  /** Acceptances of the last two days, all followed, in order. */
  accepted: readonly EpochMs[];
  /** Arrivals of the last two days, in the order in which they were seen. */
  arrivals: readonly Arrival[];
  /** Times at which journeys were lost, in the last 7 days. */
  lost: readonly EpochMs[];
}

/** When it was seen and accepted, and what is known of its delay. */
export interface Arrival extends BracketedDelay {
  at: EpochMs;
  accepted_at: EpochMs;
}

/** Until when a journey may be lost in part, and what came after it. */
export const JOURNEYS_KEPT_MS = 2 * DAY;

export function emptySyncMemory(): SyncMemory {
  return {
    waiting: new Map(),
    last_answer: null,
    watched_since: null,
    was_stalled: false,
    last_arrival_at: null,
    latest_arrived_acceptance_at: null,
    accepted: [],
    arrivals: [],
    lost: [],
  };
}

/** The memory with one more waiting journey. */
export function withJourney(memory: SyncMemory, journey: Journey): SyncMemory {
  return {
    ...memory,
    waiting: new Map(memory.waiting).set(journey.id, journey),
    accepted: inOrder(memory.accepted, journey.accepted_at),
  };
}

/** The memory without a journey that has ended. */
export function withoutJourney(memory: SyncMemory, { id }: Journey): SyncMemory {
  const waiting = new Map(memory.waiting);
  waiting.delete(id);
  return { ...memory, waiting };
}

/** The memory without journeys lost now. */
export function withoutLost(
  memory: SyncMemory,
  lost: readonly Journey[],
  now: EpochMs,
): SyncMemory {
  if (lost.length === 0) return memory;
  const waiting = new Map(memory.waiting);
  for (const journey of lost) waiting.delete(journey.id);
  return { ...memory, waiting, lost: [...memory.lost, ...lost.map(() => now)] };
}

/** A look at a journey, and the gaps that may lie in its bracket. */
interface Looked {
  /** In its new state. */
  journey: Journey;
  finding: LookFinding;
  gaps: readonly Gap[];
}

/** The memory after a look at a journey. */
export function withLook(memory: SyncMemory, { journey, finding, gaps }: Looked): SyncMemory {
  const waiting = new Map(memory.waiting);
  if (journey.state === 'waiting') waiting.set(journey.id, journey);
  else waiting.delete(journey.id);
  const seen = { ...memory, waiting };
  if (finding === 'failed' || journey.last_answered_at === null) return seen;
  const at = journey.last_answered_at;
  const answered = {
    ...seen,
    last_answer: { at, next_distance_ms: lookDistanceMs(at - journey.accepted_at) },
    watched_since: memory.watched_since ?? at,
  };
  if (finding === 'absent') return answered;
  const { accepted_at } = journey;
  return {
    ...answered,
    was_stalled: false,
    last_arrival_at: at,
    latest_arrived_acceptance_at: Math.max(memory.latest_arrived_acceptance_at ?? 0, accepted_at),
    arrivals: [...memory.arrivals, { at, accepted_at, ...bracketedDelay(journey, gaps) }],
  };
}

/** The memory without expired entries. */
export function withoutOld(memory: SyncMemory, now: EpochMs): SyncMemory {
  return {
    ...memory,
    accepted: dropOld(memory.accepted, (at) => at > now - JOURNEYS_KEPT_MS),
    arrivals: dropOld(memory.arrivals, (it) => it.at > now - JOURNEYS_KEPT_MS),
    lost: dropOld(memory.lost, (at) => at > now - 7 * DAY),
  };
}

/** Sorted instants including a new one, usually the latest. */
function inOrder(instants: readonly EpochMs[], at: EpochMs): EpochMs[] {
  const later = instants.findLastIndex((it) => it <= at) + 1;
  return instants.toSpliced(later, 0, at);
}

/** The list without its expired beginning; the same list when nothing expired. */
function dropOld<T>(items: readonly T[], isYoung: (item: T) => boolean): readonly T[] {
  const first = items.findIndex(isYoung);
  if (first === 0) return items;
  return first === -1 ? [] : items.slice(first);
}
