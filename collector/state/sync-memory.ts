import type { Gap } from '../../model/component.ts';
import type { Policy } from '../../model/configuration.ts';
import {
  bracketedDelay,
  type Journey,
  journeyDelay,
  type LookFinding,
} from '../../model/journey.ts';
import { type LastAnswer, lookDistanceMs } from '../../model/judge/sync.ts';
import { NUMBERS } from '../../model/numbers.ts';
import type { BracketedDelay } from '../../model/quantile-range.ts';
import type { SyncCourse } from '../../model/sync-course.ts';
import { DAY } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** The remembered journeys of one sync component. Immutable. */
export interface SyncMemory extends SyncCourse {
  /** By journey id. */
  waiting: ReadonlyMap<string, Journey>;
  last_answer: LastAnswer | null;
  last_arrival_at: EpochMs | null;
  /** The latest acceptances of those that arrived, in order: as many as overtake one that waits. */
  latest_arrived: readonly EpochMs[];
  /** Acceptances of all that are followed, until they are lost and of a day at least, in order. */
  accepted: readonly EpochMs[];
  /** Their arrivals, in the order in which they were seen. */
  arrivals: readonly Arrival[];
  /** Times at which journeys were lost, in the last 7 days. */
  lost: readonly EpochMs[];
  /** As of when its progress was told last; null: not since the start. */
  told_at: EpochMs | null;
}

/** When it was seen and accepted, and what is known of its delay. */
export interface Arrival extends BracketedDelay {
  at: EpochMs;
  accepted_at: EpochMs;
  /** No gap of ours lies in its bracket. */
  is_delay_known: boolean;
}

/** Of a sync of which nothing is known. */
export const NO_COURSE: SyncCourse = {
  phase: null,
  stall: null,
  slow_since: null,
  watched_since: null,
};

/** What of the memory is kept with the status. */
export function courseOf({ phase, stall, slow_since, watched_since }: SyncMemory): SyncCourse {
  return { phase, stall, slow_since, watched_since };
}

export function emptySyncMemory(): SyncMemory {
  return {
    ...NO_COURSE,
    waiting: new Map(),
    last_answer: null,
    last_arrival_at: null,
    latest_arrived: [],
    accepted: [],
    arrivals: [],
    lost: [],
    told_at: null,
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

/** The memory after looks at journeys, one after the other; what waits is copied once for all. */
export function withLooks(memory: SyncMemory, looks: readonly Looked[]): SyncMemory {
  const waiting = new Map(memory.waiting);
  const arrivals: Arrival[] = [];
  let seen: SyncMemory = { ...memory, waiting };
  for (const { journey, finding, gaps } of looks) {
    if (journey.state === 'waiting') waiting.set(journey.id, journey);
    else waiting.delete(journey.id);
    const { last_answered_at, accepted_at } = journey;
    if (finding === 'failed' || last_answered_at === null) continue;
    seen = withAnswer(seen, last_answered_at, accepted_at);
    if (finding === 'absent') continue;
    seen = withFound(seen, last_answered_at, accepted_at);
    arrivals.push(arrivalOf(journey, gaps));
  }
  return arrivals.length === 0 ? seen : { ...seen, arrivals: [...seen.arrivals, ...arrivals] };
}

function withAnswer(memory: SyncMemory, at: EpochMs, accepted_at: EpochMs): SyncMemory {
  return {
    ...memory,
    last_answer: { at, next_distance_ms: lookDistanceMs(at - accepted_at) },
    watched_since: memory.watched_since ?? at,
  };
}

function withFound(memory: SyncMemory, at: EpochMs, accepted_at: EpochMs): SyncMemory {
  const { phase, stall, latest_arrived } = memory;
  return {
    ...memory,
    ...(phase === 'stalled' && stall
      ? { phase: 'catching_up' as const, stall: { ...stall, to: at } }
      : {}),
    last_arrival_at: at,
    latest_arrived: latestArrived([...latest_arrived, accepted_at]),
  };
}

/** What is kept of a journey that arrived; `gaps`: those that may lie in its bracket. */
export function arrivalOf(journey: Journey, gaps: readonly Gap[]): Arrival {
  return {
    at: journey.first_present_at ?? 0,
    accepted_at: journey.accepted_at,
    ...bracketedDelay(journey),
    is_delay_known: journeyDelay(journey, gaps) !== null,
  };
}

/** Of these acceptances those that overtake one that waits. */
export function latestArrived(accepted: readonly EpochMs[]): EpochMs[] {
  return accepted.toSorted((a, b) => a - b).slice(-NUMBERS.sync.overtaken_by);
}

/** The memory without expired entries. */
export function withoutOld(
  memory: SyncMemory,
  { lost_after_ms }: Pick<Policy, 'lost_after_ms'>,
  now: EpochMs,
): SyncMemory {
  const kept_from = now - Math.max(DAY, lost_after_ms);
  return {
    ...memory,
    accepted: dropOld(memory.accepted, (at) => at > kept_from),
    arrivals: dropOld(memory.arrivals, (it) => it.at > kept_from),
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
