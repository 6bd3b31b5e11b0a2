import type { Journey } from '../../model/journey.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LiveState } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';
import { type Counted, countedJourney } from './counted.ts';

/** Counts journeys once they are due: those that came, and those that did not. */
export interface DueJourneys {
  /** One that waits no more and is not due yet. */
  ended(journey: Journey['id'], due: Counted): void;
  /** Counts those that are due before the instant and have not been counted. */
  count(before: EpochMs): void;
  /** Up to when they have been counted. */
  countedUntil(): EpochMs;
  setBack(at: EpochMs): void;
}

export function createDueJourneys(
  { site, live }: { site: Site; live: Pick<LiveState, 'syncs' | 'last_gaps'> },
  started_at: EpochMs,
  add: (due: Counted) => void,
): DueJourneys {
  let until = started_at;
  const ended = new Map<Journey['id'], Counted>();

  return {
    ended(journey, due) {
      // Else it was still waiting when it was due, and was counted then.
      if (due.at >= until) ended.set(journey, due);
    },
    count(before) {
      for (const [journey, due] of ended) {
        if (due.at >= before) continue;
        add(due);
        ended.delete(journey);
      }
      for (const { waiting } of live.syncs.values()) {
        for (const journey of waiting.values()) {
          const due = countedJourney(site, journey, live.last_gaps)?.due;
          if (due && due.at >= until && due.at < before) add(due);
        }
      }
      until = Math.max(until, before);
    },
    countedUntil: () => until,
    setBack(at) {
      until = Math.min(until, at);
    },
  };
}
