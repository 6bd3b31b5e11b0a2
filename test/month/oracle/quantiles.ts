/**
 * Where a quantile of what was measured lies: between the value before its rank and the one after,
 * for there is more than one way to say which of few it is.
 */
export function quantileBetween(
  values: readonly number[],
  q: number,
): { from: number; to: number } | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.ceil(q * sorted.length);
  const valueAt = (index: number) => sorted[Math.max(0, Math.min(sorted.length - 1, index))] ?? 0;
  return { from: valueAt(rank - 2), to: valueAt(rank) };
}
