import { DAY, MINUTE } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import { dayAt } from '../model/zone.ts';
import type { PageKey } from './keys.ts';
import type { Text } from './text.ts';

/**
 * Formats times for a language and zone. Dates carry the year whenever it is not this one, and
 * always where they may be read later: in mails, chats, evidence, feeds and answers of the API.
 */
export interface DateFormats {
  /** 14:32:04 */
  clock(at: EpochMs): string;
  /** 14:32:04 of today, else 11月20日 14:32:04. */
  clockToday(at: EpochMs): string;
  /** 14:32 */
  minute(at: EpochMs): string;
  /** 11月21日 14:32, or 2025年11月21日 14:32 */
  dateTime(at: EpochMs): string;
  /** 11月21日 14:32:05 */
  dateTimeSeconds(at: EpochMs): string;
  /** 14:32 where `reference` is the same day, else 11月21日 14:32. */
  timeNear(at: EpochMs, reference: EpochMs): string;
  /** 11月21日周六 14:32: for appointments. */
  appointment(at: EpochMs): string;
  /** 14:32 of today, else 11月22日周日 14:32. */
  appointmentToday(at: EpochMs): string;
  /**
   * 11月21日周六 14:32 – 16:00, with the date of the end if it differs; 11月21日周六 14:32（不到 1
   * 分钟） of less than a minute, which would seem to be nothing.
   */
  period(from: EpochMs, to: EpochMs): string;
  /** The same with the name of the zone at that time, at either end where clocks change between. */
  periodInZone(from: EpochMs, to: EpochMs): string;
  /** "11月21日", of a YYYY-MM-DD */
  day(day: string): string;
  /** The localised name of the zone, whatever its clocks show: 中国标准时间（Asia/Shanghai） */
  zone(): string;
  /** Its name at that instant: "中国标准时间", Central European Summer Time */
  zoneName(at: EpochMs): string;
  /** Whether the time has come, for who reads it. */
  hasPassed(at: EpochMs): boolean;
  /** The year of dates without one; null where all have theirs. */
  thisYear(): string | null;
}

export interface DateParts {
  locale: string;
  zone: string;
  text: Text<PageKey>;
  /** What the time is for who reads it. */
  now: () => EpochMs;
  /** Whether every date has its year, else those of other years. */
  in_full: boolean;
}

const MINUTES = { hour: '2-digit', minute: '2-digit' } as const;
const SECONDS = { ...MINUTES, second: '2-digit' } as const;
const DATE = { month: 'short', day: 'numeric' } as const;

export function createDates({ locale, zone, text, now, in_full }: DateParts): DateFormats {
  const create = (options: Intl.DateTimeFormatOptions, timeZone = zone) =>
    new Intl.DateTimeFormat(locale, { hourCycle: 'h23', timeZone, ...options });
  const clock = create(SECONDS);
  const minute = create(MINUTES);
  const date_time = withYear({ ...DATE, ...MINUTES });
  const date_time_seconds = withYear({ ...DATE, ...SECONDS });
  const appointment = withYear({ ...DATE, weekday: 'short', ...MINUTES });
  const day = withYear(DATE, 'UTC');
  let zone_text: string | null = null;
  const name_at = create({ timeZoneName: 'long' });
  return {
    clock: (at) => clock.format(at),
    clockToday: (at) =>
      !in_full && isSameDay(at, now()) ? clock.format(at) : date_time_seconds(at),
    minute: (at) => minute.format(at),
    dateTime: date_time,
    dateTimeSeconds: date_time_seconds,
    timeNear: (at, reference) => (isSameDay(at, reference) ? minute.format(at) : date_time(at)),
    appointment,
    appointmentToday: (at) =>
      !in_full && isSameDay(at, now()) ? minute.format(at) : appointment(at),
    period,
    periodInZone,
    day: (date) => day(Date.parse(`${date}T00:00:00Z`)),
    zone: () => (zone_text ??= zoneText()),
    zoneName,
    hasPassed: (at) => at <= now(),
    thisYear: () => (in_full ? null : yearOf(now(), zone)),
  };

  /** A formatter is created when it is needed, which takes 50 µs. */
  function withYear(options: Intl.DateTimeFormatOptions, zone_of_date = zone) {
    let long: Intl.DateTimeFormat | null = null;
    let short: Intl.DateTimeFormat | null = null;
    return (at: EpochMs) => {
      const is_this_year = !in_full && yearOf(at, zone_of_date) === yearOf(now(), zone);
      if (is_this_year) {
        short ??= create(options, zone_of_date);
        return short.format(at);
      }
      long ??= create({ year: 'numeric', ...options }, zone_of_date);
      return long.format(at);
    };
  }

  function isSameDay(a: EpochMs, b: EpochMs): boolean {
    return dayAt(zone, a) === dayAt(zone, b);
  }

  function period(from: EpochMs, to: EpochMs): string {
    if (to - from < MINUTE) return withAside(appointment(from), text('duration.under_a_minute'));
    return `${appointment(from)} – ${isSameDay(from, to) ? minute.format(to) : appointment(to)}`;
  }

  function periodInZone(from: EpochMs, to: EpochMs): string {
    const [begin, end] = [zoneName(from), zoneName(to)];
    if (begin === end) return withAside(period(from, to), begin);
    return `${withAside(appointment(from), begin)} – ${withAside(appointment(to), end)}`;
  }

  function zoneName(at: EpochMs): string {
    return nameIn(name_at, at) ?? zone;
  }

  /** The name that holds all year, if there is one. */
  function zoneText(): string {
    const from = now();
    const names = [0, 91, 182, 273].map((days) => zoneName(from + days * DAY));
    const name = names.every((it) => it === names[0])
      ? names[0]
      : nameIn(create({ timeZoneName: 'longGeneric' }), from);
    return name === undefined || name === zone ? zone : withAside(name, zone);
  }

  function withAside(what: string, aside: string): string {
    return text('text.with_aside', { text: what, aside });
  }
}

function nameIn(format: Intl.DateTimeFormat, at: EpochMs): string | undefined {
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value;
}

function yearOf(at: EpochMs, zone: string): string {
  return dayAt(zone, at).slice(0, 4);
}
