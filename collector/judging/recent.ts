import type { RecentDelays } from '../../model/component.ts';
import type { RecentResult } from '../../model/judge/share.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

export const RECENT_WINDOW_MS = 60 * 60_000;

/** The recent results with one more, without those that left the window. */
export function withRecent(
  recent: readonly RecentResult[],
  result: RecentResult,
  now: EpochMs,
): RecentResult[] {
  const kept = recent.findIndex((it) => it.ended_at > now - RECENT_WINDOW_MS);
  return kept === -1 ? [result] : [...recent.slice(kept), result];
}

/**
 * Median and 95th percentile of the recent delays in ms (nearest rank). A bad run took longer than any good one: a
 * quantile that falls on one is not known.
 */
export function recentDelays(recent: readonly RecentResult[]): RecentDelays {
  const good: number[] = [];
  for (const { bad, delay_ms } of recent) if (!bad) good.push(delay_ms);
  good.sort((a, b) => a - b);
  const n = recent.length;
  const quantile = (q: number) => good[Math.ceil(q * n) - 1] ?? null;
  return {
    window_ms: RECENT_WINDOW_MS,
    n,
    bad: n - good.length,
    median_ms: quantile(0.5),
    p95_ms: quantile(0.95),
  };
}
