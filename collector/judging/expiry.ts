import type { ComponentStatus } from '../../model/component.ts';
import { isKnown, lastFailed } from '../../model/judge/judgement.ts';
import { earliest, latest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { judgementOf } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { JudgingContext } from './evaluation.ts';

/**
 * Since when nothing is known of a component whose state has expired: the first slot without a
 * judged result of the check that spoke for it last. Of a sync: the end of its validity.
 */
export function unknownSince(
  { live, now }: JudgingContext,
  { checks }: Pick<MeasuredComponent, 'checks'>,
  { valid_until }: ComponentStatus,
): EpochMs {
  const unmeasured_from = latest(checks.map(({ id }) => judgementOf(live, id).next_slot_at));
  return Math.min(now, unmeasured_from ?? valid_until ?? now);
}

/**
 * The same of a component that others of its checks still speak for, but not for one that failed:
 * the first slot without a judged result of that one. null: no such check.
 */
export function lostSince(
  { live }: Pick<JudgingContext, 'live'>,
  { checks }: Pick<MeasuredComponent, 'checks'>,
  { since }: ComponentStatus,
  at: EpochMs,
): EpochMs | null {
  const judgements = checks.map(({ id }) => judgementOf(live, id));
  const lost = judgements.filter((it) => !isKnown(it, at) && lastFailed(it));
  const from = earliest(lost.map((it) => it.next_slot_at));
  return from === null ? null : Math.max(since, from);
}
