import { DAY } from './time.ts';
import type { EpochMs } from './vocabulary.ts';
import { offsetMs } from './zone.ts';

/** The value of an `<input type="datetime-local">`: local time without a zone. */
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/** Local time in the zone, to the minute: `2026-11-21T14:32`. */
export function toLocalTime(zone: string, at: EpochMs): string {
  return new Date(at + offsetMs(zone, at)).toISOString().slice(0, 16);
}

/**
 * The instant of a local time in the zone; null when it is malformed. Of an ambiguous time, the
 * first instant; a skipped time is shifted by the length of the gap.
 */
export function fromLocalTime(zone: string, text: string): EpochMs | null {
  const as_utc = LOCAL.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  // Date.parse accepts February 30 as March 2.
  if (Number.isNaN(as_utc) || !new Date(as_utc).toISOString().startsWith(text)) return null;
  const before = as_utc - offsetMs(zone, as_utc - DAY);
  const after = as_utc - offsetMs(zone, as_utc + DAY);
  const shown = [before, after].filter((at) => at + offsetMs(zone, at) === as_utc);
  return shown.length > 0 ? Math.min(...shown) : before;
}
