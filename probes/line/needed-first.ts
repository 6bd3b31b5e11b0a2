import type { ScheduledCheck } from '../../model/configuration.ts';
import type { Dependencies } from '../../model/dependencies.ts';
import { isBad } from '../../model/judge/bad.ts';
import { neededDetail } from '../../model/needed-detail.ts';
import type { Clock } from '../../model/ports.ts';
import type { Result } from '../../model/result.ts';
import type { Outcome } from '../../model/vocabulary.ts';
import { waitsFor } from '../waits-for.ts';
import { type Needed, neededByCheck } from './needed-checks.ts';
import { createNeededFound, type Found, type NeededFoundParts } from './needed-found.ts';

/**
 * Knows how what a function depends on is on this line: while that fails, a failure of the function
 * says nothing of it.
 */
export interface NeededFirst {
  /** A run of a check begins. */
  begun(check: string): void;
  /** Notes what a run was judged as, with its proof and what it needs itself. */
  note(result: Result): void;
  /**
   * The result, but where it is bad and something needed fails, that it waits for that. What is not
   * known is asked for, and waited for until an instant of the monotonic clock; what is not known
   * by then says nothing of the function.
   */
  judge(result: Result, until_ms: number): Result | Promise<Result>;
  /** Waits no more, now and later. */
  hurry(): void;
  /** Counts anew: the clock was set. */
  forget(): void;
}

export interface NeededFirstParts extends NeededFoundParts {
  checks: readonly ScheduledCheck[];
  depends_on: Dependencies;
  /** Measures the check now, besides its schedule. */
  ask: (check: string) => void;
  /** Whether a check fails already by what was handed over of it. */
  fails: (check: string) => boolean;
  clock: Pick<Clock, 'now' | 'monotonic'>;
}

/** A bad result that is held. */
interface Held {
  /** Something that is needed was measured. */
  look(): void;
  giveUp(): void;
}

/** A file that came is what it is, whatever else fails. */
const OF_FILES: readonly Outcome[] = ['corrupt', 'mismatch'];

export function createNeededFirst(parts: NeededFirstParts): NeededFirst {
  const { checks, depends_on, ask, fails, clock } = parts;
  const needs = neededByCheck(checks, depends_on);
  const kept = new Set([...needs.values()].flatMap((all) => all.flatMap((it) => it.checks)));
  const found = createNeededFound(parts);
  /** Of the checks that others need: how many runs are under way, or held. */
  const under_way = new Map<string, number>();
  const held = new Set<Held>();
  /** Checks that waited for another last: what they need is asked at their next bad result. */
  const waited = new Set<string>();
  let is_hurried = false;

  return {
    begun(check) {
      if (kept.has(check)) under_way.set(check, underWay(check) + 1);
    },
    note(result) {
      const { check } = result;
      if (!kept.has(check)) return;
      under_way.set(check, Math.max(0, underWay(check) - 1));
      found.note(result);
      for (const { look } of held) look();
    },
    judge(result, until_ms) {
      const needed = needs.get(result.check);
      if (needed !== undefined && result.outcome === 'prerequisite') waited.add(result.check);
      if (needed === undefined || !isBad(result.outcome)) return result;
      if (OF_FILES.includes(result.outcome)) return result;
      return decided(result, needed) ?? hold(result, needed, until_ms);
    },
    hurry() {
      is_hurried = true;
      for (const { giveUp } of held) giveUp();
    },
    forget: found.forget,
  };

  /** null: something that it needs is not known yet. */
  function decided(result: Result, needed: readonly Needed[]): Result | null {
    const failing = needed.find((it) => foundOf(it, result) === 'fails');
    if (failing !== undefined) return waitingFor(result, failing);
    if (openOf(result, needed).length > 0) return null;
    waited.delete(result.check);
    return result;
  }

  /** What fails by itself goes on to, while what it needs worked lately. */
  function foundOf(needed: Needed, result: Result): Found {
    return found.of(needed, result, fails(result.check) && !waited.has(result.check));
  }

  function hold(result: Result, needed: readonly Needed[], until_ms: number): Promise<Result> {
    const { promise, resolve } = Promise.withResolvers<Result>();
    const it: Held = {
      look() {
        const judged = decided(result, needed);
        if (judged === null) askFor(result, needed);
        else end(judged);
      },
      giveUp: () => end(notKnown(result, needed)),
    };
    const timer = setTimeout(it.giveUp, Math.max(0, until_ms - clock.monotonic()));
    held.add(it);
    if (is_hurried) it.giveUp();
    else it.look();
    return promise;

    function end(judged: Result): void {
      clearTimeout(timer);
      held.delete(it);
      resolve(judged);
    }
  }

  function askFor(result: Result, needed: readonly Needed[]): void {
    const open = openOf(result, needed).flatMap((it) => found.openChecks(it, result));
    for (const check of open) if (underWay(check) === 0) ask(check);
  }

  function openOf(result: Result, needed: readonly Needed[]): Needed[] {
    return needed.filter((it) => foundOf(it, result) === 'open');
  }

  function underWay(check: string): number {
    return under_way.get(check) ?? 0;
  }

  function waitingFor(result: Result, { id, function: fn, checks: [first = ''] }: Needed): Result {
    waited.add(result.check);
    const why = found.last(first);
    const detail = why === undefined ? null : neededDetail(id, why);
    return { ...result, outcome: 'prerequisite', reason: waitsFor(fn), detail };
  }

  /** Whether it fails by itself, nobody knows yet. */
  function notKnown(result: Result, needed: readonly Needed[]): Result {
    waited.add(result.check);
    const ids = openOf(result, needed).map(({ id }) => id);
    const detail = `not known yet: ${ids.join(', ')}`;
    return { ...result, outcome: 'prerequisite', reason: 'needed_unknown', detail };
  }
}
