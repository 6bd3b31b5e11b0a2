import { readLocalTime } from '../../../model/local-time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import type { MappedTime, TimeFormat } from './schema.ts';

const DIGITS = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/;
/** Hours and minutes; seconds, their parts and a zone where they are said. */
const TEXT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::(\d\d))?(?:\.\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?$/;

/** How each way of writing a time is read; null: it is none. */
const READERS: Record<TimeFormat, (text: string, zone: string) => EpochMs | null> = {
  ms: (text) => (/^\d{12,13}$/.test(text) ? Number(text) : null),
  s: (text) => (/^\d{9,10}$/.test(text) ? Number(text) * 1_000 : null),
  digits(text, zone) {
    const [, year, month, day, hour, minute, second] = DIGITS.exec(text) ?? [];
    return localTime(`${year}-${month}-${day}T${hour}:${minute}:${second}`, zone);
  },
  text(text, zone) {
    const [, date, minutes, second = '00', offset] = TEXT.exec(text) ?? [];
    const local = `${date}T${minutes}:${second}`;
    const in_utc = localTime(local, 'UTC');
    if (offset === undefined || in_utc === null) return localTime(local, zone);
    return Date.parse(`${local}${offset.replace(/(\d\d):?(\d\d)$/, '$1:$2')}`);
  },
};

/** The instant that a text says; null: none, such as 30 February. */
export function readTime(text: string, { time, zone }: Omit<MappedTime, 'from'>): EpochMs | null {
  const at = READERS[time](text.trim(), zone);
  return at === null || Number.isNaN(at) ? null : at;
}

/** Where clocks are put back over it, the earlier one. */
function localTime(local: string, zone: string): EpochMs | null {
  const read = readLocalTime(zone, local);
  if (read.is === 'once') return read.at;
  return read.is === 'repeated' ? (read.times[0] ?? null) : null;
}
