import type { Gap } from '../../model/component.ts';
import type { LineCondition } from '../../model/own-trouble.ts';
import type { Result } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/**
 * What a line runner hands over at once: at the latest 100 ms after the first, at once when a
 * result may change a state. The results of a check come in the order of their slots, each with its
 * proof; a batch is recorded in one transaction.
 */
export interface LineBatch {
  results: LineResult[];
  /** Suspensions of this machine, steps forth of its wall clock, and times without a thread. */
  gaps: Gap[];
  steps: ClockStep[];
  /** Changes of the line's own condition since the last batch. */
  conditions: LineCondition[];
}

/** It says nothing. */
export const EMPTY_BATCH = {
  results: [],
  gaps: [],
  steps: [],
  conditions: [],
} satisfies LineBatch;

export interface LineResult {
  result: Result;
  /** End of validity if it is judged: the second next slot of its check, plus the deadline. */
  valid_until: EpochMs;
  /** The slot after this one: with no judged result at it, the component is unknown from there. */
  next_slot_at: EpochMs;
}

/** The wall clock was set by more than 1 s. */
export interface ClockStep {
  /** The wall clock right after. */
  at: EpochMs;
  /** Forth is positive, back is negative. */
  by_ms: number;
}
