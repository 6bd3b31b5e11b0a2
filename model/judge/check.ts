import type { Policy } from '../configuration.ts';
import { waitedForIn } from '../needed-detail.ts';
import { NUMBERS } from '../numbers.ts';
import { endedAt, type Result } from '../result.ts';
import type { EpochMs } from '../vocabulary.ts';
import { type Grade, type Grading, grade } from './grade.ts';
import { type CheckJudgement, decided, isValid, type UnjudgedResult } from './judgement.ts';
import { ailingOf, expiredJudgement, resumedBy, withLapse } from './lapsed.ts';
import { afterTimed, windowAfter, withoutOldSlowness } from './slowness.ts';

export interface JudgingRules extends Grading {
  policy: Policy;
  /** End of validity of a judged result of this slot. */
  valid_until: EpochMs;
  /** The regular slot after this one. */
  next_slot_at: EpochMs;
  /** How many bad results in a row make the check fail, if this is the first. */
  confirmations: number;
  /** Nothing proves that it is not our own line's. */
  is_perhaps_ours: boolean;
}

/** How a result counts after those before: an overlap counts like the run that it waited for. */
export function gradeAfter(before: CheckJudgement, result: Result, context: Grading): Grade {
  return result.reason === 'overlap' && waitedForUnjudged(before, result)
    ? 'unjudged'
    : grade(result, context);
}

function waitedForUnjudged({ unjudged }: CheckJudgement, { slot_at }: Result): boolean {
  return unjudged !== null && unjudged.ended_at > slot_at;
}

/**
 * The judgement of a check after one more result, over judged results only: failing after k bad in
 * a row (or 2 that call it maintenance), the first and the last at least `confirm_distance` apart;
 * degraded after 2 degraded; slow at 3 slow of the last 5; well again after 2 good. A run of
 * results does not continue across a time in which the check had expired, but how it ailed does.
 */
export function judgeCheck(
  before: CheckJudgement,
  result: Result,
  context: JudgingRules,
): CheckJudgement {
  const graded = gradeAfter(before, result, context);
  if (graded === 'unjudged') return { ...before, unjudged: unjudgedResult(result) };
  const known = isValid(before, result.slot_at) ? before : expiredJudgement(before);
  const counted = graded === 'bad' && isCounted(known, result);
  const seen: CheckJudgement = {
    ...resumedBy(known, result, graded),
    last_slot_at: Math.max(known.last_slot_at ?? 0, result.slot_at),
    last_ended_at: Math.max(known.last_ended_at ?? 0, endedAt(result)),
    next_slot_at: Math.max(known.next_slot_at ?? 0, context.next_slot_at),
    valid_until: Math.max(known.valid_until ?? 0, context.valid_until),
    notes: result.notes,
    file: fileVerdict(result),
    unjudged: null,
  };
  if (graded !== 'bad') return withLapse(afterGood(seen, result, graded, context), graded);
  const told = {
    ...seen,
    reason: result.reason,
    detail: result.detail,
    is_perhaps_ours: context.is_perhaps_ours,
  };
  const after =
    result.outcome === 'degraded'
      ? afterDegraded(told, result, context)
      : afterBad(told, result, context, counted);
  return withLapse(after, graded);
}

/**
 * Whether a bad result is a disturbance of its own. An overlap and the run that it waited for are
 * one, whichever is known first, and so are all overlaps until that run has finished.
 */
export function isCounted(before: CheckJudgement, result: Result): boolean {
  if (before.overlap_open) return false;
  if (result.reason !== 'overlap') return true;
  return before.last_ended_at === null || before.last_ended_at <= result.slot_at;
}

function fileVerdict({ integrity }: Result): CheckJudgement['file'] {
  if (integrity === null) return null;
  const { verdict, checked, reason } = integrity;
  return { verdict, checked, reason };
}

function unjudgedResult(result: Result): UnjudgedResult {
  const { outcome, reason } = result;
  return { outcome, reason, ended_at: endedAt(result), ...waitedForIn(result) };
}

