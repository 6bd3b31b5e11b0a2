import type { ComponentStatus, Note } from '../component.ts';
import type { Policy } from '../configuration.ts';
import { latest } from '../time.ts';
import { type EpochMs, RESULT_NOTES, type Reason, type State } from '../vocabulary.ts';
import { type CheckJudgement, isValid, lastFailed } from './judgement.ts';
import { type JudgedCheck, knownChecks, type LineVerdict, liveLines } from './line.ts';
import type { Share } from './share.ts';
import { coveredUntil } from './validity.ts';

export interface ComponentInput {
  checks: readonly JudgedCheck[];
  now: EpochMs;
  policy: Policy;
  share: Share;
  /** The announced window that covers the component now. */
  window: { maintenance: string; from: EpochMs } | null;
  /** No slow limit is set, and what is usual at this hour is not known yet. */
  is_learning: boolean;
}

/** The judged state of a component and the reasons; the caller adds `since`. */
export type ComponentVerdict = Pick<
  ComponentStatus,
  'state' | 'notes' | 'measured_at' | 'valid_until'
>;

/**
 * The state of a component from its checks. All live lines fail: major outage. At least the quorum,
 * or some checks of a line: partial outage. Fewer lines: unchanged, with a note. No check fails but
 * too many single results do: partial outage. Degraded or slow on the quorum: degraded. No live
 * line, or nothing bad but a check of which only is known that it failed: unknown.
 * An announced window overrides all of these.
 */
export function judgeComponent(input: ComponentInput): ComponentVerdict {
  const measured = {
    measured_at: latest(input.checks.map((it) => it.judgement.last_ended_at)),
    valid_until: latest(input.checks.map((it) => it.judgement.valid_until)),
  };
  const valid_until = input.window
    ? coveredUntil(input.now, measured.valid_until)
    : measured.valid_until;
  const lines = liveLines(input.checks, input.now);
  const judged = stateOf(input, lines);
  const learning: Note[] = input.is_learning ? [{ code: 'learning' }] : [];
  const aside = isMeasured(judged.state)
    ? [...notKnown(lines), ...filesChecked(input), ...noticed(input), ...learning]
    : [];
  const notes = [...judged.notes, ...aside];
  return { ...measured, valid_until, state: judged.state, notes };
}

interface StateAndNotes {
  state: State;
  notes: Note[];
}

function stateOf(input: ComponentInput, lines: LineVerdict[]): StateAndNotes {
  if (input.window)
    return {
      state: 'under_maintenance',
      notes: [{ code: 'maintenance', maintenance_id: input.window.maintenance }],
    };
  if (lines.length === 0)
    return {
      state: 'unknown',
      notes: [
        whyUnknown(
          input.checks.map((it) => it.judgement),
          input.now,
        ),
      ],
    };

  const failing = lines.filter((it) => it.verdict === 'failing');
  const partly = lines.filter((it) => it.verdict === 'partly_failing');
  const degraded = lines.filter((it) => it.degraded.length > 0 || it.slow.length > 0);
  const quorum = Math.ceil(lines.length * input.policy.quorum);

  if (failing.length === lines.length)
    return { state: 'major_outage', notes: [...checksFailing(failing), ...perhapsOurs(failing)] };
  if (failing.length > 0 && failing.length >= quorum)
    return { state: 'partial_outage', notes: [lineFailing(failing), ...perhapsOurs(failing)] };
  if (partly.length > 0)
    return {
      state: 'partial_outage',
      notes: [...checksFailing([...partly, ...failing]), ...perhapsOurs([...partly, ...failing])],
    };

  const aside: Note[] = failing.length > 0 ? [lineFailing(failing), ...perhapsOurs(failing)] : [];
  const { affected_since, n, bad, window_ms, is_perhaps_ours } = input.share;
  if (failing.length === 0 && affected_since !== null)
    return {
      state: 'partial_outage',
      notes: [
        { code: 'some_users_affected', bad, n, window_ms },
        ...(is_perhaps_ours ? lines.map(maybeOurs) : []),
      ],
    };
  if (degraded.length > 0 && degraded.length >= quorum)
    return {
      state: 'degraded_performance',
      notes: [...checksDegraded(degraded), ...checksSlow(degraded), ...aside],
    };
  const lost = lines.flatMap((it) => it.unknown).filter(lastFailed);
  if (lost.length > 0) return { state: 'unknown', notes: [whyUnknown(lost, input.now), ...aside] };
  return { state: 'operational', notes: aside };
}

