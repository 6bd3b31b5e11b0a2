import { isScheduled } from '../../model/configuration.ts';
import type { Result } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { GapReads } from '../../store/ports/gaps.ts';
import type { JourneyReads } from '../../store/ports/journeys.ts';
import type { ResultReads } from '../../store/ports/results.ts';
import type { LiveState } from '../state/live-state.ts';
import { followedComponent, type MeasuredComponent, type Site } from '../state/site.ts';
import { type Counted, countedJourney, countedResult } from './counted.ts';
import { type Rollups, recountedFrom } from './rollups.ts';

const ROWS_AT_A_TIME = 5_000;

export interface RecountParts {
  rollups: Rollups;
  store: ResultReads & JourneyReads & GapReads;
  site: Site;
  live: Pick<LiveState, 'usual'>;
  zone: string;
  since: EpochMs;
  now: EpochMs;
  /** Results counted meanwhile. */
  isCounted: (result: Result) => boolean;
  /** Told of every journey that has arrived and is not due yet. */
  arrived: (journey: string, due: Counted) => void;
}

/**
 * Recounts the raw rows from the start of the hour and day of `since` until `now`, so that a
 * restart loses nothing. In slices, so that measuring continues meanwhile.
 */
export async function recount(parts: RecountParts): Promise<void> {
  const { rollups, store, site, live, zone, since, now, isCounted, arrived } = parts;
  const from = recountedFrom(since, zone);
  for (const check of site.checks.values()) {
    if (isScheduled(check)) await recountResults(check.id);
    else await recountJourneys(check.id, followedComponent(site, check));
  }

  async function recountResults(check: string): Promise<void> {
    for (let next = from; next < now; ) {
      const results = await store.results({ check, from: next, to: now, limit: ROWS_AT_A_TIME });
      for (const result of results)
        if (!isCounted(result)) rollups.addAgain(countedResult(site, live, result));
      const last = results.at(-1);
      if (!last || results.length < ROWS_AT_A_TIME) return;
      next = last.slot_at + 1;
    }
  }

  async function recountJourneys(check: string, component: MeasuredComponent): Promise<void> {
    const { id, policy } = component;
    const journeys = await store.journeys({
      component: id,
      accepted_from: from - policy.visible_within_ms,
      limit: Number.MAX_SAFE_INTEGER,
    });
    const gaps = await store.gaps(from - policy.visible_within_ms, now);
    for (const journey of journeys) {
      const counted = journey.check === check ? countedJourney(site, journey, gaps) : null;
      if (counted === null) continue;
      const { arrival, due } = counted;
      if (arrival !== null && arrival.at < now) rollups.addAgain(arrival);
      if (due.at < now) rollups.addAgain(due);
      else if (arrival !== null) arrived(journey.id, due);
    }
  }
}
