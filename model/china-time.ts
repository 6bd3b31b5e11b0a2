import { HOUR } from './time.ts';
import type { EpochMs } from './vocabulary.ts';

/** China Standard Time is UTC+8, without summer time since 1991. */
const OFFSET_MS = 8 * HOUR;

/** The instant as written on invoices: yyyyMMddHHmmss in China Standard Time. */
export function toChinaTime(at: EpochMs): string {
  return new Date(at + OFFSET_MS).toISOString().replace(/\D/g, '').slice(0, 14);
}

/** The instant of a yyyyMMddHHmmss timestamp; NaN when it is malformed. */
export function fromChinaTime(stamp: string): EpochMs {
  const iso = stamp.replace(/^(\d{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6+08:00');
  return Date.parse(iso);
}
