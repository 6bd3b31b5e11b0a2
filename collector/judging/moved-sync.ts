import type { Journey } from '../../model/journey.ts';
import { lookDistanceMs } from '../../model/judge/sync.ts';
import { DAY } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { ClockStep } from '../../probes/line/batch.ts';
import type { JourneyMove } from '../../store/ports/moved-journeys.ts';
import type { Site } from '../state/site.ts';
import type { SyncMemory } from '../state/sync-memory.ts';

/**
 * What is known of a sync after a step of the wall clock. All of it moves with the clock, and stays
 * as old as it was: an order of instants of two clocks would be none.
 */
export function syncAfterStep({ waiting, ...known }: SyncMemory, step: ClockStep): SyncMemory {
  const moved = [...waiting.values()].map((it) => journeyAfterStep(it, step));
  return {
    ...everyInstant(known, movedBy(step)),
    waiting: new Map(moved.map((it) => [it.id, it])),
  };
}

function journeyAfterStep(journey: Journey, step: ClockStep): Journey {
  const moved = everyInstant(journey, movedBy(step));
  const { next_look_at } = journey;
  if (next_look_at === null) return moved;
  const latest_at = step.at + lookDistanceMs(step.at - moved.accepted_at);
  return { ...moved, next_look_at: Math.min(latest_at, next_look_at + step.by_ms) };
}

/** Nothing that has been lies ahead. */
function movedBy({ at, by_ms }: ClockStep): (instant: EpochMs) => EpochMs {
  return (instant) => Math.min(at, instant + by_ms);
}

/** Its last answer says nothing any more. */
export function syncExpiredAt(memory: SyncMemory, at: EpochMs): SyncMemory {
  const { last_answer } = memory;
  return { ...memory, last_answer: last_answer && { ...last_answer, valid_until: at } };
}

/** Rows of journeys from which a start learns what was known of the syncs. */
export function movesOfJourneys({ components }: Site, step: ClockStep): JourneyMove[] {
  const syncs = [...components.values()].filter((it) => it.function === 'sync');
  return syncs.map(({ id, policy }) => {
    const learnt_ms = Math.max(DAY, policy.lost_after_ms);
    return { ...step, component: id, accepted_from: step.at - step.by_ms - learnt_ms };
  });
}

/** Numbers of this size are instants in epoch ms (from 2001 on); no count or duration is. */
const INSTANTS_FROM = 1e12;

/** The same value, with every instant in it replaced. */
export function everyInstant<T>(value: T, replaced: (instant: EpochMs) => EpochMs): T {
  if (typeof value === 'number') return (value >= INSTANTS_FROM ? replaced(value) : value) as T;
  if (Array.isArray(value)) return value.map((it) => everyInstant(it, replaced)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, it]) => [key, everyInstant(it, replaced)]);
  return Object.fromEntries(entries) as T;
}
