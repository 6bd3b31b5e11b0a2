import { DAY, HOUR, MINUTE, SECOND } from '../model/time.ts';
import { createDates, type DateFormats, type DateParts } from './dates.ts';
import type { PageKey } from './keys.ts';
import type { Text } from './text.ts';

/** Formats times, durations and numbers for a language and zone. */
export interface Formats extends DateFormats {
  /** 128,406 */
  number(n: number): string;
  /** "0.32 秒", "8.2 秒", "3 分钟", "1 分 50 秒", "3 小时 10 分钟": at most two units. */
  duration(ms: number): string;
  /** 上传、查询 */
  list(items: readonly string[]): string;
}

export function createFormats(parts: DateParts): Formats {
  const { locale, text } = parts;
  const number = new Intl.NumberFormat(locale);
  return {
    ...createDates(parts),
    number: (n) => number.format(n),
    duration: (ms) => duration(ms, text),
    list: (items) => items.join(text('list.separator')),
  };
}

function duration(ms: number, text: Text<PageKey>): string {
  const of = (unit: Said, n: number | string) => text(`duration.${unit}`, { n: String(n) });
  if (ms < MINUTE && Math.round(ms / SECOND) < 60) return of('seconds', seconds(ms / SECOND));
  const [large, small] =
    ms < HOUR - SECOND / 2
      ? split(ms, MINUTE, SECOND, ['minutes', 'seconds'])
      : ms < DAY - MINUTE / 2
        ? split(ms, HOUR, MINUTE, ['hours', 'minutes'])
        : split(ms, DAY, HOUR, ['days', 'hours']);
  if (small.n === 0) return of(large.unit, large.n);
  return text('duration.pair', {
    large: of(large.unit === 'minutes' ? 'minutes_before_seconds' : large.unit, large.n),
    small: of(small.unit, small.n),
  });
}

type Unit = 'seconds' | 'minutes' | 'hours' | 'days';
/** Chinese says "分钟" where a length ends with minutes, and "分" where seconds follow. */
type Said = Unit | 'minutes_before_seconds';

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
