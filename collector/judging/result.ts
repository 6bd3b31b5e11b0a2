import type { LastResult } from '../../model/component.ts';
import type { Check } from '../../model/configuration.ts';
import { gradeAfter, judgeCheck } from '../../model/judge/check.ts';
import { confirmationsOf } from '../../model/judge/confirmations.ts';
import { historyAfter } from '../../model/judge/counted.ts';
import type { Grade } from '../../model/judge/grade.ts';
import { greatestBadShare, type History } from '../../model/judge/history.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import { judgeProof } from '../../model/judge/proof.ts';
import { validAfterSetBack, validWhileHeld } from '../../model/judge/validity.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { endedAt, type Result } from '../../model/result.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LineResult } from '../../probes/line/batch.ts';
import { judgementOf, windowAt } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';
import { evaluateComponent } from './component.ts';
import type { Evaluation, JudgingContext } from './evaluation.ts';
import { checkPolicyAt } from './limits.ts';
import { countedFile } from './specimens.ts';

/** The effect of one result on its check. */
export interface JudgedResult {
  /** The judged result, with our own faults attributed. */
  result: Result;
  grade: Grade;
  /** The judgement of the check before and after it. */
  before: CheckJudgement;
  judgement: CheckJudgement;
  history: History | null;
  /** How many bad results in a row would make the check fail, if its next one is bad. */
  confirmations: number;
}

/**
 * Judges a result as of its end, which may have been long ago: what could not be recorded at once
 * decides the states that it would have decided then.
 */
export function evaluateAsOfEnd(context: JudgingContext, given: LineResult) {
  const as_of = { ...context, now: Math.min(context.now, endedAt(given.result)) };
  return evaluateResult(as_of, given, checkOf(context.site, given.result.check), context.now);
}

/** Throws when the check is not configured. */
export function checkOf({ checks }: Pick<Site, 'checks'>, id: string): Check {
  const check = checks.get(id);
  if (!check) throw new Error(`check ${id} is not in the configuration`);
  return check;
}

/** Judges a result. It may be known long after the instant as of which it is judged. */
export function evaluateResult(
  context: JudgingContext,
  line_result: LineResult,
  check: Check,
  known_at = context.now,
): { judged: JudgedResult; evaluation: Evaluation } {
  const judged = judgedResult(context, line_result, check);
  const { result, judgement, history } = judged;
  const facts = { results: [result], judgements: [judgement], ...countedFile(context, result) };
  const histories: Evaluation['histories'] = history === null ? [] : [[check.id, history]];
  const component = context.site.measured_by.get(check.id);
  if (!component) return { judged, evaluation: { facts, histories, component_changes: [] } };
  const last = lastResult(judged);
  const evaluated = evaluateComponent(context, component, { ...judged, last, known_at });
  const event = { kind: 'result', at: result.slot_at, given: line_result } as const;
  return { judged, evaluation: { facts, histories, event, ...evaluated } };
}

function judgedResult(context: JudgingContext, given: LineResult, check: Check): JudgedResult {
  const { site, live } = context;
  const { deadline_ms } = check;
  const { result, is_perhaps_ours } = judgeProof(given.result, deadline_ms);
  const component = site.measured_by.get(check.id);
  const policy = component ? checkPolicyAt(live, component, result) : DEFAULT_POLICY;
  const in_window = component !== undefined && isCovered(context, component.id, result.slot_at);
  const slot_distance_ms = regularDistanceMs(given, deadline_ms);
  const before = judgementOf(live, check.id);
  const known = live.histories.get(check.id) ?? null;
  const rules = {
    policy,
    in_window,
    is_perhaps_ours,
    valid_until: validUntil(),
    next_slot_at: given.next_slot_at,
    confirmations: needed(known),
  };
  const graded = gradeAfter(before, result, rules);
  const judgement = judgeCheck(before, result, rules);
  const seen = { result, grade: graded, in_window, before, after: judgement };
  const history = historyAfter(known, seen);
  const confirmations = judgement.confirmations ?? needed(history);
  return { result, grade: graded, before, judgement, history, confirmations };

  /** Shorter where it was measured before the clock was set back. */
  function validUntil(): EpochMs {
    const { set_back } = live;
    const valid_until = validWhileHeld({ ...given, ...policy, slot_distance_ms });
    const is_before = set_back !== null && result.slot_at <= set_back.at;
    return is_before ? validAfterSetBack(valid_until, set_back) : valid_until;
  }

  function needed(history: History | null): number {
    const bad_share = greatestBadShare(history, result.slot_at);
    return confirmationsOf(policy, { slot_distance_ms, bad_share });
  }
}

/** Whether maintenance was under way at the slot. */
function isCovered({ live }: JudgingContext, component: string, slot_at: EpochMs): boolean {
  return windowAt(live, component, slot_at) !== null;
}

/** Of regular slots: a judgement is valid until the second next one, plus the deadline. */
export function regularDistanceMs(
  { valid_until, next_slot_at }: LineResult,
  deadline_ms: number,
): number {
  return Math.max(SECOND, valid_until - deadline_ms - next_slot_at);
}

function lastResult({ result, grade }: JudgedResult): LastResult {
  const { check, outcome, reason } = result;
  return { check, outcome, reason, ended_at: endedAt(result), is_judged: grade !== 'unjudged' };
}
