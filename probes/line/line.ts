import type { Configuration } from '../../model/configuration.ts';
import type { Clock } from '../../model/ports.ts';
import { systemClock } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { nothingMeasured } from '../probe.ts';
import type { InvoiceKey } from '../query.ts';
import type { LineLook, LineRun } from './check-runner.ts';
import { startThread } from './thread.ts';

export type { LineLook, LineRun } from './check-runner.ts';

/** What the measuring thread is asked. */
export type LineRequest =
  | { kind: 'run'; check: string; slot_at: EpochMs }
  | { kind: 'look'; check: string; key: InvoiceKey };

/** What the measuring thread is started with. */
export interface LineData {
  configuration: Configuration;
  installation: string;
}

/**
 * A place to measure from. Both methods always settle: what could not be measured is outcome
 * `self`.
 */
export interface LineRunner {
  /** Runs a check for the slot it was due in. */
  run(check_id: string, slot_at: EpochMs): Promise<LineRun>;
  /** Looks once for a journey's invoice; `check` is the following check. */
  look(order: { check: string; number: string; issued: string }): Promise<LineLook>;
  /** Lets runs under way end, which their deadlines bound, and closes the line. */
  stop(): Promise<void>;
}

/** What a run may take beyond its deadline before its thread counts as stuck. */
const GRACE_MS = 1_000;
/** Sockets open at a time. Every run is bounded by its deadline, so a queue behind them moves. */
const CONCURRENCY = 2_000;

/**
 * Opens the line that measures from this machine, in a thread of its own. Rejects when the
 * configuration names a driver or settings that do not exist.
 */
export async function startLocalLine(
  data: LineData,
  clock: Clock = systemClock,
  worker_url = new URL('./worker.ts', import.meta.url),
): Promise<LineRunner> {
  const { checks } = data.configuration;
  const deadlines = new Map(checks.map((check) => [check.id, check.deadline_ms]));
  const thread = await startThread<LineRequest, LineRun | LineLook>({
    url: worker_url,
    data,
    concurrency: CONCURRENCY,
    clock,
  });
  const limit = (check: string) => (deadlines.get(check) ?? 0) + GRACE_MS;

  return {
    async run(check, slot_at) {
      const done = await thread.send({ kind: 'run', check, slot_at }, limit(check));
      if (!('lost' in done)) return done as LineRun;
      const { lost, ...timed } = done;
      return { ...nothingMeasured('worker_died', lost), ...timed };
    },
    async look({ check, number, issued }) {
      const key = { number, issued };
      const done = await thread.send({ kind: 'look', check, key }, limit(check));
      if (!('lost' in done)) return done as LineLook;
      const { started_at, duration_ms } = done;
      const finding = 'failed';
      return { finding, outcome: 'self', reason: 'worker_died', started_at, duration_ms };
    },
    stop: thread.stop,
  };
}