function afterBad(
  before: CheckJudgement,
  result: Result,
  context: JudgingRules,
  counted: boolean,
): CheckJudgement {
  const { policy } = context;
  const bad_run = before.bad_run + (counted ? 1 : 0);
  const bad_since = Math.min(before.bad_since ?? result.slot_at, result.slot_at);
  const confirmations = before.confirmations ?? context.confirmations;
  const maintenance_run = result.outcome === 'maintenance' ? before.maintenance_run + 1 : 0;
  const enough = bad_run >= confirmations || maintenance_run >= NUMBERS.check.maintenance_after;
  const apart_ms = (before.last_slot_at ?? result.slot_at) - bad_since;
  const fails = enough && apart_ms >= policy.confirm_distance_ms;
  return {
    ...before,
    ...NO_GOOD,
    bad_run,
    bad_since,
    maintenance_run,
    confirmations,
    degraded_run: 0,
    degraded_since: null,
    window: counted ? windowAfter(before, result, false, policy) : before.window,
    overlap_open: result.reason === 'overlap' && (counted || before.overlap_open),
    ...(fails && before.verdict !== 'failing' ? decided('failing', bad_since) : {}),
  };
}

/** Works, but with less: no outage, nor part of one. */
function afterDegraded(
  before: CheckJudgement,
  result: Result,
  { policy }: JudgingRules,
): CheckJudgement {
  const degraded_run = before.degraded_run + 1;
  const degraded_since = before.degraded_since ?? result.slot_at;
  const is_degraded = degraded_run >= NUMBERS.check.degraded_after;
  return {
    ...before,
    ...NO_GOOD,
    ...NO_BAD,
    degraded_run,
    degraded_since,
    window: windowAfter(before, result, false, policy),
    ...(is_degraded && before.verdict !== 'degraded' ? decided('degraded', degraded_since) : {}),
  };
}

const NO_GOOD = { good_run: 0, good_since: null, quick_run: 0, quick_since: null };
const NO_BAD = {
  bad_run: 0,
  bad_since: null,
  maintenance_run: 0,
  confirmations: null,
  overlap_open: false,
};

function afterGood(
  before: CheckJudgement,
  result: Result,
  graded: Grade,
  { policy, valid_until }: JudgingRules,
): CheckJudgement {
  const timed = graded === 'untimed' ? {} : afterTimed(before, result, graded === 'slow', policy);
  const seen: CheckJudgement = {
    ...before,
    ...NO_BAD,
    degraded_run: 0,
    degraded_since: null,
    good_run: before.good_run + 1,
    good_since: before.good_since ?? result.slot_at,
    ...timed,
  };
  const ailing = ailingOf(before);
  const well_run = 1 + (before.lapsed?.well_run ?? 0);
  if (ailing === 'failing' || ailing === 'degraded')
    return Math.max(seen.good_run, well_run) >= policy.well_after
      ? recovered(seen, seen.good_since)
      : seen;
  const is_quick = seen.quick_run > 0 && Math.max(seen.quick_run, well_run) >= policy.well_after;
  if (ailing === 'slow' && is_quick) return recovered(seen, seen.quick_since);
  if (before.verdict === 'slow') return withoutOldSlowness(seen, result.slot_at, valid_until);
  const slow_slots = seen.window.filter((it) => it.slow);
  if (slow_slots.length >= policy.slow_after)
    return { ...seen, ...decided('slow', slow_slots[0]?.slot_at ?? result.slot_at) };
  return before.verdict === 'undecided' && ailing === null
    ? { ...seen, ...decided('well', result.slot_at) }
    : seen;
}

function recovered(judgement: CheckJudgement, since: EpochMs | null): CheckJudgement {
  return {
    ...judgement,
    ...decided('well', since ?? judgement.since),
    window: [],
    reason: null,
    detail: null,
    is_perhaps_ours: false,
  };
}
