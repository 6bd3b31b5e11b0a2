import type { Note } from '../component.ts';
import { NUMBERS } from '../numbers.ts';
import { latest } from '../time.ts';
import { type EpochMs, RESULT_NOTES } from '../vocabulary.ts';
import { type CheckJudgement, isValid } from './judgement.ts';
import { isOwnTrafficLine, type JudgedCheck, knownChecks, type LineVerdict } from './line.ts';

/**
 * What else is said of a component whose state is known, by its judgements that are not known, and
 * those that are.
 */
export function asides(
  unknown: readonly CheckJudgement[],
  known: readonly CheckJudgement[],
  is_learning: boolean,
): Note[] {
  const learning: Note[] = is_learning ? [{ code: 'learning' }] : [];
  return [...notKnown(unknown), ...filesChecked(known), ...noticed(known), ...learning];
}

/** Of own traffic that is known still, though nothing came for long: little is usual now. */
export function quietSince(checks: readonly JudgedCheck[], now: EpochMs): Note[] {
  const own = knownChecks(checks, now).filter(isOwnTrafficLine);
  const last_at = latest(own.map(({ judgement }) => judgement.last_slot_at));
  const is_quiet = last_at !== null && now - last_at > NUMBERS.traffic.quiet_ms;
  return is_quiet ? [{ code: 'quiet', last_at }] : [];
}

/** Checks of which nothing is known, beside others. */
function notKnown(unknown: readonly CheckJudgement[]): Note[] {
  const checks = unknown.map((it) => it.check);
  return checks.length > 0 ? [{ code: 'not_known', checks }] : [];
}

/**
 * What was odd about the checks that do not fail. That nothing was recognised is said only if no
 * check recognised anything.
 */
function noticed(known: readonly CheckJudgement[]): Note[] {
  const well = notFailing(known);
  return RESULT_NOTES.flatMap((note) => {
    const checks = well.filter((it) => it.notes.includes(note)).map((it) => it.check);
    const is_said = note !== 'answered_only' || checks.length === well.length;
    return is_said && checks.length > 0 ? [{ code: 'noticed', note, checks }] : [];
  });
}

/** What we can say of the files of checks that do not fail: one note for each basis. */
function filesChecked(known: readonly CheckJudgement[]): Note[] {
  const delivered = notFailing(known).flatMap(({ check, file }) =>
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

function notFailing(known: readonly CheckJudgement[]): CheckJudgement[] {
  return known.filter(({ verdict }) => verdict !== 'failing');
}

/**
 * One note per reason, so that a truncated file and one with a wrong digest are distinguishable.
 */
export function checksFailing(lines: readonly LineVerdict[]): Note[] {
  const failing = byReason(lines.flatMap((it) => it.failing));
  return failing.map((it) => ({ code: 'checks_failing', ...it }));
}

export function checksDegraded(lines: readonly LineVerdict[]): Note[] {
  const degraded = byReason(lines.flatMap((it) => it.degraded));
  return degraded.map((it) => ({ code: 'degraded', ...it }));
}

export function checksSlow(lines: readonly LineVerdict[]): Note[] {
  const checks = lines.flatMap((it) => it.slow);
  return checks.length > 0 ? [{ code: 'slow', checks }] : [];
}

/** Lines whose failures nothing proves to be theirs. */
export function perhapsOurs(lines: readonly LineVerdict[]): Note[] {
  const unproven = lines.filter((it) => it.failing.some((check) => check.is_perhaps_ours));
  return unproven.map(({ line }) => maybeOurs(line));
}

export function maybeOurs(line: string): Note {
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

/** That other lines are fine is said of these only where own traffic does not say otherwise. */
export function linesFailing(
  failing: readonly LineVerdict[],
  lines: readonly LineVerdict[],
): Note[] {
  if (failing.length === 0) return [];
  const own = lines.find(isOwnTrafficLine);
  const is_own_ill = own !== undefined && own.failing.length + own.some_failing.length > 0;
  return is_own_ill && !failing.every(isOwnTrafficLine)
    ? checksFailing(failing)
    : [lineFailing(failing)];
}

function lineFailing(lines: readonly LineVerdict[]): Note {
  const [first] = lines.flatMap((it) => it.failing);
  const { reason = null, detail = null } = first ?? {};
  const code = 'line_failing' as const;
  const its = { code, lines: lines.map((it) => it.line), reason };
  return lines.every(isOwnTrafficLine) ? { ...its, detail } : its;
}

/**
 * Results that say nothing are the reason while they come; then too few bad ones, or good ones;
 * then none.
 */
export function whyUnknown(judgements: readonly CheckJudgement[], now: EpochMs): Note {
  const [last] = judgements
    .flatMap(({ unjudged }) => unjudged ?? [])
    .sort((a, b) => b.ended_at - a.ended_at);
  if (last) return { code: 'not_judged', ...last };
  const unconfirmed = judgements.find((it) => it.bad_run > 0 && isValid(it, now));
  if (unconfirmed?.last_ended_at != null) {
    const { reason, detail, last_ended_at: ended_at } = unconfirmed;
    return { code: 'unconfirmed', reason, detail, ended_at };
  }
  const recovering = judgements.find((it) => it.good_run > 0 && isValid(it, now));
  if (recovering?.last_ended_at != null)
    return { code: 'recovering', ended_at: recovering.last_ended_at };
  const last_slot_at = latest(judgements.map((it) => it.last_slot_at));
  return last_slot_at === null ? { code: 'never_measured' } : { code: 'expired', last_slot_at };
}
