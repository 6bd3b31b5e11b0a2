import type { ComponentStatus } from '../../model/component.ts';
import { latest } from '../../model/time.ts';
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
