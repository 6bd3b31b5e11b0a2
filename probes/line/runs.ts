import type { ScheduledCheck } from '../../model/configuration.ts';
import type { Clock } from '../../model/ports.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { nothingMeasured } from '../probe.ts';
import { afterDeadlineMs, type LineRun } from './line.ts';
import type { EndedRun } from './proof/gatherer.ts';
import type { Slot } from './schedule/schedule.ts';
import { OVERLAP, resultOf } from './slot-result.ts';

/** The runs under way. */
export interface Runs {
  /** Runs the check of a slot, or finds that its last run hangs. Never rejects. */
  start(slot: Slot): Promise<EndedRun>;
}

export interface RunsParts {
  /** Never rejects. */
  measure: (check: string, slot_at: EpochMs) => Promise<LineRun>;
  /** The sum of the delays of this thread so far. */
  delayMs: () => number;
  /** How long the machine slept so far. */
  sleptMs: () => number;
  /** How often the wall clock was set, noticed or not. Only differences are meaningful. */
  steps: () => number;
  clock: Clock;
}

/** After a run's deadline, until it counts as lost: probes keep their deadline themselves. */
const GRACE_MS = SECOND;

/** A run under way. */
interface Started {
  /** How much of its own time it has left, in ms: a time without our delays. */
  leftMs(): number;
  loopDelayMs(): number;
  /** For how long the machine slept, which no monotonic time contains. */
  sleptMs(): number;
  /** The wall clock was set since. */
  isAcrossStep(): boolean;
  ended: Promise<EndedRun>;
}

export function createRuns({ measure, delayMs, sleptMs, steps, clock }: RunsParts): Runs {
  const under_way = new Map<string, Set<Started>>();

  return {
    start(slot) {
      const hanging = hangingRun(slot.check.id);
      return hanging === undefined ? run(slot) : overlap(slot, hanging);
    },
  };

  /**
   * A run past its deadline hangs, unless it may be judging a file. One within its deadline (a
   * confirming run shortly before a regular slot) does not: both run concurrently.
   */
  function hangingRun(check: string): Started | undefined {
    return [...(under_way.get(check) ?? [])].find((it) => it.leftMs() <= 0);
  }

  /** Known when that run has ended, a second after its deadline at the latest. */
  async function overlap(slot: Slot, hanging: Started): Promise<EndedRun> {
    const waited_for = await hanging.ended;
    const result = resultOf(slot, OVERLAP);
    const ended_at_ms = clock.monotonic();
    return { check: slot.check, result, ended_at_ms, loop_delay_ms: 0, waited_for };
  }

  async function run(slot: Slot): Promise<EndedRun> {
    const { check, slot_at } = slot;
    const started_at = clock.now();
    const others = under_way.get(check.id) ?? new Set();
    const started = begin(check);
    under_way.set(check.id, others.add(started));
    const measured = await inTime(started, measure(check.id, slot_at));
    others.delete(started);
    const ended: EndedRun = {
      check,
      result: { ...resultOf(slot, datedRight(measured, started)), started_at },
      ended_at_ms: clock.monotonic(),
      loop_delay_ms: started.loopDelayMs() + started.sleptMs(),
    };
    started.hasEnded(ended);
    return ended;
  }

  function begin(check: ScheduledCheck): Started & { hasEnded: (run: EndedRun) => void } {
    const limit_ms = check.deadline_ms + afterDeadlineMs(check.function);
    const start = clock.monotonic();
    const delayed_before_ms = delayMs();
    const loopDelayMs = () => delayMs() - delayed_before_ms;
    const slept_before_ms = sleptMs();
    const steps_before = steps();
    const isAcrossStep = () => steps() !== steps_before;
    const { promise: ended, resolve: hasEnded } = Promise.withResolvers<EndedRun>();
    return {
      ended,
      hasEnded,
      isAcrossStep,
      loopDelayMs,
      sleptMs: () => sleptMs() - slept_before_ms,
      leftMs: () => limit_ms - (clock.monotonic() - start - loopDelayMs()),
    };
  }

  /** A certificate was valid or not by a clock of which nobody knows what it showed just then. */
  function datedRight(run: LineRun, started: Started): LineRun {
    if (run.reason !== 'certificate_invalid' || !started.isAcrossStep()) return run;
    const detail = `the clock was set meanwhile: ${run.detail ?? 'certificate not valid'}`;
    return { ...run, outcome: 'self', reason: 'clock_wrong', detail };
  }

  /** A run without an end is lost, for a reason of ours. */
  function inTime(started: Started, running: Promise<LineRun>): Promise<LineRun> {
    const started_at = clock.now();
    const start = clock.monotonic();
    return new Promise((resolve) => {
      let timer = setTimeout(check, started.leftMs() + GRACE_MS);
      void running.then((run) => {
        clearTimeout(timer);
        resolve(run);
      });

      function check(): void {
        const left_ms = started.leftMs() + GRACE_MS;
        const duration_ms = clock.monotonic() - start;
        const lost = nothingMeasured('worker_died', `no end after ${Math.round(duration_ms)} ms`);
        if (left_ms <= 0) resolve({ ...lost, started_at, duration_ms });
        else timer = setTimeout(check, left_ms);
      }
    });
  }
}
