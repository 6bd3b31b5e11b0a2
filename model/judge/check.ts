import type { EpochMs, Reason } from '../vocabulary.ts';

/** What a check is worth at the moment. `undecided`: not enough judged results since it was last unknown. */
export type CheckVerdict = 'undecided' | 'well' | 'slow' | 'failing';

/**
 * All the judge remembers of one check: small, stored with every result, and enough to go on after a restart.
 */
export interface CheckJudgement {
  check: string;
  verdict: CheckVerdict;
  /** Slot of the first result of the run that decided the verdict; down time counts from it. */
  since: EpochMs;
  /** Judged results in a row that were bad (or good), and the slot of the first of them. */
  bad_run: number;
  bad_since: EpochMs | null;
  good_run: number;
  good_since: EpochMs | null;
  /** Of the good run: how many in a row were not slow (a slow check is well after those only). */
  quick_run: number;
  quick_since: EpochMs | null;
  /** The last judged results since the last recovery, oldest first. */
  window: { slot_at: EpochMs; slow: boolean }[];
  /** An overlap was counted as bad and the run it waited for has not ended yet. */
  overlap_open: boolean;
  last_slot_at: EpochMs | null;
  last_ended_at: EpochMs | null;
  /** The second next slot after the last judged one, plus the deadline. */
  valid_until: EpochMs | null;
  /** The last bad result's reason and detail: what the page says. */
  reason: Reason | null;
  detail: string | null;
}
