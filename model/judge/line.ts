import { OWN_TRAFFIC_LINE } from '../configuration.ts';
import type { EpochMs } from '../vocabulary.ts';
import { type CheckJudgement, isKnown } from './judgement.ts';

/** A check of a component, its line, and its current judgement. */
export interface JudgedCheck {
  line: string;
  judgement: CheckJudgement;
}

/** What is known of a component on one line. */
export interface LineVerdict {
  line: string;
  verdict: 'failing' | 'partly_failing' | 'working';
  failing: CheckJudgement[];
  /** Of own traffic, where too many events are bad but not all. */
  some_failing: CheckJudgement[];
  degraded: CheckJudgement[];
  slow: string[];
  /** Undecided or expired: they neither fail nor work. */
  unknown: CheckJudgement[];
}

/** Checks whose judgement is valid and decided. */
export function knownChecks(checks: readonly JudgedCheck[], now: EpochMs): JudgedCheck[] {
  return checks.filter(({ judgement }) => isKnown(judgement, now));
}

/** Lines of which at least one check is known. */
export function liveLines(checks: readonly JudgedCheck[], now: EpochMs): LineVerdict[] {
  const lines = [...Map.groupBy(checks, (it) => it.line)];
  return lines.flatMap(([line, its]) => {
    const known = knownChecks(its, now).map((it) => it.judgement);
    return known.length > 0 ? [lineVerdict(line, known, unknownOf(its, now))] : [];
  });
}

/** Those of own traffic of which nothing is known: nobody tells of it, or not enough yet. */
export function unheardOf(checks: readonly JudgedCheck[], now: EpochMs): CheckJudgement[] {
  return unknownOf(
    checks.filter(({ line }) => line === OWN_TRAFFIC_LINE),
    now,
  );
}

export function isOwnTrafficLine({ line }: Pick<LineVerdict, 'line'>): boolean {
  return line === OWN_TRAFFIC_LINE;
}

function unknownOf(checks: readonly JudgedCheck[], now: EpochMs): CheckJudgement[] {
  return checks.map((it) => it.judgement).filter((it) => !isKnown(it, now));
}

/** A line fails only if all its checks are known to fail. */
function lineVerdict(
  line: string,
  known: readonly CheckJudgement[],
  unknown: CheckJudgement[],
): LineVerdict {
  const failing = known.filter((it) => it.verdict === 'failing');
  const all_fail = failing.length === known.length + unknown.length;
  const some_fail = failing.length > 0;
  return {
    line,
    failing,
    some_failing: known.filter((it) => it.verdict === 'some_failing'),
    degraded: known.filter((it) => it.verdict === 'degraded'),
    slow: known.filter((it) => it.verdict === 'slow').map((it) => it.check),
    unknown,
    verdict: all_fail ? 'failing' : some_fail ? 'partly_failing' : 'working',
  };
}
