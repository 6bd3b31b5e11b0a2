import {
  type ComponentStatus,
  type LastResult,
  measuredMeanwhile,
  type Note,
} from '../../model/component.ts';
import type { Grade } from '../../model/judge/grade.ts';
import { cleared, type History } from '../../model/judge/history.ts';
import { type CheckJudgement, isKnown } from '../../model/judge/judgement.ts';
import { NO_SHARE, type Share, shareAfter } from '../../model/judge/share.ts';
import { delayMs, endedAt, type Result } from '../../model/result.ts';
import { latest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { statusOf, windowAt } from '../state/live-state.ts';
import { recentDelays, withRecent } from '../state/recent.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { ComponentChange, Evaluation, JudgingContext } from './evaluation.ts';
import { lostSince, othersExpiredSince } from './expiry.ts';
import { verdictAt } from './verdict.ts';

/** A result of one of the component's checks, as judged. */
interface SeenByComponent {
  result: Result;
  grade: Grade;
  before: CheckJudgement;
  judgement: CheckJudgement;
  history: History | null;
  last: LastResult;
}

type ComponentEvaluation = Pick<
  Evaluation,
  'component_changes' | 'histories' | 'shares' | 'recent'
>;

/** The effect of a result on its component. One that is not judged only becomes the last. */
export function evaluateComponent(
  context: JudgingContext,
  component: MeasuredComponent,
  seen: SeenByComponent,
): ComponentEvaluation {
  if (seen.grade === 'unjudged')
    return { component_changes: [unjudgedChange(context, component, seen)] };
  const { live } = context;
  const { result, judgement } = seen;
  const is_bad = seen.grade === 'bad';
  const { slot_at } = result;
  const recent = withRecent(live.recent.get(component.id), {
    slot_at,
    delay_ms: delayMs(result),
    is_bad,
  });
  const covered = windowAt(live, component.id, slot_at) !== null;
  const before_share = live.shares.get(component.id) ?? NO_SHARE;
  const histories = historiesOf(context, component, seen);
  const share = shareAfter(
    before_share,
    histories.map(([, it]) => it),
    { slot_at, is_bad: is_bad && !covered },
  );
  const share_ended = before_share.affected_since !== null && share.affected_since === null;
  const at = endedAt(result);
  const window = windowAt(live, component.id, at) ?? windowAt(live, component.id, context.now);
  const before = statusOf(live, component.id, context.now);
  const verdict = verdictAt(context, component, { at, window, share, newest: judgement });
  const measured = measuredMeanwhile(verdict.notes) ?? verdict.state;
  const lost_since = measured === 'unknown' ? lostSince(context, component, before, at) : null;
  const decided_since = sinceOf(seen, before_share, share);
  const expired_since = othersExpiredSince(context, component, { before, result, at });
  const since = latest([lost_since, decided_since]) ?? expired_since ?? slot_at;
  // Once it is under way, a result changes what is measured meanwhile.
  const begins = before.state === 'under_maintenance' ? null : window;
  const change: ComponentChange = {
    before,
    after: { ...before, ...verdict, recent: recentDelays(recent), last: seen.last },
    since: begins?.from ?? since,
    cause: begins ? 'window' : 'result',
    cause_ref: begins ? null : `${result.check}@${slot_at}`,
    simulated: result.simulated,
  };
  return {
    component_changes: [change],
    shares: [[component.id, share]],
    recent: [[component.id, recent]],
    ...(share_ended ? { histories: histories.map(([id, it]) => [id, cleared(it)]) } : {}),
  };
}

/** The histories of the component's checks, with the newest of this one. */
function historiesOf(
  { live }: JudgingContext,
  { checks }: MeasuredComponent,
  { result, history }: SeenByComponent,
): [string, History][] {
  return checks.flatMap(({ id }): [string, History][] => {
    const known = id === result.check ? history : live.histories.get(id);
    return known ? [[id, known]] : [];
  });
}

/**
 * Start of the new state: of the share of bad results, if it began or ended now, else of the
 * verdict that this result decided.
 */
function sinceOf(
  { before, judgement }: SeenByComponent,
  share_before: Share,
  share: Share,
): EpochMs | null {
  const decided =
    judgement.verdict !== 'undecided' &&
    (judgement.verdict !== before.verdict || judgement.since !== before.since);
  if (decided && before.verdict !== 'undecided') return judgement.since;
  if (share.affected_since !== null && share_before.affected_since === null)
    return share.affected_since;
  if (share.affected_since === null && share_before.affected_since !== null)
    return share.quiet_since;
  return decided ? judgement.since : null;
}

/**
 * A component that is unknown says why: its last result, which could not be judged. One of a check
 * of which something is known says nothing of that.
 */
function unjudgedChange(
  context: JudgingContext,
  { id }: MeasuredComponent,
  { result, judgement, last }: SeenByComponent,
): ComponentChange {
  const before: ComponentStatus = statusOf(context.live, id, context.now);
  const { outcome, reason } = result;
  const is_why = before.state === 'unknown' && !isKnown(judgement, context.now);
  const notes: Note[] = [{ code: 'not_judged', outcome, reason, ended_at: last.ended_at }];
  return {
    before,
    after: is_why ? { ...before, notes, last } : { ...before, last },
    since: before.since,
    cause: 'result',
    cause_ref: null,
    simulated: result.simulated,
  };
}
