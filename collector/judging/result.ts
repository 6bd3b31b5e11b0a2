import type { Gap, Note } from '../../model/component.ts';
import type { Check } from '../../model/configuration.ts';
import { type CheckJudgement, type Grade, grade, judgeCheck } from '../../model/judge/check.ts';
import { judgeComponent } from '../../model/judge/component.ts';
import { confirmationsOf } from '../../model/judge/confirmations.ts';
import { withoutOurFaults } from '../../model/judge/self.ts';
import { badShare, type RecentResult, withoutRun } from '../../model/judge/share.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { delayMs, endedAt, type Result } from '../../model/result.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LineResult } from '../../probes/line/batch.ts';
import { judgementOf, statusOf, windowAt } from '../state/live-state.ts';
import { recentDelays, withRecent } from '../state/recent.ts';
import type { ComponentChange, Evaluation, JudgingContext } from './evaluation.ts';
import { neutralHostFails, suspectLine } from './lines.ts';
import { checkPolicyAt } from './slow.ts';
import { countedFile } from './specimens.ts';

/** The effect of one result on its check and component. */
export interface JudgedResult {
  /** The judged result, with our own faults attributed. */
  result: Result;
  judgement: CheckJudgement;
  grade: Grade;
}

/** Judges a result as of the context's instant, which may be earlier than now. */
export function evaluateResult(
  context: JudgingContext,
  { result: raw, valid_until, next_slot_at }: LineResult,
  check: Check,
): { judged: JudgedResult; evaluation: Evaluation } {
  const { site, live, now } = context;
  const result = withoutOurFaults(withoutSuspension(raw, live.last_gap), {
    neutral_host_failing: neutralHostFails(context, check),
  });
  const component = site.measured_by.get(check.id);
  const policy = component ? checkPolicyAt(live, component, result) : DEFAULT_POLICY;
  const window = component ? windowAt(live, component.id, now) : null;
  const before = judgementOf(live, check.id);
  const slot_distance_ms = slotDistanceMs(check, result, valid_until);
  const confirmations = confirmationsOf(policy, { slot_distance_ms, bad_share: null });
  const rules = { policy, in_window: window !== null, valid_until, next_slot_at, confirmations };
  const judgement = judgeCheck(before, result, rules);
  const graded = grade(result, rules);
  const judged = { result, judgement, grade: graded };
  const facts = { results: [result], judgements: [judgement], ...countedFile(context, result) };
  if (!component) return { judged, evaluation: { facts, component_changes: [] } };
  if (graded === 'unjudged')
    return { judged, evaluation: { facts, component_changes: whyUnknown(context, judged) } };

  const seen = withRecent(
    live.recent.get(component.id) ?? [],
    { ...recentResult(result, graded === 'bad'), left_out: graded === 'bad' && window !== null },
    now,
  );
  const recent = withoutFailingRun(seen, judgement);
  const status = statusOf(live, component.id, now);
  const verdict = judgeComponent({
    checks: component.checks.map(({ id, line }) => ({
      line,
      judgement: id === check.id ? judgement : judgementOf(live, id),
    })),
    now,
    policy,
    share: badShare(recent, now),
    window,
    suspect_line: suspectLine(context, check, judgement),
  });
  const change: ComponentChange = {
    before: status,
    after: { ...status, ...verdict, recent: recentDelays(recent) },
    since: window?.from ?? decidedSince(before, judgement) ?? result.slot_at,
    cause: window ? 'window' : 'result',
    cause_ref: window ? null : `${check.id}@${result.slot_at}`,
    simulated: result.simulated,
  };
  return {
    judged,
    evaluation: { facts, component_changes: [change], recent: [[component.id, recent]] },
  };
}

/** A judgement is valid until the second next slot of its check, plus the deadline. */
function slotDistanceMs({ deadline_ms }: Check, { slot_at }: Result, valid_until: EpochMs): number {
  return Math.max(SECOND, (valid_until - deadline_ms - slot_at) / 2);
}

/** A component that is unknown says why: its last result, which could not be judged. */
function whyUnknown(context: JudgingContext, { result, judgement }: JudgedResult) {
  const { site, live, now } = context;
  const component = site.measured_by.get(result.check);
  if (!component) return [];
  const before = statusOf(live, component.id, now);
  if (before.state !== 'unknown') return [];
  const { outcome, reason, ended_at } = judgement.unjudged ?? { ...result, ended_at: now };
  const notes: Note[] = [{ code: 'not_judged', outcome, reason, ended_at }];
  const change: ComponentChange = {
    before,
    after: { ...before, notes },
    since: before.since,
    cause: 'result',
    cause_ref: null,
    simulated: result.simulated,
  };
  return [change];
}

/** A bad run during which this process was suspended says nothing about the system. */
function withoutSuspension(result: Result, gap: Gap | null): Result {
  const spans =
    gap?.cause === 'suspended' && result.started_at < gap.to && endedAt(result) > gap.from;
  if (!spans || result.outcome === 'ok') return result;
  return { ...result, outcome: 'self', reason: 'missed_slot', detail: 'suspended meanwhile' };
}

/** The entry of a judged result in the window of the last hour. */
export function recentResult(result: Result, bad: boolean): RecentResult {
  return {
    check: result.check,
    slot_at: result.slot_at,
    ended_at: endedAt(result),
    delay_ms: delayMs(result),
    bad,
    left_out: false,
  };
}

/** Excludes the bad run of a failing check from the share, because the check's state reports it. */
function withoutFailingRun(
  recent: readonly RecentResult[],
  judgement: CheckJudgement,
): RecentResult[] {
  const { check, verdict, since, bad_run } = judgement;
  return verdict === 'failing' && bad_run > 0 ? withoutRun(recent, check, since) : [...recent];
}

/** Start of the verdict, if this result decided it. */
function decidedSince(before: CheckJudgement, after: CheckJudgement): EpochMs | null {
  return after.verdict !== before.verdict || after.since !== before.since ? after.since : null;
}
