import type { Policy } from '../configuration.ts';
import { delayMs, endedAt, type Integrity, type Result } from '../result.ts';
import { latest } from '../time.ts';
import type { EpochMs, Outcome, Reason, ResultNote } from '../vocabulary.ts';
import { isBad } from './bad.ts';

/**
 * The current verdict on a check. `undecided`: too few judged results since it was last unknown.
 */
type CheckVerdict = 'undecided' | 'well' | 'slow' | 'failing';

/**
 * The judge's complete state for one check: small, stored with every result, sufficient to continue
 * after a restart.
 */
export interface CheckJudgement {
  check: string;
  verdict: CheckVerdict;
  /** Slot of the first result of the run that decided the verdict; down time counts from it. */
  since: EpochMs;
  /** Judged results in a row that were bad (or good), and the slot of the first of them. */
  bad_run: number;
  bad_since: EpochMs | null;
  /** How many bad results in a row make it fail, as of the first of them; null without one. */
  confirmations: number | null;
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
  /** The second slot after the last judged one, plus the deadline. */
  valid_until: EpochMs | null;
  /** The slot after the last judged one; null in rows of earlier versions. */
  next_slot_at: EpochMs | null;
  /** Reason and detail of the last bad result, shown on the page. */
  reason: Reason | null;
  detail: string | null;
  /** What was odd about the last judged result. */
  notes: ResultNote[];
  /** The verdict on the file of the last judged result; null without a file. */
  file: Pick<Integrity, 'verdict' | 'checked' | 'reason'> | null;
  /** The last result, if it could not be judged. */
  unjudged: UnjudgedResult | null;
}

/** A result that says nothing about the system. */
export interface UnjudgedResult {
  outcome: Outcome;
  reason: Reason | null;
  ended_at: EpochMs;
}

export function freshJudgement(check: string): CheckJudgement {
  return {
    check,
    verdict: 'undecided',
    since: 0,
    bad_run: 0,
    bad_since: null,
    confirmations: null,
    good_run: 0,
    good_since: null,
    quick_run: 0,
    quick_since: null,
    window: [],
    overlap_open: false,
    last_slot_at: null,
    last_ended_at: null,
    valid_until: null,
    next_slot_at: null,
    reason: null,
    detail: null,
    notes: [],
    file: null,
    unjudged: null,
  };
}

/**
 * How a result counts. `unjudged` says nothing about the system: our credentials, our rate, our
 * line.
 */
export type Grade = 'good' | 'slow' | 'bad' | 'unjudged';

/**
 * A maintenance answer is bad unless a window was announced for it; a slow result is still good.
 */
export function grade(
  result: Result,
  { policy, in_window }: { policy: Policy; in_window: boolean },
): Grade {
  if (result.outcome === 'maintenance' && in_window) return 'unjudged';
  if (isBad(result.outcome)) return 'bad';
  if (result.outcome !== 'ok') return 'unjudged';
  return policy.slow_ms !== null && delayMs(result) > policy.slow_ms ? 'slow' : 'good';
}

interface CheckContext {
  policy: Policy;
  in_window: boolean;
  /** End of validity of a judged result of this slot. */
  valid_until: EpochMs;
  /** The slot after this one. */
  next_slot_at?: EpochMs;
  /** How many bad results in a row make the check fail, if this is the first. */
  confirmations: number;
}

/**
 * The judgement of a check after one more result, over judged results only: failing after k bad in
 * a row, the first and the last at least `confirm_distance` apart, slow at 3 slow of the last 5,
 * well again after 2 good. A run of results does not continue across a time in which the check had
 * expired.
 */
