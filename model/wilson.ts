/**
 * Lower bound of the 95 % Wilson score interval of `hits` in `n` (Wilson 1927); 0 when n is 0.
 * Unlike the share itself it stays low when n is small.
 */
export function wilsonLowerBound(hits: number, n: number): number {
  if (n === 0) return 0;
  const z = 1.959964;
  const share = hits / n;
  const centre = share + (z * z) / (2 * n);
  const margin = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return Math.max(0, (centre - margin) / (1 + (z * z) / n));
}
