import { amended } from '../judging/amended.ts';
import { consequencesOf } from '../judging/consequences.ts';
import type { JudgingContext } from '../judging/evaluation.ts';
import type { Draft } from './draft.ts';

/**
 * Adds to a transaction what follows for incidents and alerts, once for all that was judged: what
 * became of it on the way is not told. A look at time concerns all systems.
 */
export function conclude(draft: Draft, context: JudgingContext, is_look: boolean): void {
  const { statuses, told } = draft.before;
  if (statuses.size === 0 && !is_look) return;
  const recording = consequencesOf(context, draft.before, is_look);
  if (Object.values(recording).some((rows) => rows.length > 0)) draft.add({ recording });
  for (const [id, before] of told) {
    const component = context.site.components.get(id);
    if (component) draft.add({ recording: amended(context, component, before) });
  }
}
