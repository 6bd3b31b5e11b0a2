import { onTestFinished, vi } from 'vitest';
import type { Gap } from '../../../model/component.ts';
import type { Policy, ScheduledCheck } from '../../../model/configuration.ts';
import type { Dependencies } from '../../../model/dependencies.ts';
import type { LineCondition } from '../../../model/own-trouble.ts';
import { DEFAULT_POLICY } from '../../../model/policy.ts';
import type { Clock } from '../../../model/ports.ts';
import type { Proof } from '../../../model/proof.ts';
import type { Result } from '../../../model/result.ts';
import { SECOND } from '../../../model/time.ts';
import type { ClockStep, LineBatch } from '../../../probes/line/batch.ts';
import type { HandedOver } from '../../../probes/line/handed-over.ts';
import type { LineRun } from '../../../probes/line/line.ts';
import { createLineRunner } from '../../../probes/line/line-runner.ts';
import type { EndedRun } from '../../../probes/line/proof/gatherer.ts';
import { nothingMeasured } from '../../../probes/probe.ts';
import { START } from '../../collector/configuration.ts';
import { stopTime } from '../../collector/world.ts';

/** A check of the function `query`, with a deadline of 5 s. */
export function checkOf(id: string, schedule: string, zone = 'Asia/Shanghai'): ScheduledCheck {
  const common = { system: 's', line: 'local', zone, options: {}, deadline_ms: 5 * SECOND };
  return { ...common, id, function: 'query', schedule };
}

export const WELL: Partial<LineRun> = { outcome: 'ok', reason: null, duration_ms: 200 };
export const SILENT: Partial<LineRun> = {
  outcome: 'timeout',
  reason: 'timeout_processing',
  duration_ms: 5 * SECOND,
  contact: { host: 'a.example', address: '192.0.2.1', reach: 'silent', resolver_differs: false },
};
export const HTTP_500: Partial<LineRun> = {
  outcome: 'system',
  reason: 'http_status',
  http_status: 500,
  duration_ms: 200,
  contact: { host: 'a.example', address: '192.0.2.1', reach: 'answered', resolver_differs: false },
};

/** A proof that lays a failure at the host, unless our own delay speaks against it. */
export function proven({ result, loop_delay_ms }: EndedRun): Proof | null {
  if (result.contact === null) return null;
  return {
    contact: result.contact,
    is_local: false,
    loop_delay_ms,
    other_answer: { host: 'b.example', after_ms: 100 },
    neutrals: [],
    control: null,
    line: { failed: 0, answered: 1, blamed: null },
  };
}

interface Stage {
  /** What a run finds, and how long it takes. */
  run: (check: string, slot_at: number) => Partial<LineRun>;
  proofFor: (run: EndedRun) => Proof | null | Promise<Proof | null>;
}

/** A line runner with scripted runs, in a time in which only the test moves anything. */
export function stageLine(
  checks: readonly ScheduledCheck[],
  confirmations = 2,
  policy: Partial<Policy> = {},
  handed_over: HandedOver | null = null,
  depends_on: Dependencies = {},
) {
  stopTime();
  const stage: Stage = { run: () => WELL, proofFor: proven };
  let wall_ms = 0;
  let asleep_ms = 0;
  const clock: Clock = { now: () => Date.now() + wall_ms, monotonic: () => Date.now() };
  const batches: (LineBatch & { at: number })[] = [];
  const started: { check: string; slot_at: number; at: number }[] = [];
  const line = createLineRunner({
    line: 'local',
    checks,
    policies: { 's.query': { ...DEFAULT_POLICY, ...policy } },
    depends_on,
    start: {
      known: new Map(),
      confirmations: new Map(checks.map(({ id }) => [id, confirmations])),
    },
    handed_over,
    events: { batch: (batch) => batches.push({ ...batch, at: clock.now() }) },
    async measure(check, slot_at) {
      const started_at = clock.now();
      started.push({ check, slot_at, at: started_at });
      const run = { ...nothingMeasured('probe_error', ''), ...WELL, ...stage.run(check, slot_at) };
      const { duration_ms = 0 } = run;
      const start = clock.monotonic();
      await new Promise((resolve) => setTimeout(resolve, duration_ms));
      return { ...run, started_at, duration_ms: clock.monotonic() - start };
    },
    look: () => Promise.reject(new Error('not asked')),
    gather: () => ({ note: () => false, proofFor: async (run) => stage.proofFor(run) }),
    clock,
    timeSinceBoot: () => Date.now() + asleep_ms,
  });
  onTestFinished(async () => {
    const stopped = line.stop(0);
    await vi.advanceTimersByTimeAsync(1);
    await stopped;
  });
  const told = <T>(of: (batch: LineBatch) => T[]): T[] => batches.flatMap(of);

  return {
    line,
    stage,
    batches,
    started,
    now: clock.now,
    results: (): Result[] => told((it) => it.results.map(({ result }) => result)),
    gaps: (): Gap[] => told((it) => it.gaps),
    steps: (): ClockStep[] => told((it) => it.steps),
    conditions: (): LineCondition[] => told((it) => it.conditions),
    pass: async (ms: number): Promise<void> => {
      await vi.advanceTimersByTimeAsync(ms);
    },
    /** This process does not run, be it stopped or starved. */
    pause(ms: number): void {
      vi.setSystemTime(Date.now() + ms);
    },
    /** Somebody sets the wall clock. */
    setClock(by_ms: number): void {
      wall_ms += by_ms;
    },
    /** The machine sleeps, its monotonic clock too. */
    sleep(ms: number): void {
      wall_ms += ms;
      asleep_ms += ms;
    },
  };
}

/** A line on which functions need others. */
export function stageNeeding(checks: readonly ScheduledCheck[], depends_on: Dependencies) {
  return stageLine(checks, 2, {}, null, depends_on);
}

/** The slots of a check every so many seconds, in [from, to). */
export function slotsBetween(slots: readonly number[], from: number, to: number): number[] {
  return slots.filter((at) => at >= from && at < to);
}

export { START };
