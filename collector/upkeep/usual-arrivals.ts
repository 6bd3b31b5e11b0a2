import { NUMBERS } from '../../model/numbers.ts';
import { DAY } from '../../model/time.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import type { JourneyReads } from '../../store/ports/journeys.ts';
import { type DisturbedHours, wasDisturbed } from './disturbed-hours.ts';

/** The last of them tell enough; sorting so many takes some 10 ms. */
const MOST_ARRIVALS = 50_000;

interface ArrivalsQuery {
  store: Pick<JourneyReads, 'arrivals'>;
  disturbed: DisturbedHours;
  component: ComponentId;
  before: EpochMs;
}

/**
 * The 95th percentile, in ms, of the distance between arrivals of a sync in the days before, those
 * less than a minute apart counted as one, without distances that maintenance or an incident
 * disturbed; null: too few of them are known. Reads a day at a time.
 */
export async function usualDistanceMs(query: ArrivalsQuery): Promise<number | null> {
  const distances = distancesOf(await lastArrivals(query), query).sort((a, b) => a - b);
  if (distances.length < NUMBERS.sync.distances) return null;
  return distances[Math.ceil(0.95 * distances.length) - 1] ?? null;
}

async function lastArrivals({ store, component, before }: ArrivalsQuery): Promise<EpochMs[]> {
  const arrivals: EpochMs[] = [];
  for (let day = 1; day <= NUMBERS.usual.days && arrivals.length < MOST_ARRIVALS; day += 1) {
    const from = before - day * DAY;
    for (const at of await store.arrivals({ component, from, to: from + DAY })) arrivals.push(at);
  }
  return arrivals.sort((a, b) => a - b);
}

function distancesOf(
  arrivals: readonly EpochMs[],
  { component, disturbed }: ArrivalsQuery,
): number[] {
  return arrivals.slice(1).flatMap((to, i) => {
    const from = arrivals[i] ?? to;
    const is_one = to - from < NUMBERS.sync.one_arrival_ms;
    return is_one || wasDisturbed(component, { from, to }, disturbed) ? [] : to - from;
  });
}
