import type { EpochMs } from './vocabulary.ts';
import { offsetMs } from './zone.ts';

/** What an `<input type="datetime-local">` holds: a wall clock without a zone. */
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/** The wall clock of the zone at the instant, to the minute: `2026-11-21T14:32`. */
export function toLocalTime(zone: string, at: EpochMs): string {
  return new Date(at + offsetMs(zone, at)).toISOString().slice(0, 16);
}

/**
 * The instant at which the zone's clocks show the time; null when it is no time. Where they show it
 * twice, the first; where they skip it, as long after the gap as it lies behind its start.
 */
export function fromLocalTime(zone: string, text: string): EpochMs | null {
  const as_utc = LOCAL.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  // Date.parse takes February 30 for March 2.
  if (Number.isNaN(as_utc) || !new Date(as_utc).toISOString().startsWith(text)) return null;
  const before = as_utc - offsetMs(zone, as_utc - 86_400_000);
  const after = as_utc - offsetMs(zone, as_utc + 86_400_000);
  const shown = [before, after].filter((at) => at + offsetMs(zone, at) === as_utc);
  return shown.length > 0 ? Math.min(...shown) : before;
}
