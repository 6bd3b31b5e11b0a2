/**
 * The quantile `q` of `n` values by the nearest rank, a value that is among them; `n` may
 * be more than there are, which are then longer than any; null where it is one of those. Reorders
 * the values.
 */
export function nearestRank(values: Float64Array, q: number, n = values.length): number | null {
  const rank = Math.ceil(q * n);
  return rank > 0 && rank <= values.length ? nthSmallest(values, rank - 1) : null;
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
