import { DAY, HOUR, MINUTE, SECOND } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import { dayAt } from '../model/zone.ts';
import type { PageKey } from './keys.ts';
import type { Text } from './text.ts';

/** Formats times, durations and numbers for a language and zone. */
export interface Formats {
  /** 14:32:04 */
  clock(at: EpochMs): string;
  /** 14:32 */
  minute(at: EpochMs): string;
  /** 11月21日 14:32 */
  dateTime(at: EpochMs): string;
  /** 11月21日 14:32:05 */
  dateTimeSeconds(at: EpochMs): string;
  /** 14:32 where `reference` is the same day, else 11月21日 14:32. */
  timeNear(at: EpochMs, reference: EpochMs): string;
  /** 11月21日周六 14:32: for appointments. */
  appointment(at: EpochMs): string;
  /** 11月21日周六 14:32 – 16:00, with the date of the end if it differs. */
  period(from: EpochMs, to: EpochMs): string;
  /** 11月21日, of a YYYY-MM-DD */
  day(day: string): string;
  /** 128,406 */
  number(n: number): string;
  /** 0.32 秒, 8.2 秒, 1 分 50 秒, 3 小时 10 分: at most two units. */
  duration(ms: number): string;
  /** 上传、查询 */
  list(items: readonly string[]): string;
  /** The localised name of the zone: */
  zone(): string;
  /** 中国标准时间 */
  zoneName(): string;
}

interface FormatParts {
  locale: string;
  zone: string;
  text: Text<PageKey>;
}

export function createFormats({ locale, zone, text }: FormatParts): Formats {
  const dates = (options: Intl.DateTimeFormatOptions, timeZone = zone) =>
    new Intl.DateTimeFormat(locale, { hourCycle: 'h23', timeZone, ...options });
  const clock = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const minute = dates({ hour: '2-digit', minute: '2-digit' });
  const date_time = dates({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const date_time_seconds = dates({
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const appointment = dates({
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const day = dates({ month: 'short', day: 'numeric' }, 'UTC');
  const zoneName = () =>
    dates({ timeZoneName: 'long' })
      .formatToParts(0)
      .find((part) => part.type === 'timeZoneName')?.value ?? zone;
  const number = new Intl.NumberFormat(locale);
  return {
    clock: (at) => clock.format(at),
    minute: (at) => minute.format(at),
    dateTime: (at) => date_time.format(at),
    dateTimeSeconds: (at) => date_time_seconds.format(at),
    timeNear: (at, reference) =>
      (dayAt(zone, at) === dayAt(zone, reference) ? minute : date_time).format(at),
    appointment: (at) => appointment.format(at),
    period: (from, to) => {
      const end = dayAt(zone, from) === dayAt(zone, to) ? minute : appointment;
      return `${appointment.format(from)} – ${end.format(to)}`;
    },
    day: (date) => day.format(Date.parse(`${date}T00:00:00Z`)),
    number: (n) => number.format(n),
    duration: (ms) => duration(ms, text),
    list: (items) => items.join(text('list.separator')),
    zone: () => {
      const name = zoneName();
      return name === zone ? zone : text('text.with_aside', { text: name, aside: zone });
    },
    zoneName,
  };
}

function duration(ms: number, text: Text<PageKey>): string {
  const of = (unit: Unit, n: number | string) => text(`duration.${unit}`, { n: String(n) });
  if (ms < MINUTE && Math.round(ms / SECOND) < 60) return of('seconds', seconds(ms / SECOND));
  const [large, small] =
    ms < HOUR - SECOND / 2
      ? split(ms, MINUTE, SECOND, ['minutes', 'seconds'])
      : ms < DAY - MINUTE / 2
        ? split(ms, HOUR, MINUTE, ['hours', 'minutes'])
        : split(ms, DAY, HOUR, ['days', 'hours']);
  if (small.n === 0) return of(large.unit, large.n);
  return text('duration.pair', {
    large: of(large.unit, large.n),
    small: of(small.unit, small.n),
  });
}

type Unit = 'seconds' | 'minutes' | 'hours' | 'days';

function split(ms: number, large_ms: number, small_ms: number, units: readonly [Unit, Unit]) {
  const total = Math.round(ms / small_ms);
  const per_large = large_ms / small_ms;
  return [
    { unit: units[0], n: Math.floor(total / per_large) },
    { unit: units[1], n: total % per_large },
  ] as const;
}

/** Two significant digits below ten seconds, whole seconds above. */
function seconds(s: number): string {
  if (s >= 9.95) return String(Math.round(s));
  if (s >= 0.995 || s === 0) return String(Number(s.toFixed(1)));
  return String(Math.max(0.01, Number(s.toFixed(2))));
}
