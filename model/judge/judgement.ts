import type { WaitsFor } from '../component.ts';
import type { Integrity } from '../result.ts';
import type { EpochMs, Outcome, Reason, ResultNote } from '../vocabulary.ts';

/**
 * The current verdict on a check. `undecided`: too few judged results since it was last unknown.
 * `some_failing`: of own traffic too many.
 */
export type CheckVerdict = 'undecided' | 'well' | 'slow' | 'degraded' | 'some_failing' | 'failing';

/** Those of a check that is not well. */
export type AilingVerdict = 'slow' | 'degraded' | 'some_failing' | 'failing';

/**
 * The judge's complete state for one check: small, stored with every result, sufficient to continue
 * after a restart.
 */
export interface CheckJudgement {
  check: string;
  verdict: CheckVerdict;
  /** Slot of the first result of the run that decided the verdict; down time counts from it. */
  since: EpochMs;
  /** While undecided: how it ailed when it was last known, and was not measured well since. */
  lapsed: Lapsed | null;
  /**
   * Judged results in a row that were bad, not merely degraded (or degraded, or good), and the slot
   * of the first of them.
   */
  bad_run: number;
  bad_since: EpochMs | null;
  /** The trailing part of the bad run that called it maintenance, announced nowhere. */
  maintenance_run: number;
  /** How many bad results in a row make it fail, as of the first of them; null without one. */
  confirmations: number | null;
  degraded_run: number;
  degraded_since: EpochMs | null;
  good_run: number;
  good_since: EpochMs | null;
  /**
   * The trailing part of the good run that was not slow; a slow check recovers after enough of
   * those.
   */
  quick_run: number;
  quick_since: EpochMs | null;
  /** The last judged results since the last recovery, oldest first. */
  window: { slot_at: EpochMs; slow: boolean }[];
  /** An overlap was counted as bad and the overlapped run has not ended yet. */
  overlap_open: boolean;
  last_slot_at: EpochMs | null;
  last_ended_at: EpochMs | null;
  /** The slot after the last judged one: with no judged result at it, unknown from there. */
  next_slot_at: EpochMs | null;
  /** The second slot after the last judged one, plus the deadline. */
  valid_until: EpochMs | null;
  /** Reason and detail of the last bad result, shown on the page. */
  reason: Reason | null;
  detail: string | null;
  /** The last bad result may be our own line's: nothing proves it. */
  is_perhaps_ours: boolean;
  /** What was odd about the last judged result. */
  notes: ResultNote[];
  /** The verdict on the file of the last judged result; null without a file. */
  file: Pick<Integrity, 'verdict' | 'checked' | 'reason'> | null;
  /** The last result, if it could not be judged. */
  unjudged: UnjudgedResult | null;
  /** Of own traffic: how many events of the last window were bad. Others have none. */
  share?: BadShare | null;
}

/** So many of n were bad in a window. */
export interface BadShare {
  n: number;
  bad: number;
  window_ms: number;
}

/** How a check ailed that has expired since. */
export interface Lapsed {
  verdict: AilingVerdict;
  /** Of its last judged result by then. */
  last_slot_at: EpochMs;
  /** Judged results in a row since, at the end, that may be its recovery; it may expire between. */
  well_run: number;
  /** Whether any since may have been. */
  was_well: boolean;
}

/** A result that says nothing about the system. */
export interface UnjudgedResult extends WaitsFor {
  outcome: Outcome;
  reason: Reason | null;
  ended_at: EpochMs;
}

export function freshJudgement(check: string): CheckJudgement {
  return {
    check,
    verdict: 'undecided',
    since: 0,
    lapsed: null,
    bad_run: 0,
    bad_since: null,
    maintenance_run: 0,
    confirmations: null,
    degraded_run: 0,
    degraded_since: null,
    good_run: 0,
    good_since: null,
    quick_run: 0,
    quick_since: null,
    window: [],
    overlap_open: false,
    last_slot_at: null,
    last_ended_at: null,
    next_slot_at: null,
    valid_until: null,
    reason: null,
    detail: null,
    is_perhaps_ours: false,
    notes: [],
    file: null,
    unjudged: null,
  };
}

/** Whether the judgement may still be used at the instant. */
export function isValid(judgement: CheckJudgement, at: EpochMs): boolean {
  return judgement.valid_until !== null && at <= judgement.valid_until;
}

/** Whether the judgement says something at the instant: it is valid and decided. */
export function isKnown(judgement: CheckJudgement, at: EpochMs): boolean {
  return judgement.verdict !== 'undecided' && isValid(judgement, at);
}

/** A verdict that results decided; what was known before says nothing beside it. */
export function decided(verdict: CheckVerdict, since: EpochMs) {
  return { verdict, since, lapsed: null };
}
