import type { ComponentStatus } from '../../model/component.ts';
import { isKnown } from '../../model/judge/judgement.ts';
import { ailingOf } from '../../model/judge/lapsed.ts';
import { isExpired } from '../../model/judge/validity.ts';
import type { Result } from '../../model/result.ts';
import { earliest, latest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { judgementOf } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { JudgingContext } from './evaluation.ts';

/**
 * Since when a state does not hold that has expired: the first slot without a judged result of the
 * check on which it rested longest. Of a sync: the end of its validity.
 */
export function expiredSince(
  { live, now }: JudgingContext,
  { checks }: Pick<MeasuredComponent, 'checks'>,
  { valid_until }: ComponentStatus,
): EpochMs {
  const expired = checks
    .map(({ id }) => judgementOf(live, id))
    .filter((it) => (it.valid_until ?? 0) <= (valid_until ?? now));
  const unmeasured_from = latest(expired.map((it) => it.next_slot_at));
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
  const lost = judgements.filter((it) => !isKnown(it, at) && ailingOf(it) !== null);
  // One that is measured again, but not decided, was known until it expired.
  const from = earliest(lost.map((it) => it.lapsed?.last_slot_at ?? it.next_slot_at));
  return from === null ? null : Math.max(since, from);
}

interface SeenThen {
  before: ComponentStatus;
  result: Pick<Result, 'check'>;
  at: EpochMs;
}

/**
 * The first slot without a judged result of the check with which the state ended while a result of
 * another was under way. null: no such check.
 */
export function othersExpiredSince(
  { live }: Pick<JudgingContext, 'live'>,
  { checks }: Pick<MeasuredComponent, 'checks'>,
  { before, result, at }: SeenThen,
): EpochMs | null {
  if (!isExpired(before, at)) return null;
  const others = checks.filter(({ id }) => id !== result.check);
  const judgements = others.map(({ id }) => judgementOf(live, id));
  const ended = judgements.filter((it) => it.valid_until === before.valid_until);
  return latest(ended.map((it) => it.next_slot_at));
}
