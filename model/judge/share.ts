import { MINUTE } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';
import { wilsonLowerBound } from '../wilson.ts';

/** One judged result in the recent window of a component. */
export interface RecentResult {
  check: string;
  slot_at: EpochMs;
  ended_at: EpochMs;
  delay_ms: number;
  bad: boolean;
  /**
   * Excluded from the share because a state already reports it: it failed within a maintenance, or
   * in the run that made its check fail.
   */
  left_out: boolean;
}

const SHARE_WINDOW_MS = 30 * MINUTE;
const MINIMUM_RESULTS = 20;
const MINIMUM_BAD = 3;
const TOLERATED_SHARE = 0.05;

export interface BadShare {
  n: number;
  bad: number;
  /**
   * Some users are affected: too many single failures for chance, though nothing fails twice in a
   * row.
   */
  affected: boolean;
}

/**
 * The share of bad results over the last 30 minutes: affected when n ≥ 20, at least 3 bad, and the
 * 95 % Wilson lower bound of the share exceeds 5 %.
 */
export function badShare(recent: readonly RecentResult[], now: EpochMs): BadShare {
  let n = 0;
  let bad = 0;
  for (const result of recent) {
    if (result.left_out || result.ended_at <= now - SHARE_WINDOW_MS) continue;
    n += 1;
    if (result.bad) bad += 1;
  }
  const affected =
    n >= MINIMUM_RESULTS && bad >= MINIMUM_BAD && wilsonLowerBound(bad, n) > TOLERATED_SHARE;
  return { n, bad, affected };
}

/** The same results, with the bad ones of the check from `since` on excluded from the share. */
export function withoutRun(
  recent: readonly RecentResult[],
  check: string,
  since: EpochMs,
): RecentResult[] {
  return recent.map((it) =>
    it.check === check && it.bad && it.slot_at >= since ? { ...it, left_out: true } : it,
  );
}
