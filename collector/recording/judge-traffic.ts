import type { OwnResult } from '../../model/event.ts';
import type { JudgingContext } from '../judging/evaluation.ts';
import { evaluateOwnResults, evaluateTraffic, trafficDue } from '../judging/own-traffic.ts';
import { stepOf } from '../judging/step.ts';
import type { Judging } from './draft.ts';
import { judgeLapse } from './judge-batch.ts';

/** Judges results of own traffic into a transaction, those of each check together. */
export function judgeOwnResults(
  draft: Judging,
  context: JudgingContext,
  results: readonly OwnResult[],
): void {
  for (const [check, its] of Map.groupBy(results, (it) => it.check)) {
    const component = context.site.measured_by.get(check);
    if (!component) continue;
    judgeLapse(draft, context, { component, at: context.now });
    draft.add(stepOf(context, [evaluateOwnResults(context, component, check, its)]));
  }
}

/** Judges the windows of own traffic that are over by now. */
export function judgeTrafficDue(draft: Judging, context: JudgingContext): void {
  for (const { component, check, kept } of trafficDue(context)) {
    judgeLapse(draft, context, { component, at: context.now });
    draft.add(stepOf(context, [evaluateTraffic(context, component, check, kept)]));
  }
}
