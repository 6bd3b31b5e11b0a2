import type { Transition } from '../../model/component.ts';
import { type StateSpan, spansOf } from '../../model/figures.ts';
import { type CheckJudgement, freshJudgement, grade, judgeCheck } from '../../model/judge/check.ts';
import { type RecentResult, withoutRun } from '../../model/judge/share.ts';
import { endedAt, type Result } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { ResultReads } from '../../store/ports/results.ts';
import { recentResult } from '../judging/result.ts';
import { RECENT_WINDOW_MS } from '../state/recent.ts';
import type { MeasuredComponent } from '../state/site.ts';

/** Bounds the read of a huge database; more than is ever used. */
const MOST_ROWS = 200_000;

/** Restores the window of the last hour from raw results. `transitions`: those of that time. */
export async function resumeRecent(
  store: ResultReads,
  component: MeasuredComponent,
  transitions: readonly Transition[],
  now: EpochMs,
): Promise<RecentResult[]> {
  const span = { component: component.id, from: now - RECENT_WINDOW_MS, to: now };
  const results = await store.results({ ...span, limit: MOST_ROWS });
  const covered = spansOf({ transitions, ...span }).filter(
    ({ state }) => state === 'under_maintenance',
  );
  return replayed(results, component, covered);
}

/**
 * Rejudges the results of a component to mark those excluded from the share, and those under
 * maintenance (`covered`).
 */
function replayed(
  results: readonly Result[],
  { policy }: MeasuredComponent,
  covered: readonly StateSpan[],
): RecentResult[] {
  const judgements = new Map<string, CheckJudgement>();
  let recent: RecentResult[] = [];
  for (const result of results) {
    const ended_at = endedAt(result);
    const in_window = covered.some(({ from, to }) => from <= ended_at && ended_at < to);
    const confirmations = policy.confirmations === 'auto' ? 3 : policy.confirmations;
    const valid_until = Number.MAX_SAFE_INTEGER;
    const context = { policy, in_window, valid_until, confirmations };
    const graded = grade(result, context);
    if (graded === 'unjudged') continue;
    const { check } = result;
    const judgement = judgeCheck(judgements.get(check) ?? freshJudgement(check), result, context);
    judgements.set(check, judgement);
    const bad = graded === 'bad';
    recent.push({ ...recentResult(result, bad), left_out: bad && in_window });
    if (bad && judgement.verdict === 'failing') recent = withoutRun(recent, check, judgement.since);
  }
  return recent;
}
