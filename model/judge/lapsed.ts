import type { Result } from '../result.ts';
import type { Grade } from './grade.ts';
import {
  type AilingVerdict,
  type CheckJudgement,
  freshJudgement,
  type Lapsed,
} from './judgement.ts';
import { NUMBERS } from './numbers.ts';

/** How it ails, or ailed when it was last known, not measured well since; null: it does not. */
export function ailingOf({ verdict, lapsed }: CheckJudgement): AilingVerdict | null {
  if (verdict === 'undecided') return lapsed?.verdict ?? null;
  return verdict === 'well' ? null : verdict;
}

/** After a time in which it had expired: nothing counts any more, but how it ailed is known. */
export function expiredJudgement(judgement: CheckJudgement): CheckJudgement {
  return { ...freshJudgement(judgement.check), lapsed: lapsedFrom(judgement) };
}

function lapsedFrom(judgement: CheckJudgement): Lapsed | null {
  const { verdict, lapsed, last_slot_at } = judgement;
  if (verdict === 'undecided') return lapsed;
  return verdict === 'well' ? null : { verdict, last_slot_at: last_slot_at ?? 0 };
}

/**
 * After a first result since it expired: as it was before, since the slot of that result, if it
 * shows that what ailed the check still does.
 */
export function resumedBy(known: CheckJudgement, result: Result, graded: Grade): CheckJudgement {
  const { lapsed } = known;
  if (lapsed === null || !goesOn(lapsed, result, graded)) return known;
  return { ...known, verdict: lapsed.verdict, since: result.slot_at, lapsed: null };
}

/** Whether the result would not have begun its recovery, and comes not too long after. */
function goesOn(lapsed: Lapsed, { slot_at, outcome }: Result, graded: Grade): boolean {
  if (slot_at - lapsed.last_slot_at > NUMBERS.check.goes_on_within_ms) return false;
  if (graded !== 'bad') return graded === 'slow' && lapsed.verdict === 'slow';
  return outcome !== 'degraded' || lapsed.verdict !== 'failing';
}
