import type { Result } from '../result.ts';
import { isCounted } from './check.ts';
import type { Grade } from './grade.ts';
import { type History, withBad, withGood, withoutRun, withRun } from './history.ts';
import { type CheckJudgement, freshJudgement, isValid } from './judgement.ts';

/** A result, how it counts, and the judgement of its check before and after it. */
export interface SeenResult {
  result: Result;
  grade: Grade;
  /** A maintenance was announced for the slot. */
  in_window: boolean;
  before: CheckJudgement;
  after: CheckJudgement;
}

/**
 * The history of a check after one more result. Bad results in an announced maintenance never
 * count; nor do those that a verdict on the check reports.
 */
export function historyAfter(history: History | null, seen: SeenResult): History | null {
  const { result, grade, in_window, before, after } = seen;
  if (grade === 'unjudged') return history;
  const { slot_at } = result;
  const is_continued = isValid(before, slot_at);
  const known = history === null || is_continued ? history : withRun(history);
  if (grade !== 'bad') return withGood(known, slot_at);
  if (in_window) return known;
  if (isReported(result, after)) return known && withoutRun(known);
  const counts = isCounted(is_continued ? before : freshJudgement(before.check), result);
  return counts ? withBad(known, { slot_at, is_perhaps_ours: after.is_perhaps_ours }) : known;
}

function isReported({ outcome }: Result, { verdict }: CheckJudgement): boolean {
  return verdict === 'failing' || (verdict === 'degraded' && outcome === 'degraded');
}
