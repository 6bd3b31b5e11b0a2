import { type BadCause, causeKey, type TrafficWindow } from '../traffic.ts';
import { DIFFERENCE_REASONS, type Reason } from '../vocabulary.ts';
import type { CheckJudgement } from './judgement.ts';

/** Why something is as it is, as far as events say. */
export type Because = Pick<CheckJudgement, 'reason' | 'detail'>;

export const NO_CAUSE: Because = { reason: null, detail: null };

/** How often each cause was said, in the order of its first time. */
export type BadCauses = ReadonlyMap<string, { cause: BadCause; n: number }>;

export const NO_CAUSES: BadCauses = new Map();

/** The causes with so many events more that said this one. */
export function withCause(causes: BadCauses, cause: BadCause | undefined, n: number): BadCauses {
  if (cause === undefined) return causes;
  const key = causeKey(cause);
  return new Map(causes).set(key, { cause, n: (causes.get(key)?.n ?? 0) + n });
}

/** Those of the windows. */
export function causesIn(windows: readonly TrafficWindow[]): BadCauses {
  const causes = new Map<string, { cause: BadCause; n: number }>();
  for (const window of windows)
    for (const [second, cause] of [...window.causes].sort(([a], [b]) => a - b)) {
      const key = causeKey(cause);
      const n = (causes.get(key)?.n ?? 0) + (window.bad[second] ?? 0);
      causes.set(key, { cause, n });
    }
  return causes;
}

/** What was said most often, of equals first. */
export function becauseOfMost(causes: BadCauses): Because {
  let most: { cause: BadCause; n: number } | null = null;
  for (const it of causes.values()) if (most === null || it.n > most.n) most = it;
  return most === null ? NO_CAUSE : becauseOf(most.cause);
}

/** What differs from what was submitted is named by its code; others are those of the system. */
export function reasonOfCause({ outcome, code }: BadCause): Reason | null {
  const difference = DIFFERENCE_REASONS.find((it) => it === code);
  if (outcome === 'mismatch' && difference !== undefined) return difference;
  return code === null ? null : 'error_code';
}

/** By its code; else by its outcome, where the event says more than that it failed. */
function becauseOf({ outcome, code }: BadCause): Because {
  const reason = reasonOfCause({ outcome, code });
  if (reason !== null) return { reason, detail: code };
  return outcome === 'system' ? NO_CAUSE : { reason: null, detail: outcome };
}
