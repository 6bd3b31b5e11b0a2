import type { Outcome } from '../vocabulary.ts';

/** Outcomes that are laid at the system. */
const BAD: ReadonlySet<Outcome> = new Set([
  'timeout',
  'network',
  'system',
  'degraded',
  'maintenance',
  'mismatch',
  'corrupt',
]);

/** Whether a result of this outcome says anything about the system, good or bad. */
export function isJudged(outcome: Outcome): boolean {
  return outcome === 'ok' || BAD.has(outcome);
}

/** Whether a result of this outcome is bad, outside announced maintenance. */
export function isBad(outcome: Outcome): boolean {
  return BAD.has(outcome);
}
