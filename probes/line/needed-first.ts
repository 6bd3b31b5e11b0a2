import type { ScheduledCheck } from '../../model/configuration.ts';
import { type Dependencies, withDependencies } from '../../model/dependencies.ts';
import { isBad } from '../../model/judge/bad.ts';
import type { Clock } from '../../model/ports.ts';
import { endedAt, type Result } from '../../model/result.ts';
import {
  type ComponentId,
  componentId,
  type EpochMs,
  type InvoiceFunction,
  type Outcome,
} from '../../model/vocabulary.ts';
import { waitsFor } from '../waits-for.ts';

/**
 * Knows how what a function depends on is on this line: while that does not succeed, a failure of
 * the function says nothing of it.
 */
export interface NeededFirst {
  /** A run of a check begins. */
  begun(check: string): void;
  /** Notes what a run found, as soon as it has ended. */
  note(result: Result): void;
  /**
   * The result, but where it is bad and something needed did not succeed, that it waits for that.
   * What was not measured since is asked for, and waited for as long as a proof.
   */
  judge(result: Result): Result | Promise<Result>;
  /** Waits no more, now and later. */
  hurry(): void;
}

export interface NeededFirstParts {
  checks: readonly ScheduledCheck[];
  depends_on: Dependencies;
  /** How long a bad result of the check waits at most. */
  waitMs: (check: string) => number;
  /** Until when a result is valid if nothing follows. */
  validUntil: (result: Result) => EpochMs;
  /** Measures the check now, besides its schedule. */
  ask: (check: string) => void;
  clock: Pick<Clock, 'now'>;
}

/** A component that is needed, with its checks on the line. */
interface Needed {
  id: ComponentId;
  function: InvoiceFunction;
  checks: string[];
}

/** A file that came is what it is, whatever else fails. */
const OF_FILES: readonly Outcome[] = ['corrupt', 'mismatch'];

export function createNeededFirst(parts: NeededFirstParts): NeededFirst {
  const { ask, validUntil, waitMs, clock } = parts;
  const needs = neededByCheck(parts);
  const kept = new Set([...needs.values()].flatMap((all) => all.flatMap((it) => it.checks)));
  /** Of the checks that others need: how many runs are under way, and what was found last. */
  const under_way = new Map<string, number>();
  const last = new Map<string, Result>();
  const listeners = new Set<(check: string) => void>();
  const hurried = Promise.withResolvers<void>();

  return {
    begun(check) {
      if (kept.has(check)) under_way.set(check, (under_way.get(check) ?? 0) + 1);
    },
    note(result) {
      const { check, outcome } = result;
      if (!kept.has(check)) return;
      under_way.set(check, Math.max(0, (under_way.get(check) ?? 0) - 1));
      // What fails on our side says nothing.
      if (outcome !== 'self') last.set(check, result);
      for (const heard of listeners) heard(check);
    },
    judge(result) {
      const needed = needs.get(result.check);
      if (needed === undefined || !isBad(result.outcome)) return result;
      if (OF_FILES.includes(result.outcome)) return result;
      const waiting = waitingFor(result, needed);
      if (waiting !== null) return waiting;
      const unknown = needed.flatMap(({ checks }) => checks).filter((it) => !isSince(result, it));
      return unknown.length === 0 ? result : askFirst(result, needed, unknown);
    },
    hurry: () => hurried.resolve(),
  };

  async function askFirst(result: Result, needed: Needed[], unknown: string[]): Promise<Result> {
    const { heard, forget } = hearing(unknown);
    for (const check of unknown) if ((under_way.get(check) ?? 0) === 0) ask(check);
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, waitMs(result.check));
    await Promise.race([heard, late.promise, hurried.promise]);
    clearTimeout(timer);
    forget();
    return waitingFor(result, needed) ?? result;
  }

  /** `heard` once a run of each has ended. */
  function hearing(checks: readonly string[]): { heard: Promise<void>; forget: () => void } {
    const missing = new Set(checks);
    const { promise: heard, resolve } = Promise.withResolvers<void>();
    const listener = (check: string) => {
      missing.delete(check);
      if (missing.size === 0) resolve();
    };
    listeners.add(listener);
    return { heard, forget: () => void listeners.delete(listener) };
  }

  function isSince({ started_at }: Result, check: string): boolean {
    const known = last.get(check);
    return known !== undefined && endedAt(known) >= started_at;
  }

  /** That it waits for the first that is needed and did not succeed by any of its checks. */
  function waitingFor(result: Result, needed: readonly Needed[]): Result | null {
    for (const { id, function: fn, checks } of needed) {
      const known = checks.map((check) => last.get(check));
      const [first] = known;
      if (first === undefined || !known.every((it) => it !== undefined && failsNow(it))) continue;
      const detail = `${id}: ${first.outcome}, ${first.reason}`;
      return { ...result, outcome: 'prerequisite', reason: waitsFor(fn), detail };
    }
    return null;
  }

  function failsNow(known: Result): boolean {
    return known.outcome !== 'ok' && clock.now() < validUntil(known);
  }
}

/** What each check needs to succeed, directly or not, as far as this line measures it. */
function neededByCheck({ checks, depends_on }: NeededFirstParts): Map<string, Needed[]> {
  const idOf = (check: ScheduledCheck) => componentId(check.system, check.function);
  const measured = Map.groupBy(checks, idOf);
  return new Map(
    checks.flatMap((check) => {
      const needed = withDependencies([idOf(check)], depends_on)
        .slice(1)
        .flatMap((id) => {
          const its = measured.get(id) ?? [];
          return its[0] ? [{ id, function: its[0].function, checks: its.map((it) => it.id) }] : [];
        });
      return needed.length === 0 ? [] : [[check.id, needed] as const];
    }),
  );
}
