import { NUMBERS } from './numbers.ts';
import { readOwnDetail } from './own-detail.ts';
import { DAY } from './time.ts';
import type { EpochMs } from './vocabulary.ts';

/** What ends unless somebody renews it; `valid_from` is null where nobody says so. */
export interface Lifetime {
  valid_from: EpochMs | null;
  expires_at: EpochMs;
}

/** Days to go at the instant, begun ones whole: it ends within so many. */
export function daysLeft(expires_at: EpochMs, at: EpochMs): number {
  return Math.max(0, Math.ceil((expires_at - at) / DAY));
}

/**
 * The number of days before its end that was passed last, at which operators are told; null: none
 * was. What lasts for weeks only is renewed late, and counts from the later ones.
 */
export function passedDays({ valid_from, expires_at }: Lifetime, at: EpochMs): number | null {
  const { told_days, of_lifetime } = NUMBERS.expiry;
  const lifetime_ms = valid_from === null ? Number.POSITIVE_INFINITY : expires_at - valid_from;
  const passed = Object.values(told_days).filter(
    (days) => daysLeft(expires_at, at) <= days && days * DAY <= lifetime_ms * of_lifetime,
  );
  return passed.length === 0 ? null : Math.min(...passed);
}

/** What an alert of an end says of it, as it is stored. */
export interface ToldExpiry {
  expires_at: EpochMs;
  days_left: number;
  /** Which of the numbers of days was passed. */
  passed: number;
  measured_at: EpochMs;
  /** The check that measured it; null: none did. */
  check: string | null;
  /** Until when what replaced it is valid; null: it has not been replaced. */
  until: EpochMs | null;
}

/** What the detail of an alert says of an end; null: nothing. */
export function readExpiry(detail: string | null): ToldExpiry | null {
  const read = detail === null ? null : readOwnDetail(detail);
  const { ends_at, days, measured_at, passed, check = null, until_at } = read?.values ?? {};
  if (ends_at === undefined || passed === undefined) return null;
  return {
    expires_at: Number(ends_at),
    days_left: Number(days),
    passed: Number(passed),
    measured_at: Number(measured_at),
    check,
    until: until_at === undefined ? null : Number(until_at),
  };
}
