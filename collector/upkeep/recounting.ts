import type { OwnResult } from '../../model/event.ts';
import type { Journey } from '../../model/journey.ts';
import type { Clock, Log } from '../../model/ports.ts';
import type { Result } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { type RecountParts, recount } from './recount.ts';
import { recountedFrom, startOf } from './rollups.ts';

/** Counts from the rows again what is not counted in memory, once at a time. */
export interface Recounting {
  /** What is counted of the hour and the day of the instant, and later, is void. */
  from(at: EpochMs): void;
  /** Told, and counted while rows are read that may include it. */
  counted(what: Result | OwnResult | Journey): void;
  /**
   * What is counted by now of a journey that is known otherwise from the instant on; what is not
   * will be, from its row. Of its arrival, too, what was told while rows are read. Where it lies
   * before those, they are read from there on.
   */
  holds(journey: Journey, at: EpochMs): { due: boolean; arrival: boolean };
  /** Whether everything is counted. Until then a roll-up is smaller than the stored one. */
  isWhole(): boolean;
  /** Resolves when everything is counted; rejects when rows cannot be read. */
  whole(): Promise<void>;
}

interface RecountingParts extends RecountParts {
  /** Rows of before are pruned, of some days in part. */
  countableFrom: () => EpochMs;
  clock: Clock;
  log: Log;
}

/** Begins at once, from the instant on. */
export function createRecounting(parts: RecountingParts, since: EpochMs): Recounting {
  const { rollups, zone, countableFrom, clock, log } = parts;
  /** From where on it is missing; null: nowhere. */
  let missing_from: EpochMs | null = since;
  /** Counted while rows are read; another set makes what was read so far void. */
  let meanwhile = new Set<string>();
  /** Checks of which the journeys were read and counted again. */
  let read = new Set<string>();
  let under_way: Promise<void> | null = null;
  void begin();

  return {
    from,
    counted(what) {
      if (missing_from !== null) meanwhile.add(keyOf(what));
    },
    holds(journey, at) {
      const all = { due: true, arrival: true };
      if (missing_from === null || read.has(journey.check)) return all;
      // Of these days nothing is counted again.
      if (at < recountedFrom(countableFrom(), zone)) return all;
      if (at < startOf('hour', missing_from, zone)) from(at);
      return { due: false, arrival: meanwhile.has(keyOf(journey)) };
    },
    isWhole: () => missing_from === null,
    whole,
  };

  function from(at: EpochMs): void {
    missing_from = Math.min(missing_from ?? at, at);
    meanwhile = new Set();
    read = new Set();
    void begin();
  }

  /** A failure is met again, and told, by whoever waits for it. */
  function begin(): Promise<void> {
    return whole().catch((err) => log.warn({ err }, 'roll-ups could not be counted again'));
  }

  async function whole(): Promise<void> {
    while (missing_from !== null) {
      under_way ??= attempt(missing_from).finally(() => {
        under_way = null;
      });
      await under_way;
    }
  }

  async function attempt(since: EpochMs): Promise<void> {
    const counted = new Set<string>();
    meanwhile = counted;
    read = new Set();
    const countable_from = countableFrom();
    rollups.forgetFrom(since, countable_from);
    // At the start whom it asks is not there yet.
    await null;
    await recount(parts, {
      since: Math.max(since, countable_from),
      now: clock.now(),
      isCounted: (what) => counted.has(keyOf(what)),
      isOver: () => meanwhile !== counted,
      journeysRead: (check) => void read.add(check),
    });
    if (meanwhile === counted) missing_from = null;
  }
}

/** Of a result its slot, or its event, of a journey its id: nothing of either is told twice. */
function keyOf(what: Result | OwnResult | Journey): string {
  if ('event' in what) return what.event;
  return 'slot_at' in what ? `${what.check} ${what.slot_at}` : what.id;
}
