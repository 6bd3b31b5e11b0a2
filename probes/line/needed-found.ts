import { isBad } from '../../model/judge/bad.ts';
import { NUMBERS } from '../../model/numbers.ts';
import type { Clock } from '../../model/ports.ts';
import { endedAt, type Result } from '../../model/result.ts';
import type { EpochMs, Outcome } from '../../model/vocabulary.ts';
import type { Needed } from './needed-checks.ts';

/** What is known of what others need, for the sake of a bad result of theirs. */
export interface NeededFound {
  /** Notes what a run was judged as. */
  note(result: Result): void;
  /**
   * `open`: it has to be asked, or a run of it is under way. `lately`: that it worked shortly
   * before suffices.
   */
  of(needed: Needed, result: Result, lately: boolean): Found;
  /** Those of its checks that are open. */
  openChecks(needed: Needed, result: Result): string[];
  /** What was found last by a check, but for a reason of ours. */
  last(check: string): Result | undefined;
  /** Forgets all: the clock was set, and what was before tells no distance from what comes. */
  forget(): void;
}

export type Found = 'works' | 'fails' | 'says_nothing' | 'open';

export interface NeededFoundParts {
  /** Until when a result is valid if nothing follows. */
  validUntil: (result: Result) => EpochMs;
  clock: Pick<Clock, 'now'>;
}

/** Refused or held back, a login leaves no session, whoever is to blame. */
const LEAVES_NO_SESSION: readonly Outcome[] = ['credential', 'throttled'];

export function createNeededFound({ validUntil, clock }: NeededFoundParts): NeededFound {
  const last = new Map<string, Result>();
  /** When the last run of a check ended, also one that failed for a reason of ours. */
  const heard_at = new Map<string, EpochMs>();

  return {
    note(result) {
      const { check, outcome } = result;
      const at = endedAt(result);
      heard_at.set(check, Math.max(at, heard_at.get(check) ?? at));
      const before = last.get(check);
      // One that was held for its proof may be known after a later one.
      const is_older = before !== undefined && endedAt(before) > at;
      if (outcome !== 'self' && !is_older) last.set(check, result);
    },
    of(needed, result, lately) {
      const found = needed.checks.map((check) => foundBy(check, needed, result));
      if (lately && needed.checks.some((check) => succeededLately(check, result))) return 'works';
      if (found.includes('works')) return 'works';
      if (found.includes('open')) return 'open';
      return found.every((it) => it === 'fails') ? 'fails' : 'says_nothing';
    },
    openChecks: (needed, result) =>
      needed.checks.filter((check) => foundBy(check, needed, result) === 'open'),
    last: (check) => last.get(check),
    forget() {
      last.clear();
      heard_at.clear();
    },
  };

  function foundBy(check: string, { function: fn }: Needed, { started_at }: Result): Found {
    const known = last.get(check);
    if (known !== undefined && (endedAt(known) >= started_at || failedLately(known, started_at))) {
      if (succeeded(known)) return 'works';
      const leaves_none = fn === 'login' && LEAVES_NO_SESSION.includes(known.outcome);
      return isBad(known.outcome) || leaves_none ? 'fails' : 'says_nothing';
    }
    return (heard_at.get(check) ?? 0) >= started_at ? 'says_nothing' : 'open';
  }

  /** What did not succeed just before is not asked again for the sake of each bad result. */
  function failedLately(known: Result, started_at: EpochMs): boolean {
    const is_near = started_at - endedAt(known) <= NUMBERS.needs.failed_within_ms;
    return !succeeded(known) && is_near && clock.now() < validUntil(known);
  }

  function succeededLately(check: string, { started_at }: Result): boolean {
    const known = last.get(check);
    if (known === undefined || !succeeded(known)) return false;
    const is_near = started_at - endedAt(known) <= NUMBERS.needs.succeeded_within_ms;
    return is_near && clock.now() < validUntil(known);
  }
}

/** By its own word it works with less, but it works. */
function succeeded({ outcome }: Result): boolean {
  return outcome === 'ok' || outcome === 'degraded';
}
