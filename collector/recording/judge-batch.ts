import type { Gap } from '../../model/component.ts';
import { NUMBERS } from '../../model/numbers.ts';
import { ownDetail } from '../../model/own-detail.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LineBatch, LineResult } from '../../probes/line/batch.ts';
import { isStep } from '../../probes/line/watch/wall-clock.ts';
import type { Recording } from '../../store/record.ts';
import { stepOfCertificates } from '../judging/certificates.ts';
import { stepOfClock } from '../judging/clock.ts';
import type { JudgingContext } from '../judging/evaluation.ts';
import { recordingOfLine, recordingOfOwn } from '../judging/own-trouble.ts';
import { checkOf, evaluateAsOfEnd, evaluateResult, type JudgedResult } from '../judging/result.ts';
import { stepOf } from '../judging/step.ts';
import { evaluateAcceptance } from '../judging/sync.ts';
import { evaluateGap, evaluateSyncsAnew, lapses } from '../judging/time.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { Draft, Judging } from './draft.ts';
import { isLate, isToldLater, judgeLate } from './judge-late.ts';

export interface BatchJudging {
  draft: Judging;
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
    if (!isStep(step.by_ms)) continue;
    const detail = ownDetail({ code: 'clock_set', by_ms: step.by_ms });
    const clock = { kind: 'clock', line: null, is_failing: true, at: step.at, detail } as const;
    draft.add({ recording: recordingOfOwn(context, clock) });
  }
  for (const gap of batch.gaps) {
    const is_short = gap.cause === 'suspended' && gap.to - gap.from < NUMBERS.own.gap_from_ms;
    if (!is_short) judgeGap(draft, context, gap);
  }
  if (batch.steps.length > 0) draft.add(stepOf(context, evaluateSyncsAnew(context)));
  for (const condition of batch.conditions) add(recordingOfLine(context, condition));
  for (const result of batch.results) judgeResult(judging, result);

  function add(recording: Recording): void {
    draft.add({ recording });
  }
}

/** The gap is known to what is judged by it; what ran out before it did so by itself. */
export function judgeGap(draft: Judging, context: JudgingContext, gap: Gap): void {
  for (const component of context.site.components.values())
    if (component.function !== 'sync') judgeLapse(draft, context, { component, at: gap.from });
  draft.add({ recording: { gaps: [gap] } });
  draft.add(stepOf(context, [evaluateGap(context, gap)]));
}

/** A state that had run out by then is unknown from where it ran out. */
export function judgeLapse(
  draft: Judging,
  context: JudgingContext,
  { component, at }: { component: MeasuredComponent; at: EpochMs },
): void {
  for (const lapse of lapses(context, component, at)) draft.add(stepOf(context, [lapse]));
}

/** Of what was judged, what has run out by now is not told as going on. */
export function judgeLapsed(draft: Draft, context: JudgingContext): void {
  for (const id of draft.before.statuses.keys()) {
    const component = context.site.components.get(id);
    if (component) judgeLapse(draft, context, { component, at: context.now });
  }
}

/** In the order of the slots of its component, also where it comes later than that. */
export function judgeResult(judging: BatchJudging, given: LineResult): void {
  const { draft, context, installation } = judging;
  const { site, live } = context;
  const { check, slot_at } = given.result;
  const component = site.measured_by.get(check);
  const is_late = component && isLate(live, component.id, slot_at);
  const judged = is_late ? judgeLate({ draft, context, component }, given) : judgeNext();
  const certificates = stepOfCertificates(context, judged.result);
  if (certificates) draft.add(certificates);
  const { accepted, simulated } = judged.result;
  if (accepted) {
    const { system } = checkOf(site, check);
    const acceptance = { system, accepted, installation, simulated };
    draft.add(stepOf(context, evaluateAcceptance(context, acceptance)));
  }
  draft.judged(judged);

  function judgeNext(): JudgedResult {
    if (component) judgeLapse(draft, context, { component, at: slot_at });
    const is_past = component && isToldLater(live, component.id, given);
    const { judged, evaluation } = is_past
      ? evaluateResult(context, given, checkOf(site, check))
      : evaluateAsOfEnd(context, given);
    draft.add(stepOf(context, [evaluation]));
    return judged;
  }
}
