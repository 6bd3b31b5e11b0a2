import type { ComponentStatus } from '../../model/component.ts';
import { isValid } from '../../model/judge/judgement.ts';
import { expiresAt } from '../../model/judge/spells.ts';
import { earliest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { judgementOf } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { JudgingContext } from './evaluation.ts';

/**
 * Since when less is known than is told, of checks that have expired by the instant: the first slot
 * without a judged result. Not of those that had expired before the state was told to end; null:
 * none has since.
 */
export function lapsedSince(
  { live }: Pick<JudgingContext, 'live'>,
  { checks }: Pick<MeasuredComponent, 'checks'>,
  { valid_until }: Pick<ComponentStatus, 'valid_until'>,
  at: EpochMs,
): EpochMs | null {
  const judgements = checks.map(({ id }) => judgementOf(live, id));
  const expired = judgements.filter(
    (it) => !isValid(it, at) && (it.valid_until ?? 0) >= (valid_until ?? 0),
  );
  return earliest(expired.map(expiresAt));
}
