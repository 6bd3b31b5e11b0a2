import type { Gap } from '../../model/component.ts';
import {
  type Journey,
  type JourneyDelay,
  journeyDelay,
  type LookFinding,
} from '../../model/journey.ts';
import { lookDistanceMs } from '../../model/judge/sync.ts';
import { DAY, HOUR } from '../../model/time.ts';
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
  /** Acceptances of the last 24 hours, all followed. */
  accepted: readonly EpochMs[];
  /** Arrivals of the last hour; without a delay where nobody knows it. */
  arrivals: readonly { at: EpochMs; accepted_at: EpochMs; delay: JourneyDelay | null }[];
  /** Times at which journeys were lost, in the last 7 days. */
  lost: readonly EpochMs[];
}

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
  const delay = journeyDelay(journey, gaps);
  return {
    ...answered,
    was_stalled: false,
    last_arrival_at: at,
    latest_arrived_acceptance_at: Math.max(memory.latest_arrived_acceptance_at ?? 0, accepted_at),
    arrivals: [...memory.arrivals, { at, accepted_at, delay }],
  };
}

/** The memory without expired entries. */
export function withoutOld(memory: SyncMemory, now: EpochMs): SyncMemory {
  return {
    ...memory,
    accepted: dropOld(memory.accepted, (at) => at > now - DAY),
    arrivals: dropOld(memory.arrivals, (it) => it.at > now - HOUR),
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
