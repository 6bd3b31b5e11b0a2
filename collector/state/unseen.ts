import type { Gap } from '../../model/component.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LiveState } from './live-state.ts';

/** Times across which nobody knows how long anything took: the last gaps, and a step back. */
export function lastUnseen({
  last_gaps,
  set_back,
}: Pick<LiveState, 'last_gaps' | 'set_back'>): Gap[] {
  return set_back === null ? [...last_gaps] : [...last_gaps, stepAsGap(set_back)];
}

/** A step back is no gap, but as one without length where it lies between two looks. */
export function stepAsGap({ at }: { at: EpochMs }): Gap {
  return { from: at, to: at, cause: 'clock' };
}
