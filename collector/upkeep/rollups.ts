import { emptyRollup, type Grain, type Rollup, type RollupPart } from '../../model/rollup.ts';
import {
  addDelay,
  emptySketch,
  encodeSketch,
  mergeInto,
  type Sketch,
  takeFrom,
} from '../../model/sketch.ts';
import { HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { type Day, dayAt, daysOf, startOfDay } from '../../model/zone.ts';
import type { Counted } from './counted.ts';

/** The roll-ups of current hours and days, in memory, and parts of earlier ones that came late. */
export interface Rollups {
  add(counted: Counted): void;
  /** What has been counted, and is known otherwise now. */
  takeBack(counted: Counted): void;
  /** What has been counted before, unless the store has its roll-up complete. */
  addAgain(counted: Counted): void;
  /** The store has a roll-up of a period that is counted again: it is what is counted now. */
  addNothing(grain: Grain, check: string, from: EpochMs): void;
  /** What changed since the last call, at most `limit` of each grain. */
  takeChanged(limit: number): TakenRollups[];
  /** What could not be stored is taken again with the next call. */
  giveBack(taken: TakenRollups): void;
  /** Drops taken roll-ups whose period ended before the instant. */
  forget(before: EpochMs): void;
  /**
   * Drops the roll-ups of the hour and day of the instant and later, which are counted again from
   * `countable_from` on at the earliest: what is stored of before stays, as its rows are pruned.
   */
  forgetFrom(at: EpochMs, countable_from: EpochMs): void;
}

export interface TakenRollups {
  grain: Grain;
  /** Complete: they replace the stored ones. */
  rollups: Rollup[];
  /** To be added to the stored ones. */
  parts: RollupPart[];
}

/** Counting starts with the hour and day of `since`: earlier ones are complete in the store. */
export function createRollups(zone: string, since: EpochMs): Rollups {
  const grains = (['hour', 'day'] as const).map((grain) => ({
    grain,
    first: startOf(grain, since, zone),
    counts: new Map<string, Map<EpochMs, Count>>(),
    not_stored: [] as RollupPart[],
  }));
  let again_from = recountedFrom(since, zone);
  const dayStart = cachedDayStart(zone);
  const periodOf = (grain: Grain, at: EpochMs) => (grain === 'hour' ? hourStart(at) : dayStart(at));

  function countsOf({ check, at }: Counted): Count[] {
    return grains.map(({ grain, first, counts }) => {
      const from = periodOf(grain, at);
      return countOf(counts, check, { from, is_part: from < first });
    });
  }

  return {
    add(counted) {
      for (const count of countsOf(counted)) addTo(count, counted);
    },
    takeBack(counted) {
      for (const count of countsOf(counted)) takeFromCount(count, counted);
    },
    addAgain(counted) {
      for (const { grain, first, counts } of grains) {
        const from = periodOf(grain, counted.at);
        // The rows of what began before are not all counted again.
        if (from < first || from < again_from) continue;
        addTo(countOf(counts, counted.check, { from, is_part: false }), counted);
      }
    },
    addNothing(grain, check, from) {
      const own = grains.find((it) => it.grain === grain);
      if (own === undefined || from < own.first || from < again_from) return;
      countOf(own.counts, check, { from, is_part: false }).changed = true;
    },
    takeChanged: (limit) =>
      grains.map((it) => {
        const changed = [...it.counts.values()]
          .flatMap((of_check) => [...of_check.values()])
          .filter((count) => count.changed)
          .slice(0, limit);
        const late = changed.filter((count) => count.is_part);
        for (const { rollup } of late) it.counts.get(rollup.check)?.delete(rollup.from);
        const rollups = changed.filter((count) => !count.is_part).map(taken);
        return {
          grain: it.grain,
          rollups,
          parts: [...it.not_stored.splice(0), ...late.map(takenPart)],
        };
      }),
    giveBack({ grain, rollups, parts }) {
      const own = grains.find((it) => it.grain === grain);
      for (const { check, from } of rollups) {
        const count = own?.counts.get(check)?.get(from);
        if (count) count.changed = true;
      }
      own?.not_stored.push(...parts);
    },
    forget(before) {
      for (const it of grains) {
        for (const of_check of it.counts.values())
          for (const [from, { changed }] of of_check)
            if (!changed && from < before) of_check.delete(from);
        it.first = Math.max(it.first, before);
      }
    },
    forgetFrom(at, countable_from) {
      const is_kept = at >= countable_from;
      const void_from = recountedFrom(at, zone);
      again_from = is_kept ? void_from : recountedFrom(countable_from, zone);
      for (const counted of grains) {
        const { grain, first } = counted;
        counted.first = is_kept
          ? Math.min(first, startOf(grain, at, zone))
          : startOf(grain, countable_from, zone);
        const dropped_from = is_kept ? Math.max(counted.first, void_from) : void_from;
        for (const of_check of counted.counts.values())
          for (const from of of_check.keys()) if (from >= dropped_from) of_check.delete(from);
        counted.not_stored = counted.not_stored.filter(({ from }) => from < dropped_from);
      }
    },
  };
}

interface Count {
  rollup: Rollup;
  delays: Sketch;
  /** Of those, or of those of the store. */
  without: Sketch;
  changed: boolean;
  /** The store has the rest. */
  is_part: boolean;
}

type Period = { from: EpochMs } & Pick<Count, 'is_part'>;

/** The count of a check for the period, created if missing. */
function countOf(
  counts: Map<string, Map<EpochMs, Count>>,
  check: string,
  { from, is_part }: Period,
): Count {
  const of_check = counts.get(check) ?? new Map<EpochMs, Count>();
  counts.set(check, of_check);
  const count = of_check.get(from) ?? {
    rollup: emptyRollup(check, from),
    delays: emptySketch(),
    without: emptySketch(),
    changed: false,
    is_part,
  };
  of_check.set(from, count);
  return count;
}

function addTo(count: Count, { outcome, slow, delay_ms, simulated }: Counted): void {
  const { rollup, delays } = count;
  if (outcome !== null) {
    rollup.n += 1;
    rollup.outcomes[outcome] = (rollup.outcomes[outcome] ?? 0) + 1;
  }
  if (slow) rollup.slow += 1;
  if (delay_ms !== null) addDelay(delays, delay_ms);
  rollup.simulated ||= simulated;
  count.changed = true;
}

function takeFromCount(count: Count, { outcome, slow, delay_ms }: Counted): void {
  const { rollup, without } = count;
  if (outcome !== null) {
    rollup.n -= 1;
    rollup.outcomes[outcome] = (rollup.outcomes[outcome] ?? 0) - 1;
  }
  if (slow) rollup.slow -= 1;
  if (delay_ms !== null) addDelay(without, delay_ms);
  count.changed = true;
}

function taken(count: Count): Rollup {
  count.changed = false;
  const { rollup, delays, without } = count;
  return {
    ...rollup,
    outcomes: Object.fromEntries(Object.entries(rollup.outcomes).filter(([, n]) => n > 0)),
    delays: encoded(without.count === 0 ? delays : difference(delays, without)),
  };
}

function difference(delays: Sketch, without: Sketch): Sketch {
  const left = emptySketch();
  mergeInto(left, delays);
  takeFrom(left, without);
  return left;
}

/** With what is to be taken from the stored one. */
function takenPart(count: Count): RollupPart {
  count.changed = false;
  const { rollup, delays } = count;
  const without = encoded(count.without);
  return { ...rollup, delays: encoded(delays), ...(without && { without }) };
}

function encoded(delays: Sketch): Uint8Array | null {
  return delays.count === 0 ? null : encodeSketch(delays);
}

/** From where on rows are counted again: the start of the hour and day of the instant. */
export function recountedFrom(at: EpochMs, zone: string): EpochMs {
  return Math.min(startOf('day', at, zone), startOf('hour', at, zone));
}

/** Start of the hour (UTC) or day (of the zone) that contains the instant. */
export function startOf(grain: Grain, at: EpochMs, zone: string): EpochMs {
  return grain === 'hour' ? hourStart(at) : startOfDay(zone, dayAt(zone, at));
}

function hourStart(at: EpochMs): EpochMs {
  return at - (at % HOUR);
}

/** What is counted is of today, of the day before or, followed for long, of one of these. */
const KNOWN_DAYS = 8;

/** The start of the day in the zone, cached because the calculation takes 10 µs. */
function cachedDayStart(zone: string): (at: EpochMs) => EpochMs {
  const known: Day[] = [];
  return (at) => {
    const day = known.find(({ from, to }) => from <= at && at < to);
    if (day) return day.from;
    known.unshift(...daysOf({ zone, now: at, count: 1 }));
    known.splice(KNOWN_DAYS);
    return known[0]?.from ?? at;
  };
}
