import { type ComponentVerdict, judgeComponent } from '../../model/judge/component.ts';
import { badShare } from '../../model/judge/share.ts';
import { judgementOf, windowAt } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { JudgingContext } from './evaluation.ts';

/** The current verdict on a component, from its results in the live state. */
export function verdictNow(
  { live, now }: Pick<JudgingContext, 'live' | 'now'>,
  component: MeasuredComponent,
): ComponentVerdict {
  return judgeComponent({
    checks: component.checks.map(({ id, line }) => ({ line, judgement: judgementOf(live, id) })),
    now,
    policy: component.policy,
    share: badShare(live.recent.get(component.id) ?? [], now),
    window: windowAt(live, component.id, now),
    suspect_line: null,
  });
}
