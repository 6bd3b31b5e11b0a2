import { HOUR, MINUTE } from './time.ts';
import type { EpochMs } from './vocabulary.ts';
import { offsetMs } from './zone.ts';

/** What a local time means in a zone. */
export type LocalTimeReading =
  | { is: 'no_time' }
  | { is: 'once'; at: EpochMs }
  /** Clocks are put back over it: its instants, earliest first. */
  | { is: 'repeated'; times: EpochMs[] }
  /** Clocks are put forward over it: the last minute before them and the first one after. */
  | { is: 'skipped'; before: EpochMs; after: EpochMs };

/** The value of an `<input type="datetime-local">`: local time without a zone. */
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/** Local time in the zone, to the minute: `2026-11-21T14:32`. */
export function toLocalTime(zone: string, at: EpochMs): string {
  return new Date(localMs(zone, at)).toISOString().slice(0, 16);
}

/** The instant of a local time in the zone, or why there is none, or more than one. */
export function readLocalTime(zone: string, text: string): LocalTimeReading {
  const local = LOCAL.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  // Date.parse accepts February 30 as March 2.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(text))
    return { is: 'no_time' };
  const hours = hoursAround(zone, local);
  const offsets = [...new Set(hours.map(({ offset }) => offset))];
  const times = offsets
    .map((offset) => local - offset)
    .filter((at) => localMs(zone, at) === local)
    .sort((a, b) => a - b);
  const [at] = times;
  if (at === undefined) return { is: 'skipped', ...existingAround(zone, local, hours) };
  return times.length === 1 ? { is: 'once', at } : { is: 'repeated', times };
}

/** The local time as ms, as if it were UTC. */
function localMs(zone: string, at: EpochMs): number {
  return at + offsetMs(zone, at);
}

/** An instant and the offset of the zone at it. */
interface ZoneHour {
  at: EpochMs;
  offset: number;
}

/** No zone was ever further from UTC; Manila was 15:56 behind until 1844. */
const FURTHEST_HOURS = 16;

/** Every hour in which a zone may show the local time: none has changed its clocks twice in one. */
function hoursAround(zone: string, local: number): ZoneHour[] {
  return Array.from({ length: 2 * FURTHEST_HOURS + 1 }, (_, i) => {
    const at = local + (i - FURTHEST_HOURS) * HOUR;
    return { at, offset: offsetMs(zone, at) };
  });
}

/** The existing minutes next to a local time that the zone skips. */
function existingAround(
  zone: string,
  local: number,
  hours: ZoneHour[],
): { before: EpochMs; after: EpochMs } {
  for (const [i, late] of hours.entries()) {
    const early = hours[i - 1];
    if (early === undefined || early.offset >= late.offset) continue;
    const change = changeBetween(zone, early, late);
    const [from, to] = [change + early.offset, change + late.offset];
    if (from > local || local >= to) continue;
    return {
      before: wholeMinute(from) - MINUTE - early.offset,
      after: wholeMinute(to) - late.offset,
    };
  }
  throw new Error(`${zone} neither shows nor skips ${new Date(local).toISOString()}`);
}

/** The instant from which the later offset holds. */
function changeBetween(zone: string, early: ZoneHour, late: ZoneHour): EpochMs {
  let [before, after] = [early.at, late.at];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMs(zone, middle) === early.offset) before = middle;
    else after = middle;
  }
  return after;
}

/** The first whole minute at or after a local time. */
function wholeMinute(local: number): number {
  return Math.ceil(local / MINUTE) * MINUTE;
}
