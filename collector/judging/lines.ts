import type { Check } from '../../model/configuration.ts';
import { type CheckJudgement, isValid } from '../../model/judge/check.ts';
import { judgementOf } from '../state/live-state.ts';
import type { JudgingContext } from './evaluation.ts';

/**
 * Whether a neutral host is unreachable from the check's line too, so that the fault is our own
 * line's.
 */
export function neutralHostFails({ site, live, now }: JudgingContext, check: Check): boolean {
  const neutral = site.lines.get(check.line)?.neutral ?? [];
  if (neutral.includes(check.id)) return false;
  return neutral.some((id) => {
    const judgement = judgementOf(live, id);
    return isValid(judgement, now) && judgement.bad_run > 0;
  });
}

/**
 * The line, when all its live checks (at least two) fail and no neutral host is configured to
 * attribute the fault. `judgement` is the newest, not in the live state yet.
 */
export function suspectLine(
  { site, live, now }: JudgingContext,
  check: Check,
  judgement: CheckJudgement,
): string | null {
  const line = site.lines.get(check.line);
  if (!line || line.neutral.length > 0 || judgement.verdict !== 'failing') return null;
  const measuring = line.measuring
    .map((id) => (id === check.id ? judgement : judgementOf(live, id)))
    .filter((it) => it.verdict !== 'undecided' && isValid(it, now));
  return measuring.length >= 2 && measuring.every((it) => it.verdict === 'failing')
    ? check.line
    : null;
}
