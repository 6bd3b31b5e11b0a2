import type { RecentDelays } from '../../model/component.ts';
import type { RecentResult } from '../../model/judge/share.ts';
import { HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

export const RECENT_WINDOW_MS = HOUR;

/** The recent results including a new one, without expired ones. */
export function withRecent(
  recent: readonly RecentResult[],
  result: RecentResult,
  now: EpochMs,
): RecentResult[] {
  const first = recent.findIndex((it) => it.ended_at > now - RECENT_WINDOW_MS);
  return first === -1 ? [result] : [...recent.slice(first), result];
}

/**
 * Median and 95th percentile of the recent delays in ms (nearest rank). A bad run counts as longer
 * than any good one: a quantile that falls on one is null.
 */
export function recentDelays(recent: readonly RecentResult[]): RecentDelays {
  const n = recent.length;
  const good = new Float64Array(n);
  let count = 0;
  for (const { bad, delay_ms } of recent) if (!bad) good[count++] = delay_ms;
  const known = good.subarray(0, count);
  const quantile = (q: number) => {
    const rank = Math.ceil(q * n);
    return rank > 0 && rank <= count ? nthSmallest(known, rank - 1) : null;
  };
  return {
    window_ms: RECENT_WINDOW_MS,
    n,
    bad: n - count,
    median_ms: quantile(0.5),
    p95_ms: quantile(0.95),
  };
}

/**
 * The value that would stand at `index` if the values were sorted; reorders them. (Hoare's "Find",
 * CACM 4(7), 1961.) A window has thousands of results and is evaluated for each, so that sorting
 * would cost more than judging.
 */
function nthSmallest(values: Float64Array, index: number): number {
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1] ?? 0;
    let left = from;
    let right = to;
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      const swapped = values[left] ?? 0;
      values[left] = values[right] ?? 0;
      values[right] = swapped;
      left += 1;
      right -= 1;
    }
    if (index <= right) to = right;
    else if (index >= left) from = left;
    else break;
  }
  return values[index] ?? 0;
}
