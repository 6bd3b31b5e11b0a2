import type { Retention } from '../configuration.ts';
import { HOUR } from '../time.ts';

/**
 * The longest possible day, and one more: so long results are kept at least, because the current
 * hours and days are counted from them again after a start. No figure is ever made of what is left
 * of a pruned time.
 */
export const COUNTED_FOR_MS = 49 * HOUR;

/**
 * For how long after its acceptance an invoice is kept that does not wait any more: it is counted
 * only when the longest time within which one was promised has passed.
 */
export function journeysKeptMs({ evidence_ms }: Retention, promise_ms: number): number {
  return Math.max(evidence_ms, COUNTED_FOR_MS + promise_ms);
}
