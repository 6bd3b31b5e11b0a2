import type { Gap } from '../../model/component.ts';
import type { Policy } from '../../model/configuration.ts';
import { type CorrectedJourney, isWithdrawn, type Journey } from '../../model/journey.ts';
import { lookDistanceMs } from '../../model/judge/sync.ts';
import { earliest, latest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { type Arrival, arrivalOf, latestArrived, type SyncMemory } from './sync-memory.ts';

/** A journey of which events tell, before (null: it was not followed) and after them. */
export interface ToldJourney {
  before: Journey | null;
  after: Journey;
}

/** When it is told, and by what. */
interface Telling {
  now: EpochMs;
  policy: Pick<Policy, 'lost_after_ms'>;
  /** Those that may lie in a bracket. */
  gaps: readonly Gap[];
}

/** The memory after events, perhaps of long ago: an invoice may have arrived before others. */
export function withTold(
  memory: SyncMemory,
  told: readonly ToldJourney[],
  { now, policy, gaps }: Telling,
): SyncMemory {
  const arrived = told.filter(isArrival).map(({ after }) => after);
  const seen = {
    ...memory,
    waiting: waitingAfter(memory, told),
    accepted: acceptedAfter(memory, told),
    lost: lostAfter(memory, told, policy),
    arrivals: arrivalsAfter(memory, told, gaps),
  };
  return arrived.length === 0 ? seen : withArrived(seen, arrived, now);
}

function isArrival({ before, after }: ToldJourney): boolean {
  return after.state === 'arrived' && before?.state !== 'arrived';
}

function waitingAfter(
  { waiting }: SyncMemory,
  told: readonly ToldJourney[],
): SyncMemory['waiting'] {
  const left = new Map(waiting);
  for (const { after } of told) {
    if (after.state === 'waiting') left.set(after.id, after);
    else left.delete(after.id);
  }
  return left;
}

function acceptedAfter({ accepted }: SyncMemory, told: readonly ToldJourney[]): readonly EpochMs[] {
  const begun = told.filter(({ before, after }) => before === null && !isWithdrawn(after));
  const ended = told.filter(({ before, after }) => before !== null && isWithdrawn(after));
  const left = withoutOnce(
    accepted,
    ended.map(({ after }) => after.accepted_at),
  );
  if (begun.length === 0) return left;
  return [...left, ...begun.map(({ after }) => after.accepted_at)].sort((a, b) => a - b);
}

/** Each of `removed` takes one away. */
function withoutOnce(
  instants: readonly EpochMs[],
  removed: readonly EpochMs[],
): readonly EpochMs[] {
  if (removed.length === 0) return instants;
  const left = [...removed];
  return instants.filter((at) => {
    const index = left.indexOf(at);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

/** Those that arrived after all, without the instants at which they were lost. */
function lostAfter(
  { lost }: SyncMemory,
  told: readonly ToldJourney[],
  { lost_after_ms }: Telling['policy'],
): readonly EpochMs[] {
  const found = told.filter(({ before, after }) => before?.state === 'lost' && isArrived(after));
  return found.reduce<readonly EpochMs[]>((left, { after }) => {
    const index = left.findIndex((at) => at >= after.accepted_at + lost_after_ms);
    return index === -1 ? left : left.toSpliced(index, 1);
  }, lost);
}

function isArrived({ state }: Journey): boolean {
  return state === 'arrived';
}

function arrivalsAfter(
  { arrivals }: SyncMemory,
  told: readonly ToldJourney[],
  gaps: readonly Gap[],
): readonly Arrival[] {
  const arrived = told.filter(isArrival);
  const corrected = told.flatMap(({ before, after }) =>
    before !== null && isArrived(before) && before.first_present_at !== after.first_present_at
      ? { before, after }
      : [],
  );
  if (arrived.length + corrected.length === 0) return arrivals;
  return [
    ...withCorrected(arrivals, corrected, gaps),
    ...arrived.map(({ after }) => arrivalOf(after, gaps)),
  ].sort((a, b) => a.at - b.at);
}

/** Those of which more is kept: it has arrived as it did, but when is known better. */
function withCorrected(
  arrivals: readonly Arrival[],
  corrected: readonly CorrectedJourney[],
  gaps: readonly Gap[],
): readonly Arrival[] {
  const left = [...corrected];
  return arrivals.map((arrival) => {
    const index = left.findIndex(
      ({ before: it }) =>
        it.first_present_at === arrival.at && it.accepted_at === arrival.accepted_at,
    );
    const [its] = index === -1 ? [] : left.splice(index, 1);
    return its ? arrivalOf(its.after, gaps) : arrival;
  });
}

/**
 * What arrivals say of the sync. It is watched on by those that are told at once, as by looks, and
 * watched again from now: of the time before, in which nobody looked, they say nothing.
 */
function withArrived(memory: SyncMemory, arrived: readonly Journey[], now: EpochMs): SyncMemory {
  const answers = arrived.filter((it) => it.last_answered_at === it.first_present_at);
  const last = answers.reduce<SyncMemory['last_answer']>(
    (before, it) => laterAnswer(before, it),
    memory.last_answer,
  );
  const accepted = arrived.map(({ accepted_at }) => accepted_at);
  return withStallEnded(
    {
      ...memory,
      last_answer: last,
      watched_since: memory.watched_since ?? (answers.length > 0 ? now : null),
      last_arrival_at: latest([memory.last_arrival_at, ...arrived.map(presentAt)]),
      latest_arrived: latestArrived([...memory.latest_arrived, ...accepted]),
    },
    arrived.map(presentAt).filter((at) => at > (memory.last_arrival_at ?? 0)),
    now,
  );
}

function presentAt({ first_present_at }: Journey): EpochMs {
  return first_present_at ?? 0;
}

function laterAnswer(
  before: SyncMemory['last_answer'],
  journey: Journey,
): SyncMemory['last_answer'] {
  const at = presentAt(journey);
  if (at <= (before?.at ?? 0)) return before;
  return { at, next_distance_ms: lookDistanceMs(at - journey.accepted_at) };
}

/**
 * It stood still until the first of the arrivals that came after that began. One of before ends
 * nothing, unless all that stand still were accepted before it: then the sync went on, and nobody
 * knew.
 */
function withStallEnded(
  memory: SyncMemory,
  arrivals: readonly EpochMs[],
  now: EpochMs,
): SyncMemory {
  const { phase, stall, waiting, latest_arrived } = memory;
  if (phase !== 'stalled' || stall === null) return memory;
  const first = earliest(arrivals.filter((at) => at >= (stall.since ?? 0)));
  const latest_at = latest_arrived.at(-1) ?? 0;
  const is_overtaken = [...waiting.values()].every(({ accepted_at }) => accepted_at <= latest_at);
  const to = first ?? (is_overtaken ? now : null);
  return to === null ? memory : { ...memory, phase: 'catching_up', stall: { ...stall, to } };
}
