import { saysTheSame } from '../../model/ailment.ts';
import type { ComponentStatus, LastResult, Note } from '../../model/component.ts';
import type { Grade } from '../../model/judge/grade.ts';
import { cleared, type History } from '../../model/judge/history.ts';
import { type CheckJudgement, isValid } from '../../model/judge/judgement.ts';
import { NO_SHARE, type Share, shareAfter } from '../../model/judge/share.ts';
import { expiresAt, firstDifference, type Spells, spellsAfter } from '../../model/judge/spells.ts';
import { delayMs, endedAt, type Result } from '../../model/result.ts';
import { earliest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { type LiveState, statusOf, uncoveredSince, windowAt } from '../state/live-state.ts';
import { measuredBeside, recentDelays, withRecent } from '../state/recent.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { ComponentChange, Evaluation, JudgingContext } from './evaluation.ts';
import { lapsedSince } from './expiry.ts';
import { statesFrom } from './timeline.ts';
import { verdictAt } from './verdict.ts';

/** A result of one of the component's checks, as judged. */
interface SeenByComponent {
  result: Result;
  grade: Grade;
  before: CheckJudgement;
  judgement: CheckJudgement;
  history: History | null;
  last: LastResult;
  known_at: EpochMs;
}

type ComponentEvaluation = Pick<
  Evaluation,
  'component_changes' | 'histories' | 'spells' | 'shares' | 'recent'
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
  const { before } = seen;
  const { kept_from } = live;
  const known = live.spells.get(result.check) ?? [];
  const spells = spellsAfter(known, { slot_at, before, after: judgement, kept_from });
  const change = changeOf(context, component, { seen, share, spells });
  const figures = measuredBeside(recentDelays(recent), change.after.recent);
  return {
    component_changes: [
      { ...change, after: { ...change.after, recent: figures, last: seen.last } },
    ],
    spells: [[result.check, spells]],
    shares: [[component.id, share]],
    recent: [[component.id, recent]],
    ...(share_ended ? { histories: histories.map(([id, it]) => [id, cleared(it)]) } : {}),
  };
}

interface NewlyKnown {
  seen: SeenByComponent;
  share: Share;
  spells: Spells;
}

/** What a result changes of the states of its component, now and in the past. */
function changeOf(
  context: JudgingContext,
  component: MeasuredComponent,
  { seen, share, spells }: NewlyKnown,
): ComponentChange {
  const { live, now } = context;
  const { result, judgement } = seen;
  const at = Math.max(endedAt(result), now);
  const before = statusOf(live, component.id, now);
  const window = windowOf(live, before, seen, at) ?? windowAt(live, component.id, now);
  const verdict = verdictAt(context, component, { at, window, share, newest: judgement });
  const was_covered = before.state === 'under_maintenance';
  const uncovered_at = was_covered && !window ? uncoveredSince(live, before, now) : null;
  const touched_at = earliest([
    firstDifference(live.spells.get(result.check) ?? [], spells),
    shareChangedAt(live.shares.get(component.id) ?? NO_SHARE, share),
    revivedSince(seen),
    lapsedSince(context, { checks: othersOf(component, result) }, before, at),
    window && !was_covered ? window.from : null,
    uncovered_at,
  ]);
  const from = touched_at ?? (saysTheSame(before, verdict) ? null : result.slot_at);
  const { simulated } = result;
  // Once it is under way, a result changes what is measured meanwhile.
  const why =
    window && !was_covered
      ? ({ cause: 'window', cause_ref: null, simulated } as const)
      : ({ cause: 'result', cause_ref: `${result.check}@${result.slot_at}`, simulated } as const);
  const newest = { judgement, spells };
  const parts = { at, window, newest, share, verdict, why };
  const states = from === null ? null : statesFrom(live, component, { ...parts, from });
  return { before, after: { ...before, ...verdict }, states };
}

/** What covers it then, or covers it now though the result is of before that began. */
function windowOf(live: LiveState, before: ComponentStatus, seen: SeenByComponent, at: EpochMs) {
  const is_ahead = before.state === 'under_maintenance' && at < before.since;
  return windowAt(live, before.component, is_ahead ? seen.known_at : at);
}

/** From when on it was taken for expired, if it is known only now that it was measured in time. */
function revivedSince({ before, result, known_at }: SeenByComponent): EpochMs | null {
  const { valid_until } = before;
  const was_expired = valid_until !== null && valid_until <= known_at;
  return was_expired && isValid(before, result.slot_at) ? expiresAt(before) : null;
}

function othersOf({ checks }: MeasuredComponent, { check }: Pick<Result, 'check'>) {
  return checks.filter(({ id }) => id !== check);
}

/** Since when some users are affected, or are no longer, if that is known now. */
function shareChangedAt(before: Share, after: Share): EpochMs | null {
  if (before.affected_since === null) return after.affected_since;
  return after.affected_since === null ? (after.ended.at(-1)?.to ?? null) : null;
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
 * A component that is unknown says why: its last result, which could not be judged, if it is of a
 * check for whose sake it is unknown.
 */
function unjudgedChange(
  context: JudgingContext,
  component: MeasuredComponent,
  { judgement, last }: SeenByComponent,
): ComponentChange {
  const { live, now } = context;
  const before: ComponentStatus = statusOf(live, component.id, now);
  const notes = before.state === 'unknown' ? reasonsNow() : [];
  const is_why = notes.some((it) => it.code === 'not_judged' && it.ended_at === last.ended_at);
  return {
    before,
    after: is_why ? { ...before, notes, last } : { ...before, last },
    states: null,
  };

  function reasonsNow(): Note[] {
    const window = windowAt(live, component.id, now);
    const share = live.shares.get(component.id) ?? NO_SHARE;
    const verdict = verdictAt(context, component, { at: now, window, share, newest: judgement });
    return verdict.state === 'unknown' ? verdict.notes : [];
  }
}
