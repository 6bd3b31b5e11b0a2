import { type ComponentVerdict, judgeComponent } from '../../model/judge/component.ts';
import { badShare } from '../../model/judge/share.ts';
import { judgementOf, windowAt } from '../picture.ts';
import type { MeasuredComponent } from '../site.ts';
import type { Surroundings } from './implications.ts';

/** What is said now of a component whose results are those the picture has. */
export function verdictNow(
  { picture, now }: Pick<Surroundings, 'picture' | 'now'>,
  component: MeasuredComponent,
): ComponentVerdict {
  return judgeComponent({
    checks: component.checks.map(({ id, line }) => ({ line, judgement: judgementOf(picture, id) })),
    now,
    policy: component.policy,
    share: badShare(picture.recent.get(component.id) ?? [], now),
    window: windowAt(picture, component.id, now),
    suspect_line: null,
  });
}
