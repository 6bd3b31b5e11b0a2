import type { Journey } from '../../model/journey.ts';
import type { AcceptedInvoice } from '../../model/result.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { JudgingContext } from './evaluation.ts';
import type { LookReport } from './journey.ts';

type Known = Pick<JudgingContext, 'live' | 'now'>;

/**
 * The look as it is to be believed: one that was under way when the clock was set is dated by
 * another clock than what is known of its invoice. It counts as failed, so that the invoice is
 * looked for again.
 */
export function datedByClock(known: Known, journey: Journey, look: LookReport): LookReport {
  if (!isOfOtherClock(known, journey, look)) return look;
  const started_at = known.now - Math.round(look.duration_ms);
  return { ...look, started_at, finding: 'failed', outcome: 'self', reason: 'clock_wrong' };
}

/** It ends ahead of now or before a step forth, or begins before the look before it ended. */
function isOfOtherClock(
  { live, now }: Known,
  { accepted_at, last_answered_at }: Journey,
  { started_at, duration_ms }: LookReport,
): boolean {
  const ended_at = started_at + duration_ms;
  return (
    isAhead(ended_at, now) ||
    isAhead(last_answered_at ?? accepted_at, started_at) ||
    live.last_gaps.some(({ cause, to }) => cause === 'clock' && ended_at < to)
  );
}

/** An invoice that was accepted by the clock before waits from now on. */
export function acceptedByClock(
  { now }: Pick<Known, 'now'>,
  accepted: AcceptedInvoice,
): AcceptedInvoice {
  return isAhead(accepted.accepted_at, now) ? { ...accepted, accepted_at: now } : accepted;
}

/** By more than rounding. */
function isAhead(at: EpochMs, now: EpochMs): boolean {
  return at > now + SECOND;
}
