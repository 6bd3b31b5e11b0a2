import type { Clock } from '../../model/ports.ts';
import { SECOND, systemClock } from '../../model/time.ts';
import { nothingMeasured } from '../probe.ts';
import {
  afterDeadlineMs,
  type LineData,
  type LineLook,
  type LineRequest,
  type LineRun,
  type LineRunner,
} from './line.ts';
import { startThread } from './thread.ts';

/** Grace period after a run's limit before its thread counts as stuck. */
const GRACE_MS = SECOND;
/** Concurrent runs. Deadlines bound every run, so a queue always makes progress. */
const CONCURRENCY = 2_000;

/**
 * Starts the line of this machine in a thread of its own. Rejects when the configuration names
 * unknown drivers or settings.
 */
export async function startLocalLine(
  data: LineData,
  clock: Clock = systemClock,
  worker_url = new URL('./worker.ts', import.meta.url),
): Promise<LineRunner> {
  const { checks } = data.configuration;
  const limits = new Map(
    checks.map((check) => [check.id, check.deadline_ms + afterDeadlineMs(check.function)]),
  );
  const thread = await startThread<LineRequest, LineRun | LineLook>({
    url: worker_url,
    data,
    concurrency: CONCURRENCY,
    clock,
  });
  const limit = (check: string) => (limits.get(check) ?? 0) + GRACE_MS;

  return {
    async run(check, slot_at, known = []) {
      const done = await thread.send({ kind: 'run', check, slot_at, known }, limit(check));
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
