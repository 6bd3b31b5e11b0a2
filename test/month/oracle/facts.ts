/**
 * What the oracle is told. It reads docs/judging.md for itself: it imports nothing of the product,
 * so that a mistake of the judge is not made twice.
 */

/** A measurement: slots every so often, so long after the full multiple of that. */
export interface CheckFacts {
  check: string;
  line: string;
  every_ms: number;
  offset_ms: number;
  deadline_ms: number;
}

/** A function of a system, and what is set for it. */
export interface ComponentFacts {
  component: string;
  checks: readonly CheckFacts[];
  /** Bad results in a row that fail a check; `auto`: chosen by its share of bad ones. */
  confirmations: number | 'auto';
}

/** What a run says of the system: nothing, if it could not be judged. */
export type Found = 'good' | 'slow' | 'bad' | 'nothing';

/** A result that was recorded, early or late. */
export interface Finding {
  check: string;
  slot_at: number;
  found: Found;
}

/** The wall clock was set back to an instant, by so much. */
export interface SetBack {
  at: number;
  by_ms: number;
}

/** [from, to). */
export interface Stretch {
  from: number;
  to: number;
}

/** All that was set. */
export const SET = {
  confirm_distance_ms: 10_000,
  proof_wait_ms: 10_000,
  well_after: 2,
  slow_after: 3,
  slow_of: 5,
  day_ms: 86_400_000,
} as const;
