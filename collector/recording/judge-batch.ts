import type { Gap } from '../../model/component.ts';
import { ownDetail } from '../../model/own-detail.ts';
import { endedAt } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LineBatch, LineResult } from '../../probes/line/batch.ts';
import type { Recording } from '../../store/record.ts';
import { stepOfClock } from '../judging/clock.ts';
import type { JudgingContext } from '../judging/evaluation.ts';
import { recordingOfLine, recordingOfOwn } from '../judging/own-trouble.ts';
import { evaluateResult } from '../judging/result.ts';
import { stepOf } from '../judging/step.ts';
import { evaluateAcceptance } from '../judging/sync.ts';
import { evaluateGap, evaluateLapse } from '../judging/time.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { Draft } from './draft.ts';
import { GAP_MINIMUM_MS } from './limits.ts';

export interface BatchJudging {
  draft: Draft;
  context: JudgingContext;
  installation: string;
}

/**
 * Judges a batch into a transaction: what happened to the clock, gaps, conditions of the line, and
 * its results one after the other in the order of their slots, each by what the ones before left.
 */
export function judgeBatch(judging: BatchJudging, batch: LineBatch): void {
  const { draft, context } = judging;
  for (const step of batch.steps) {
    draft.add(stepOfClock(context, step));
    const detail = ownDetail({ code: 'clock_set', by_ms: step.by_ms });
    const clock = { kind: 'clock', line: null, is_failing: true, at: step.at, detail } as const;
    draft.add({ recording: recordingOfOwn(context, clock) });
  }
  for (const gap of batch.gaps) {
    const is_short = gap.cause === 'suspended' && gap.to - gap.from < GAP_MINIMUM_MS;
    if (!is_short) judgeGap(draft, context, gap);
  }
  for (const condition of batch.conditions) add(recordingOfLine(context, condition));
  for (const result of batch.results) judgeResult(judging, result);

  function add(recording: Recording): void {
    draft.add({ recording });
  }
}

/** The gap is known to what is judged by it. */
export function judgeGap(draft: Draft, context: JudgingContext, gap: Gap): void {
  draft.add({ recording: { gaps: [gap] } });
  draft.add(stepOf(context, [evaluateGap(context, gap)]));
}

/** A state that had run out by then is unknown from where it ran out. */
export function judgeLapse(
  draft: Draft,
  context: JudgingContext,
  { component, at }: { component: MeasuredComponent; at: EpochMs },
): void {
  const lapse = evaluateLapse({ ...context, now: Math.min(context.now, at) }, component);
  if (lapse.length > 0) draft.add(stepOf(context, lapse));
}

/**
 * Judged as of its end, which may have been long ago: what could not be recorded at once decides
 * the states that it would have decided then.
 */
export function judgeResult(judging: BatchJudging, line_result: LineResult): void {
  const { draft, context, installation } = judging;
  const { site, live, now } = context;
  const { result: raw } = line_result;
  const check = site.checks.get(raw.check);
  if (!check) throw new Error(`check ${raw.check} is not in the configuration`);
  const component = site.measured_by.get(check.id);
  if (component) judgeLapse(draft, context, { component, at: raw.slot_at });
  const as_of = { ...context, now: Math.min(now, endedAt(raw)) };
  const { judged, evaluation } = evaluateResult(as_of, line_result, check);
  const { accepted, simulated } = judged.result;
  const begun = accepted
    ? evaluateAcceptance(context, { system: check.system, accepted, installation, simulated })
    : [];
  draft.add(stepOf({ ...context, live }, [evaluation, ...begun]));
  draft.judged(judged);
}
