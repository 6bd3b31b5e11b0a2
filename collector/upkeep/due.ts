import type { Journey } from '../../model/journey.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LiveState } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';
import { type Counted, countedJourney } from './counted.ts';

/** Counts journeys once they are due: those that came, and those that did not. */
export interface DueJourneys {
  /**
   * One that begins to wait, or waits no more, and how it is due now (null: it counts for nothing).
   * Where it was due before, it is counted as that now. `is_counted`: what rows said of it has been
   * counted; else it will be, and its own row with it.
   */
  changed(journey: Pick<Journey, 'id' | 'state'>, due: Counted | null, is_counted: boolean): void;
  /** One that is counted from its row. */
  recounted(journey: Pick<Journey, 'id' | 'state'>, due: Counted): void;
  /** Counts those that are due before the instant and have not been counted. */
  count(before: EpochMs): void;
  /** Up to when they have been counted. */
  countedUntil(): EpochMs;
  setBack(at: EpochMs): void;
}

interface Counting {
  /** Of what is due now. */
  add: (due: Counted) => void;
  /** Of what was due before. */
  addLate: (due: Counted) => void;
  takeBack: (due: Counted) => void;
}

interface Known {
  site: Site;
  live: Pick<LiveState, 'syncs' | 'last_gaps'>;
}

export function createDueJourneys(
  known: Known,
  started_at: EpochMs,
  { add, addLate, takeBack }: Counting,
): DueJourneys {
  let until = started_at;
  const ended = new Map<Journey['id'], Counted>();
  /** Of those that wait: counted as what did not come. */
  let missed = dueOfWaiting(known, { from: 0, before: until });

  return {
    changed({ id, state }, due, is_counted) {
      const was = missed.get(id);
      if (due !== null && due.at >= until) {
        // Else it is counted as one that waits.
        if (state !== 'waiting') ended.set(id, due);
        return;
      }
      if (state !== 'waiting') missed.delete(id);
      else if (due !== null && is_counted) missed.set(id, due);
      if (!is_counted || was?.outcome === due?.outcome) return;
      if (was !== undefined) takeBack(was);
      if (due !== null) addLate(due);
    },
    recounted({ id, state }, due) {
      if (due.at >= until) {
        if (state !== 'waiting') ended.set(id, due);
      } else if (state === 'waiting') missed.set(id, due);
      else missed.delete(id);
    },
    count(before) {
      for (const [journey, due] of ended) {
        if (due.at >= before) continue;
        add(due);
        ended.delete(journey);
      }
      for (const [journey, due] of dueOfWaiting(known, { from: until, before })) {
        add(due);
        missed.set(journey, due);
      }
      until = Math.max(until, before);
    },
    countedUntil: () => until,
    setBack(at) {
      until = Math.min(until, at);
      missed = dueOfWaiting(known, { from: 0, before: until });
    },
  };
}

/** Of the journeys that wait those that are due in [from, before). */
function dueOfWaiting(
  { site, live }: Known,
  { from, before }: { from: EpochMs; before: EpochMs },
): Map<Journey['id'], Counted> {
  const due = new Map<Journey['id'], Counted>();
  for (const { waiting } of live.syncs.values())
    for (const journey of waiting.values()) {
      const its = countedJourney(site, journey, live.last_gaps)?.due;
      if (its && its.at >= from && its.at < before) due.set(journey.id, its);
    }
  return due;
}
