import type { Gap } from '../../model/component.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { DAY } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { Arrived, JourneyReads } from '../../store/ports/journeys.ts';
import { type DisturbedHours, undisturbed } from './disturbed-hours.ts';

/** The last of them tell enough; sorting so many takes some 10 ms. */
const MOST_ARRIVALS = 50_000;

interface ArrivalsQuery {
  store: Pick<JourneyReads, 'arrivals'>;
  disturbed: DisturbedHours;
  /** When we did not look. */
  gaps: readonly Gap[];
  component: ComponentId;
  before: EpochMs;
}

/**
 * The 95th percentile, in ms, of the distance between arrivals of a sync in the days before: how
 * long the oldest of those that arrive waited since the last arrival, so that nights in which
 * nothing was accepted do not count. Those less than a minute apart count as one; without distances
 * that maintenance, an incident or a gap of ours disturbed; null: too few of them are known. Reads
 * a day at a time.
 */
export async function usualDistanceMs(query: ArrivalsQuery): Promise<number | null> {
  const distances = distancesOf(await lastArrivals(query), query).sort((a, b) => a - b);
  if (distances.length < NUMBERS.sync.distances) return null;
  return distances[Math.ceil(0.95 * distances.length) - 1] ?? null;
}

async function lastArrivals({ store, component, before }: ArrivalsQuery): Promise<Arrived[]> {
  const arrivals: Arrived[] = [];
  for (let day = 1; day <= NUMBERS.usual.days && arrivals.length < MOST_ARRIVALS; day += 1) {
    const from = before - day * DAY;
    for (const it of await store.arrivals({ component, from, to: from + DAY })) arrivals.push(it);
  }
  return arrivals.sort((a, b) => a.at - b.at);
}

function distancesOf(
  arrivals: readonly Arrived[],
  { component, disturbed, gaps }: ArrivalsQuery,
): number[] {
  const waits = groupsOf(arrivals)
    .map(({ oldest_accepted_at, first_at, before_at }) => ({
      from: Math.max(before_at, oldest_accepted_at),
      to: first_at,
    }))
    .filter(({ from, to }) => to - from >= NUMBERS.sync.one_arrival_ms);
  // What arrived while nobody looked was only seen later.
  const unseen = gaps.map(({ from, to }) => ({ components: [component], from, to }));
  const times = { ...disturbed, excluded: [...disturbed.excluded, ...unseen] };
  return undisturbed(waits, component, times).map(({ from, to }) => to - from);
}

/** Arrivals that count as one, and the one before. */
interface Group {
  oldest_accepted_at: EpochMs;
  first_at: EpochMs;
  last_at: EpochMs;
  before_at: EpochMs;
}

function groupsOf(arrivals: readonly Arrived[]): Group[] {
  const groups: Group[] = [];
  for (const { accepted_at, at } of arrivals) {
    const last = groups.at(-1);
    if (last && at - last.last_at < NUMBERS.sync.one_arrival_ms) {
      last.last_at = at;
      last.oldest_accepted_at = Math.min(last.oldest_accepted_at, accepted_at);
    } else {
      const before_at = last?.last_at ?? at;
      groups.push({ oldest_accepted_at: accepted_at, first_at: at, last_at: at, before_at });
    }
  }
  return groups;
}
