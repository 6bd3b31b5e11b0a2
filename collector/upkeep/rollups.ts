import { emptyRollup, type Grain, type Rollup } from '../../model/rollup.ts';
import { addDelay, emptySketch, encodeSketch, type Sketch } from '../../model/sketch.ts';
import { HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { dayAt, daysOf, startOfDay } from '../../model/zone.ts';
import type { Counted } from './counted.ts';

/** The roll-ups of current hours and days, in memory. */
export interface Rollups {
  add(counted: Counted): void;
  /** The roll-ups changed since the last call, at most `limit` of each grain. */
  takeChanged(limit: number): { grain: Grain; rollups: Rollup[] }[];
  /** Drops taken roll-ups whose period ended before the instant. */
  forget(before: EpochMs): void;
  /**
   * Drops the roll-ups of the hour and day of the instant, and of later ones; counting starts with
   * them if it would have started later.
   */
  forgetFrom(at: EpochMs): void;
}

/** Counting starts with the hour and day of `since`: earlier ones are complete in the store. */
export function createRollups(zone: string, since: EpochMs): Rollups {
  const grains = (['hour', 'day'] as const).map((grain) => ({
    grain,
    first: startOf(grain, since, zone),
    counts: new Map<string, Map<EpochMs, Count>>(),
  }));
  const dayStart = cachedDayStart(zone);

  return {
    add(counted) {
      for (const { grain, first, counts } of grains) {
        const from = grain === 'hour' ? hourStart(counted.at) : dayStart(counted.at);
        if (from < first) continue;
        addTo(countOf(counts, counted.check, from), counted);
      }
    },
    takeChanged: (limit) =>
      grains.map(({ grain, counts }) => ({
        grain,
        rollups: [...counts.values()]
          .flatMap((of_check) => [...of_check.values()])
          .filter((count) => count.changed)
          .slice(0, limit)
          .map(taken),
      })),
    forget(before) {
      for (const of_check of grains.flatMap(({ counts }) => [...counts.values()]))
        for (const [from, { changed }] of of_check)
          if (!changed && from < before) of_check.delete(from);
    },
    forgetFrom(at) {
      for (const counted of grains) {
        const first = startOf(counted.grain, at, zone);
        counted.first = Math.min(counted.first, first);
        for (const of_check of counted.counts.values())
          for (const from of of_check.keys()) if (from >= first) of_check.delete(from);
      }
    },
  };
}

interface Count {
  rollup: Rollup;
  delays: Sketch;
  changed: boolean;
}

/** The count of a check for the period from the instant, created if missing. */
function countOf(counts: Map<string, Map<EpochMs, Count>>, check: string, from: EpochMs): Count {
  const of_check = counts.get(check) ?? new Map<EpochMs, Count>();
  counts.set(check, of_check);
  const count = of_check.get(from) ?? emptyCount(check, from);
  of_check.set(from, count);
  return count;
}

function emptyCount(check: string, from: EpochMs): Count {
  return { rollup: emptyRollup(check, from), delays: emptySketch(), changed: false };
}

function addTo(count: Count, { outcome, slow, delay_ms, simulated }: Counted): void {
  const { rollup, delays } = count;
  rollup.n += 1;
  rollup.outcomes[outcome] = (rollup.outcomes[outcome] ?? 0) + 1;
  if (slow) rollup.slow += 1;
  if (delay_ms !== null) addDelay(delays, delay_ms);
  rollup.simulated ||= simulated;
  count.changed = true;
}

function taken(count: Count): Rollup {
  count.changed = false;
  const { rollup, delays } = count;
  return {
    ...rollup,
    outcomes: { ...rollup.outcomes },
    delays: delays.count === 0 ? null : encodeSketch(delays),
  };
}

/** Start of the hour (UTC) or day (of the zone) that contains the instant. */
export function startOf(grain: Grain, at: EpochMs, zone: string): EpochMs {
  return grain === 'hour' ? hourStart(at) : startOfDay(zone, dayAt(zone, at));
}

function hourStart(at: EpochMs): EpochMs {
  return at - (at % HOUR);
}

/** The start of the day in the zone, cached because the calculation takes 10 µs. */
function cachedDayStart(zone: string): (at: EpochMs) => EpochMs {
  let day = { from: 0, to: 0 };
  return (at) => {
    if (at < day.from || at >= day.to) {
      const [found] = daysOf({ zone, now: at, count: 1 });
      if (found) day = found;
    }
    return day.from;
  };
}
