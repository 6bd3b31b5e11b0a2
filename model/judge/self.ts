import type { Result } from '../result.ts';
import { SECOND } from '../time.ts';
import { OUTCOMES, type Outcome } from '../vocabulary.ts';

/** A run that starts later than this after its slot measures our delay rather than the system. */
export const SLOT_LAG_LIMIT_MS = 5 * SECOND;

const BLAMES_NOBODY: readonly Outcome[] = [
  'ok',
  'throttled',
  'credential',
  'user_data',
  'unreadable',
  'prerequisite',
  'self',
];
const BLAMES_SYSTEM: ReadonlySet<Outcome> = new Set(
  OUTCOMES.filter((outcome) => !BLAMES_NOBODY.includes(outcome)),
);

/**
 * The result, attributed to us (`self`) when it is bad and either started more than 5 s late or a
 * configured neutral host could not be reached from the same line.
 */
export function withoutOurFaults(
  result: Result,
  { neutral_host_failing }: { neutral_host_failing: boolean },
): Result {
  if (!BLAMES_SYSTEM.has(result.outcome)) return result;
  if (result.started_at - result.slot_at > SLOT_LAG_LIMIT_MS)
    return { ...result, outcome: 'self', reason: 'late_start' };
  if (neutral_host_failing) return { ...result, outcome: 'self', reason: 'neutral_host_failed' };
  return result;
}