/** Checks of which nothing is known, beside others of their line. */
function notKnown(lines: readonly LineVerdict[]): Note[] {
  const checks = lines.flatMap((it) => it.unknown).map((it) => it.check);
  return checks.length > 0 ? [{ code: 'not_known', checks }] : [];
}

/**
 * What was odd about the checks that do not fail. That nothing was recognised is said only if no
 * check recognised anything.
 */
function noticed(input: ComponentInput): Note[] {
  const well = notFailing(input);
  return RESULT_NOTES.flatMap((note) => {
    const checks = well.filter((it) => it.notes.includes(note)).map((it) => it.check);
    const is_said = note === 'answered_only' ? checks.length === well.length : checks.length > 0;
    return is_said && checks.length > 0 ? [{ code: 'noticed', note, checks }] : [];
  });
}

/** What we can say of the files of checks that do not fail: one note for each basis. */
function filesChecked(input: ComponentInput): Note[] {
  const delivered = notFailing(input).flatMap(({ check, file }) =>
    file?.verdict === 'sound' || file?.verdict === 'unjudged' ? { check, ...file } : [],
  );
  const by_basis = Map.groupBy(delivered, ({ checked, reason }) => `${checked} ${reason}`);
  return [...by_basis.values()].flatMap((files) => {
    const [first] = files;
    if (first === undefined) return [];
    const { checked, reason } = first;
    return { code: 'files_checked' as const, checked, reason, checks: files.map((it) => it.check) };
  });
}

function isMeasured(state: State): boolean {
  return state !== 'unknown' && state !== 'under_maintenance';
}

function notFailing(input: ComponentInput): CheckJudgement[] {
  return knownChecks(input.checks, input.now).flatMap(({ judgement }) =>
    judgement.verdict === 'failing' ? [] : judgement,
  );
}

/**
 * One note per reason, so that a truncated file and one with a wrong digest are distinguishable.
 */
function checksFailing(lines: readonly LineVerdict[]): Note[] {
  const failing = byReason(lines.flatMap((it) => it.failing));
  return failing.map((it) => ({ code: 'checks_failing', ...it }));
}

function checksDegraded(lines: readonly LineVerdict[]): Note[] {
  const degraded = byReason(lines.flatMap((it) => it.degraded));
  return degraded.map((it) => ({ code: 'degraded', ...it }));
}

function checksSlow(lines: readonly LineVerdict[]): Note[] {
  const checks = lines.flatMap((it) => it.slow);
  return checks.length > 0 ? [{ code: 'slow', checks }] : [];
}

/** Lines whose failures nothing proves to be theirs. */
function perhapsOurs(lines: readonly LineVerdict[]): Note[] {
  const unproven = lines.filter((it) => it.failing.some((check) => check.is_perhaps_ours));
  return unproven.map(maybeOurs);
}

function maybeOurs({ line }: LineVerdict): Note {
  return { code: 'maybe_our_line', line };
}

function byReason(judgements: readonly CheckJudgement[]) {
  const groups = Map.groupBy(judgements, (it) => it.reason);
  return [...groups].map(([reason, its]) => ({
    checks: its.map((it) => it.check),
    reason,
    detail: its[0]?.detail ?? null,
  }));
}

function lineFailing(lines: readonly LineVerdict[]): Note {
  const reason: Reason | null = lines[0]?.failing[0]?.reason ?? null;
  return { code: 'line_failing', lines: lines.map((it) => it.line), reason };
}

/** Results that say nothing are the reason while they come; then too few bad ones; then none. */
function whyUnknown(judgements: readonly CheckJudgement[], now: EpochMs): Note {
  const [last] = judgements
    .flatMap(({ unjudged }) => unjudged ?? [])
    .sort((a, b) => b.ended_at - a.ended_at);
  if (last) return { code: 'not_judged', ...last };
  const unconfirmed = judgements.find((it) => it.bad_run > 0 && isValid(it, now));
  if (unconfirmed?.last_ended_at != null) {
    const { reason, detail, last_ended_at: ended_at } = unconfirmed;
    return { code: 'unconfirmed', reason, detail, ended_at };
  }
  const last_slot_at = latest(judgements.map((it) => it.last_slot_at));
  return last_slot_at === null ? { code: 'never_measured' } : { code: 'expired', last_slot_at };
}
