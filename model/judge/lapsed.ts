import { NUMBERS } from '../numbers.ts';
import type { Result } from '../result.ts';
import type { EpochMs } from '../vocabulary.ts';
import type { Grade } from './grade.ts';
import {
  type AilingVerdict,
  type CheckJudgement,
  freshJudgement,
  type Lapsed,
} from './judgement.ts';

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
  return verdict === 'well' ? null : lapsedOf(verdict, last_slot_at ?? 0);
}

export function lapsedOf(verdict: AilingVerdict, last_slot_at: EpochMs): Lapsed {
  return { verdict, last_slot_at, well_run: 0, was_well: false };
}

/** The judgement of a check that ailed when it expired, after one more result. */
export function withLapse(judgement: CheckJudgement, graded: Grade): CheckJudgement {
  const { lapsed } = judgement;
  if (lapsed === null || (lapsed.verdict === 'slow' && graded === 'untimed')) return judgement;
  const is_well = lapsed.verdict === 'slow' ? graded === 'good' : graded !== 'bad';
  const well_run = is_well ? lapsed.well_run + 1 : 0;
  return { ...judgement, lapsed: { ...lapsed, well_run, was_well: lapsed.was_well || is_well } };
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

/** Whether the result says the same, soon enough, and nothing has spoken of recovery. */
function goesOn(lapsed: Lapsed, { slot_at, outcome }: Result, graded: Grade): boolean {
  const is_late = slot_at - lapsed.last_slot_at > NUMBERS.check.goes_on_within_ms;
  if (is_late || lapsed.was_well) return false;
  if (lapsed.verdict === 'slow') return graded === 'slow';
  return graded === 'bad' && (outcome === 'degraded') === (lapsed.verdict === 'degraded');
}
