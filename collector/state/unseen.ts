import type { Gap } from '../../model/component.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** What the live state knows of them. */
interface Unseen {
  last_gaps: readonly Gap[];
  clock_steps: readonly Gap[];
}

/** Times across which nobody knows how long anything took: gaps, and steps of the clock. */
export function lastUnseen({ last_gaps, clock_steps }: Unseen): Gap[] {
  return [...last_gaps, ...clock_steps];
}

/** A step back is no gap, but as one without length where it lies between two looks. */
export function stepAsGap({ at }: { at: EpochMs }): Gap {
  return { from: at, to: at, cause: 'clock' };
}

/** A clock may be set again and again, while an invoice waits for days. */
const MOST_STEPS = 100;

/** The steps with later ones, oldest first. Of more than are kept, the oldest are taken for one. */
export function withSteps(steps: readonly Gap[], gaps: readonly Gap[]): readonly Gap[] {
  const added = gaps.filter(({ cause }) => cause === 'clock');
  if (added.length === 0) return steps;
  const all = [...steps, ...added];
  const oldest = all.slice(0, Math.max(1, all.length - MOST_STEPS + 1));
  const { from = 0 } = all[0] ?? {};
  const to = Math.max(...oldest.map((it) => it.to));
  return [{ from, to, cause: 'clock' }, ...all.slice(oldest.length)];
}

/** After the clock was set back to the instant: what began later is void. */
export function stepsUntil(steps: readonly Gap[], at: EpochMs): readonly Gap[] {
  const begun = steps.filter(({ from }) => from < at);
  return [...begun.map((it) => ({ ...it, to: Math.min(at, it.to) })), stepAsGap({ at })];
}
