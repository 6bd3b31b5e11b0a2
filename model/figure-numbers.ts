import { MINUTE } from './time.ts';

/**
 * From what on something is said of what was measured: a part of NUMBERS by itself, because
 * browsers load it.
 */
export const FIGURE_NUMBERS = {
  /** The time of a day spent in a state or a worse one, for its bar to show it. */
  bar_ms: 5 * MINUTE,
  /** Measurements that have a median, and a 95th percentile: of few it is the worst one. */
  median_from: 5,
  p95_from: 60,
  /** Invoices at a stage within a day, that have a 95th percentile: one of them was longer. */
  stage_p95_from: 20,
};
