import type { Clock } from '../../model/ports.ts';
import type { Result } from '../../model/result.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { nothingMeasured } from '../probe.ts';
import { afterDeadlineMs, type LineRun } from './line.ts';
import type { Slot } from './schedule/schedule.ts';
import { OVERLAP, resultOf } from './slot-result.ts';

/** The runs under way. */
export interface Runs {
  /** Runs the check of a slot, or finds that its last run hangs. Never rejects. */
  start(slot: Slot): Promise<Result>;
  /** Waits for what is under way, at most `limit_ms`. */
  drain(limit_ms: number): Promise<void>;
}

export interface RunsParts {
  /** Never rejects. */
  measure: (check: string, slot_at: EpochMs) => Promise<LineRun>;
  clock: Clock;
}

/** After a run's deadline, until it counts as lost: probes keep their deadline themselves. */
const GRACE_MS = SECOND;

export function createRuns({ measure, clock }: RunsParts): Runs {
  /** By check, the monotonic times at which its runs begin to hang. */
  const hanging_from = new Map<string, Set<number>>();
  const under_way = new Set<Promise<unknown>>();

  return {
    start(slot) {
      const started = isHanging(slot.check.id) ? overlap(slot) : run(slot);
      under_way.add(started);
      void started.finally(() => under_way.delete(started));
      return started;
    },
    async drain(limit_ms) {
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, limit_ms);
      });
      await Promise.race([Promise.all(under_way), limit]);
      clearTimeout(timer);
    },
  };

  /**
   * A run past its deadline hangs, unless it may be judging a file. One within its deadline (a
   * confirming run shortly before a regular slot) does not: both run concurrently.
   */
  function isHanging(check: string): boolean {
    const now = clock.monotonic();
    return [...(hanging_from.get(check) ?? [])].some((from) => from <= now);
  }

  async function overlap(slot: Slot): Promise<Result> {
    return resultOf(slot, OVERLAP);
  }

  async function run(slot: Slot): Promise<Result> {
    const { check, slot_at } = slot;
    const limit_ms = check.deadline_ms + afterDeadlineMs(check.function);
    const hangs_from = clock.monotonic() + limit_ms;
    const others = hanging_from.get(check.id) ?? new Set();
    hanging_from.set(check.id, others.add(hangs_from));
    const measured = await within(limit_ms + GRACE_MS, measure(check.id, slot_at));
    others.delete(hangs_from);
    return resultOf(slot, measured);
  }

  /** A run without an end is lost, for a reason of ours. */
  function within(limit_ms: number, running: Promise<LineRun>): Promise<LineRun> {
    const started_at = clock.now();
    const start = clock.monotonic();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        const lost = nothingMeasured('worker_died', `no answer within ${limit_ms} ms`);
        resolve({ ...lost, started_at, duration_ms: clock.monotonic() - start });
      }, limit_ms);
      void running.then((run) => {
        clearTimeout(timer);
        resolve(run);
      });
    });
  }
}
