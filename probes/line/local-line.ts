import type { Clock } from '../../model/ports.ts';
import type { SpecimenCopy } from '../../model/specimen.ts';
import { SECOND, systemClock } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LineBatch } from './batch.ts';
import type { LineData, LineEvents, LineLook, LineRunner, LineStart, LookRequest } from './line.ts';
import type { FromLine, LineThreadData } from './line-messages.ts';
import { openLineThread } from './line-thread.ts';

export interface LocalLineParts extends LineData {
  start: LineStart;
  events: LineEvents;
  clock?: Clock;
  worker_url?: URL;
}

/** After a look's deadline, until it counts as lost. */
const GRACE_MS = SECOND;

/**
 * Starts the line of this machine in a thread of its own, which is replaced when it dies or gets
 * stuck. Rejects when the configuration names unknown drivers or settings.
 */
export async function startLocalLine(parts: LocalLineParts): Promise<LineRunner> {
  const { configuration, installation, events, clock = systemClock, worker_url } = parts;
  const known = new Map<string, readonly SpecimenCopy[]>(parts.start.known);
  const confirmations = new Map(parts.start.confirmations);
  const handed_over = new Map<string, EpochMs>();
  const deadlines = new Map(configuration.checks.map(({ id, deadline_ms }) => [id, deadline_ms]));
  const looks = new Map<number, (look: LineLook) => void>();
  let last_look = 0;
  const thread = await openLineThread({
    url: worker_url ?? new URL('./worker.ts', import.meta.url),
    data: (): LineThreadData => ({
      configuration,
      installation,
      ...(parts.network && { network: parts.network }),
      start: { known, confirmations },
      handed_over,
    }),
    receive,
  });

  return {
    look,
    know(check, copies) {
      known.set(check, copies);
      thread.send({ kind: 'know', check, copies });
    },
    setConfirmations(check, k) {
      confirmations.set(check, k);
      thread.send({ kind: 'confirmations', check, confirmations: k });
    },
    stop: thread.stop,
  };

  function receive(message: FromLine): void {
    if (message.kind === 'batch') handOver(message.batch);
    else if (message.kind === 'looked') looks.get(message.id)?.(message.look);
  }

  function handOver(batch: LineBatch): void {
    for (const { result } of batch.results) handed_over.set(result.check, result.slot_at);
    events.batch(batch);
  }

  function look(request: LookRequest): Promise<LineLook> {
    last_look += 1;
    const id = last_look;
    const started_at = clock.now();
    const start = clock.monotonic();
    thread.send({ kind: 'look', id, request });
    return new Promise((resolve) => {
      const limit_ms = (deadlines.get(request.check) ?? 0) + GRACE_MS;
      const limit = setTimeout(() => setImmediate(lose), limit_ms);
      looks.set(id, finish);

      function finish(found: LineLook): void {
        clearTimeout(limit);
        if (looks.delete(id)) resolve(found);
      }
      /** After queued messages: an answer that came while this thread was busy is taken. */
      function lose(): void {
        const duration_ms = clock.monotonic() - start;
        const why = { outcome: 'self', reason: 'worker_died' } as const;
        finish({ finding: 'failed', ...why, started_at, duration_ms });
      }
    });
  }
}
