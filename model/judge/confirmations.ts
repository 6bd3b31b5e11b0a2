import type { Policy } from '../configuration.ts';
import { NUMBERS } from '../numbers.ts';
import { DAY } from '../time.ts';

const YEAR_MS = 365 * DAY;

/** What is known of a check at its first bad result. */
export interface CheckRecord {
  /** Distance between its regular slots. */
  slot_distance_ms: number;
  /** The greatest share of bad results that it had over any window; null when too few are known. */
  bad_share: number | null;
}

/**
 * How many bad results in a row make the check fail: as set, else so many that chance makes an
 * outage less often than once in 20 years. With independent failures of probability p a given slot
 * begins k of them with probability p^k, so that k ≥ ln(0.05 ÷ slots a year) ÷ ln p.
 */
export function confirmationsOf(
  { confirmations }: Pick<Policy, 'confirmations'>,
  { slot_distance_ms, bad_share }: CheckRecord,
): number {
  if (confirmations !== 'auto') return confirmations;
  const { chance_outages_a_year, least_bad_share, at_least, at_most } = NUMBERS.confirmations;
  const share = Math.max(bad_share ?? 0, least_bad_share);
  if (share >= 1) return at_most;
  const slots_a_year = YEAR_MS / slot_distance_ms;
  const enough = Math.ceil(Math.log(chance_outages_a_year / slots_a_year) / Math.log(share));
  return Math.min(at_most, Math.max(at_least, enough));
}
