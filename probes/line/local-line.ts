import { isScheduled } from '../../model/configuration.ts';
import { NUMBERS } from '../../model/numbers.ts';
import type { LineCondition } from '../../model/own-trouble.ts';
import type { Clock, Log } from '../../model/ports.ts';
import type { SpecimenCopy } from '../../model/specimen.ts';
import { SECOND, systemClock } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { EMPTY_BATCH, type LineBatch } from './batch.ts';
import { createHandOvers } from './handed-over.ts';
import type { LineData, LineEvents, LineLook, LineRunner, LineStart, LookRequest } from './line.ts';
import type { FromLine, LineThreadData } from './line-messages.ts';
import { openLineThread } from './line-thread.ts';
import { createCrashLoop } from './watch/crash-loop.ts';

export interface LocalLineParts extends LineData {
  start: LineStart;
  events: LineEvents;
  log: Log;
  clock?: Clock;
  worker_url?: URL;
}

/**
 * After a look's deadline, until it counts as lost: it was sent to a thread that had ended. A
 * starved one counts the deadline from when it gets to it, and what it found is true however late.
 */
const GRACE_MS = 30 * SECOND;

/**
 * Starts the line of this machine in a thread of its own, which is replaced when it dies or gets
 * stuck. Rejects when the configuration names unknown drivers or settings.
 */
export async function startLocalLine(parts: LocalLineParts): Promise<LineRunner> {
  const { configuration, installation, events, log, clock = systemClock, worker_url } = parts;
  const known = new Map<string, readonly SpecimenCopy[]>(parts.start.known);
  const confirmations = new Map(parts.start.confirmations);
  const scheduled = configuration.checks.filter(isScheduled);
  const hand_overs = createHandOvers(scheduled.map(({ id }) => id));
  const crash_loop = createCrashLoop(configuration.lines[0]?.id ?? '', clock);
  const deadlines = new Map(configuration.checks.map(({ id, deadline_ms }) => [id, deadline_ms]));
  const looks = new Map<number, PendingLook>();
  let last_look = 0;
  let is_replaced = false;
  const thread = await openLineThread({
    url: worker_url ?? new URL('./worker.ts', import.meta.url),
    data: (): LineThreadData => ({
      configuration,
      installation,
      ...(parts.network && { network: parts.network }),
      start: { known, confirmations },
      handed_over: hand_overs.soFar(),
    }),
    receive,
    died(err) {
      log.error({ err }, 'the measuring thread died; another one is started');
      is_replaced = true;
      loseLooks();
      // This process may be killed before a thread gets ready.
      tellAway(clock.now(), NUMBERS.own.thread_away_ms);
      tell([crash_loop.died()]);
    },
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
    async stop(limit_ms) {
      const asked_at = clock.now();
      await thread.stop(limit_ms);
      loseLooks();
      tellAway(asked_at);
    },
  };

  function receive(message: FromLine): void {
    // What lasts the new thread finds by itself.
    if (is_replaced) tell(hand_overs.endConditions());
    is_replaced = false;
    hand_overs.heard(clock.now());
    tell([crash_loop.runs()]);
    if (message.kind === 'batch') handOver(message.batch);
    else if (message.kind === 'looked') looks.get(message.id)?.finish(message.look);
  }

  function handOver(batch: LineBatch): void {
    hand_overs.note(batch);
    events.batch(batch);
  }

  function tell(changed: readonly (LineCondition | null)[]): void {
    const conditions = changed.filter((it) => it !== null);
    if (conditions.length > 0) events.batch({ ...EMPTY_BATCH, conditions });
  }

  /** What no thread will tell. */
  function tellAway(until: EpochMs, at_least_ms?: number): void {
    const gap = hand_overs.away(until, at_least_ms);
    if (gap !== null) events.batch({ ...EMPTY_BATCH, gaps: [gap] });
  }

  function loseLooks(): void {
    for (const { lose } of looks.values()) lose();
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
      looks.set(id, { finish, lose });

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

interface PendingLook {
  finish(found: LineLook): void;
  /** The thread that was to look is gone. */
  lose(): void;
}
