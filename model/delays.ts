/** What is only known to lie between two values, ends included; `to` null: above the first. */
export interface ValueRange {
  from: number;
  to: number | null;
}

/** A value as a range. */
export function asRange(value: number | ValueRange): ValueRange {
  return typeof value === 'number' ? { from: value, to: value } : value;
}

/** What is known of the delays behind a figure, in ms; a quantile is null if it is not known. */
export interface MeasuredDelays {
  n: number;
  median_ms: number | ValueRange | null;
  p95_ms: number | ValueRange | null;
}
