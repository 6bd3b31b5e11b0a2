import { isBad } from '../../model/judge/bad.ts';
import { NUMBERS } from '../../model/numbers.ts';
import type { Result } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** Counts bad results in a row, to decide which are confirmed soon. */
export interface Confirming {
  /** Notes a result, in slot order of its check. */
  note(result: Result): Noted;
  /** Whether a check fails by what was noted last of it, and needs no more for that. */
  fails(check: string): boolean;
  setConfirmations(check: string, confirmations: number): void;
  /** Counts anew: the clock was set, and slots before it tell no distance from those after it. */
  forget(): void;
}

interface Noted {
  /** Whether more bad results are needed before the check fails. */
  is_open: boolean;
  /** Whether the result may change a state: it is bad, or the first good one after a bad one. */
  is_decisive: boolean;
}

/** Judged results of a check in a row that were bad. */
interface BadRun {
  bad: number;
  first_slot_at: EpochMs;
  last_slot_at: EpochMs;
  /** Of them at the end those that call it maintenance, announced nowhere. */
  maintenance: number;
  /** Works with less by its own word: such results and other bad ones end each other's runs. */
  is_degraded: boolean;
  /** The last one found the run before it hanging: both are one disturbance. */
  overlap_open: boolean;
}

const CONFIRMATIONS = 2;

/**
 * A check fails after so many bad results in a row, or 2 that call it maintenance, the first and
 * the last slot at least the policy's distance apart; it is degraded after 2 in a row that say so.
 * Results that are not judged neither count nor end a run of bad ones, but are not confirmed,
 * unless they are our own fault.
 */
export function createConfirming(
  given: ReadonlyMap<string, number>,
  distanceMs: (check: string) => number,
): Confirming {
  const confirmations = new Map(given);
  const runs = new Map<string, BadRun>();
  return {
    note(result) {
      const { check, slot_at } = result;
      const before = runs.get(check);
      if (result.outcome === 'ok') {
        runs.delete(check);
        return { is_open: false, is_decisive: before !== undefined };
      }
      if (!isBad(result.outcome)) return { is_open: staysOpen(result, before), is_decisive: true };
      const is_degraded = result.outcome === 'degraded';
      const known = before?.is_degraded === is_degraded ? before : undefined;
      const run = {
        is_degraded,
        bad: (known?.bad ?? 0) + (known?.overlap_open ? 0 : 1),
        maintenance: result.outcome === 'maintenance' ? (known?.maintenance ?? 0) + 1 : 0,
        first_slot_at: known?.first_slot_at ?? slot_at,
        last_slot_at: slot_at,
        overlap_open: result.reason === 'overlap',
      };
      runs.set(check, run);
      return { is_open: isOpen(check, run, slot_at), is_decisive: true };
    },
    fails(check) {
      const run = runs.get(check);
      return run !== undefined && !isOpen(check, run, run.last_slot_at);
    },
    setConfirmations: (check, k) => void confirmations.set(check, k),
    forget: () => runs.clear(),
  };

  /** After a result that is not judged: where the next one soon may be. */
  function staysOpen({ check, slot_at, outcome, reason }: Result, run?: BadRun): boolean {
    // It was bad, and a run that says whether it counts is under way.
    if (reason === 'needed_unknown') return true;
    // Who keeps us out, or waits for another, does so in 10 s too, and counts how often we come.
    return outcome === 'self' && isOpen(check, run, slot_at);
  }

  function isOpen(check: string, run: BadRun | undefined, slot_at: EpochMs): boolean {
    if (run === undefined) return false;
    if (run.is_degraded) return run.bad < NUMBERS.check.degraded_after;
    const enough =
      run.bad >= (confirmations.get(check) ?? CONFIRMATIONS) ||
      run.maintenance >= NUMBERS.check.maintenance_after;
    return !enough || slot_at - run.first_slot_at < distanceMs(check);
  }
}
