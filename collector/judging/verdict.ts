import { type ComponentVerdict, judgeComponent } from '../../model/judge/component.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import { NO_SHARE, type Share } from '../../model/judge/share.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { isAfterWindow, judgementOf, windowAt } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { JudgingContext } from './evaluation.ts';
import { isLearning } from './limits.ts';

interface VerdictParts {
  at: EpochMs;
  window: { maintenance: string; from: EpochMs } | null;
  share: Share;
  /** A judgement that is not in the live state yet. */
  newest: CheckJudgement | null;
}

/** The verdict on a component at an instant, from what is known in the live state. */
export function verdictAt(
  { live }: Pick<JudgingContext, 'live'>,
  component: MeasuredComponent,
  { at, window, share, newest }: VerdictParts,
): ComponentVerdict {
  return judgeComponent({
    checks: component.checks.map(({ id, line }) => ({
      line,
      judgement: newest?.check === id ? newest : judgementOf(live, id),
    })),
    now: at,
    policy: component.policy,
    share,
    window,
    is_after_window: isAfterWindow(live, component.id, at),
    is_learning: isLearning(live, component, at),
  });
}

/** The current verdict on a component. */
export function verdictNow(
  { live, now }: Pick<JudgingContext, 'live' | 'now'>,
  component: MeasuredComponent,
): ComponentVerdict {
  return verdictAt({ live }, component, {
    at: now,
    window: windowAt(live, component.id, now),
    share: live.shares.get(component.id) ?? NO_SHARE,
    newest: null,
  });
}
