import type { Policy } from '../configuration.ts';
import type { Result } from '../result.ts';
import type { EpochMs } from '../vocabulary.ts';
import { type CheckJudgement, decided } from './judgement.ts';
import { lapsedOf } from './lapsed.ts';

/** What a good result says of speed. */
export function afterTimed(before: CheckJudgement, result: Result, slow: boolean, policy: Policy) {
  return {
    quick_run: slow ? 0 : before.quick_run + 1,
    quick_since: slow ? null : (before.quick_since ?? result.slot_at),
    window: windowAfter(before, result, slow, policy),
  };
}

/** Slow is known for no longer than anything else is valid after the last result that was timed. */
export function withoutOldSlowness(
  judgement: CheckJudgement,
  slot_at: EpochMs,
  valid_until: EpochMs,
): CheckJudgement {
  const timed_at = judgement.window.at(-1)?.slot_at ?? slot_at;
  if (judgement.verdict !== 'slow' || slot_at - timed_at <= valid_until - slot_at) return judgement;
  const lapsed = lapsedOf('slow', timed_at);
  return { ...judgement, ...decided('undecided', slot_at), lapsed, window: [] };
}

/** The results of which a few slow ones make the check slow. */
export function windowAfter(
  before: CheckJudgement,
  result: Result,
  slow: boolean,
  policy: Policy,
): CheckJudgement['window'] {
  return [...before.window, { slot_at: result.slot_at, slow }].slice(-policy.slow_window);
}
