import type { Rollup } from '../rollup.ts';
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

/** How many results of a roll-up say anything about the system: the n of every figure. */
export function judgedCount({ n, outcomes }: Pick<Rollup, 'n' | 'outcomes'>): number {
  const counts = Object.entries(outcomes) as [Outcome, number][];
  return counts.reduce((left, [outcome, count]) => left - (isJudged(outcome) ? 0 : count), n);
}
