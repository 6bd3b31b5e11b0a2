import { DAY, HOUR, iso, MINUTE, SECOND } from './time.ts';
import type { EpochMs } from './vocabulary.ts';

/** Whether this runtime knows the IANA time zone. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * A calendar day of a time zone: the half-open interval [from, to), 23 to 25 hours long where
 * clocks change.
 */
export interface Day {
  /** YYYY-MM-DD in the zone. */
  day: string;
  from: EpochMs;
  to: EpochMs;
}

export interface DaysParts {
  zone: string;
  now: EpochMs;
  count: number;
}

/** The last `count` days of the zone, oldest first; the last one contains `now`. */
export function daysOf({ zone, now, count }: DaysParts): Day[] {
  const today = dayAt(zone, now);
  const names = Array.from({ length: count + 1 }, (_, i) => addDays(today, i - count + 1));
  const starts = names.map((day) => startOfDay(zone, day));
  return names
    .slice(0, count)
    .map((day, i) => ({ day, from: starts[i] as EpochMs, to: starts[i + 1] as EpochMs }));
}

/** Creates a `daysOf` that remembers the days until another one begins. */
export function createDays({ zone, count }: Omit<DaysParts, 'now'>): (now: EpochMs) => Day[] {
  let days: Day[] = [];
  return (now) => {
    const today = days.at(-1);
    const is_today = today !== undefined && today.from <= now && now < today.to;
    if (!is_today) days = daysOf({ zone, now, count });
    return days;
  };
}

/** The calendar day (YYYY-MM-DD) of the instant in the zone. */
export function dayAt(zone: string, at: EpochMs): string {
  return new Date(at + offsetMs(zone, at)).toISOString().slice(0, 10);
}

/**
 * Start of a day in the zone. Where clocks skip midnight, the instant after the gap; where midnight
 * occurs twice, the one after which the day does not revert.
 */
export function startOfDay(zone: string, day: string): EpochMs {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const candidates = [midnight - DAY, midnight + DAY]
    .map((near) => midnight - offsetMs(zone, near))
    .sort((a, b) => a - b);
  return candidates.find((at) => dayAt(zone, at) === day) ?? midnight;
}

/** UTC offset of the zone at the instant, in ms. */
export function offsetMs(zone: string, at: EpochMs): number {
  const text = offsetFormat(zone).format(at);
  const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (!match?.[1]) return 0;
  const [, sign, hours, minutes, seconds = 0] = match;
  const ms = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
  return sign === '-' ? -ms : ms;
}

/** The same in words of every language: UTC+8, UTC−3:30, UTC. */
export function offsetText(zone: string, at: EpochMs): string {
  const offset = offsetMs(zone, at);
  if (offset === 0) return 'UTC';
  const [, hours, minutes, seconds] = /(\d+):(\d+):(\d+)/.exec(iso(Math.abs(offset))) ?? [];
  const parts = seconds !== '00' ? [minutes, seconds] : minutes !== '00' ? [minutes] : [];
  return [`UTC${offset < 0 ? '−' : '+'}${Number(hours)}`, ...parts].join(':');
}

/** The calendar day (YYYY-MM-DD) so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Cached, because creating a formatter takes 50 µs and a page needs thousands of conversions. */
const formats = new Map<string, Intl.DateTimeFormat>();
function offsetFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  return format;
}