export function judgeCheck(
  before: CheckJudgement,
  result: Result,
  context: CheckContext,
): CheckJudgement {
  const graded = grade(result, context);
  if (graded === 'unjudged') return { ...before, unjudged: unjudgedResult(result) };
  const known = isValid(before, result.slot_at) ? before : freshJudgement(before.check);
  const seen: CheckJudgement = {
    ...known,
    last_slot_at: Math.max(known.last_slot_at ?? 0, result.slot_at),
    last_ended_at: Math.max(known.last_ended_at ?? 0, endedAt(result)),
    valid_until: Math.max(known.valid_until ?? 0, context.valid_until),
    next_slot_at: latest([known.next_slot_at, context.next_slot_at ?? null]),
    notes: result.notes,
    file: fileVerdict(result),
    unjudged: null,
  };
  return graded === 'bad'
    ? afterBad(seen, result, context)
    : afterGood(seen, result, graded === 'slow', context.policy);
}

function fileVerdict({ integrity }: Result): CheckJudgement['file'] {
  if (integrity === null) return null;
  const { verdict, checked, reason } = integrity;
  return { verdict, checked, reason };
}

function unjudgedResult(result: Result): UnjudgedResult {
  const { outcome, reason } = result;
  return { outcome, reason, ended_at: endedAt(result) };
}

/** Whether the judgement may still be used at the instant. */
export function isValid(judgement: CheckJudgement, at: EpochMs): boolean {
  return judgement.valid_until !== null && at <= judgement.valid_until;
}

function afterBad(
  before: CheckJudgement,
  result: Result,
  { policy, confirmations: needed }: CheckContext,
): CheckJudgement {
  // An overlap and the overlapped run are one disturbance: whichever comes second adds nothing.
  const counted = before.overlap_open ? 0 : 1;
  const bad_run = before.bad_run + counted;
  const bad_since = Math.min(before.bad_since ?? result.slot_at, result.slot_at);
  const confirmations = before.confirmations ?? needed;
  const is_apart =
    before.last_slot_at !== null && before.last_slot_at - bad_since >= policy.confirm_distance_ms;
  const fails = bad_run >= confirmations && is_apart;
  return {
    ...before,
    bad_run,
    bad_since,
    confirmations,
    good_run: 0,
    good_since: null,
    quick_run: 0,
    quick_since: null,
    window: counted ? windowAfter(before, result, false, policy) : before.window,
    overlap_open: result.reason === 'overlap',
    verdict: fails ? 'failing' : before.verdict,
    since: fails && before.verdict !== 'failing' ? bad_since : before.since,
    reason: result.reason,
    detail: result.detail,
  };
}

function afterGood(
  before: CheckJudgement,
  result: Result,
  slow: boolean,
  policy: Policy,
): CheckJudgement {
  const seen: CheckJudgement = {
    ...before,
    bad_run: 0,
    bad_since: null,
    confirmations: null,
    good_run: before.good_run + 1,
    good_since: before.good_since ?? result.slot_at,
    quick_run: slow ? 0 : before.quick_run + 1,
    quick_since: slow ? null : (before.quick_since ?? result.slot_at),
    window: windowAfter(before, result, slow, policy),
    overlap_open: false,
  };
  if (before.verdict === 'failing')
    return seen.good_run >= policy.well_after ? recovered(seen, seen.good_since) : seen;
  if (before.verdict === 'slow')
    return seen.quick_run >= policy.well_after ? recovered(seen, seen.quick_since) : seen;
  const slow_slots = seen.window.filter((it) => it.slow);
  if (slow_slots.length >= policy.slow_after)
    return { ...seen, verdict: 'slow', since: slow_slots[0]?.slot_at ?? result.slot_at };
  return before.verdict === 'undecided'
    ? { ...seen, verdict: 'well', since: result.slot_at }
    : seen;
}

function recovered(judgement: CheckJudgement, since: EpochMs | null): CheckJudgement {
  return {
    ...judgement,
    verdict: 'well',
    since: since ?? judgement.since,
    window: [],
    reason: null,
    detail: null,
  };
}

function windowAfter(
  before: CheckJudgement,
  result: Result,
  slow: boolean,
  policy: Policy,
): CheckJudgement['window'] {
  return [...before.window, { slot_at: result.slot_at, slow }].slice(-policy.slow_window);
}
