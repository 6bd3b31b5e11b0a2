import type { Gap } from '../model/component.ts';
import type { InvoiceEvent } from '../model/event.ts';
import type { Journey } from '../model/journey.ts';
import { statusesIn } from '../model/maintenance/life-cycle.ts';
import type { Clock, Log } from '../model/ports.ts';
import type { Result } from '../model/result.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { EventReads } from '../store/ports/events.ts';
import type { JourneyReads } from '../store/ports/journeys.ts';
import { type MaintenanceReads, StaleMaintenance } from '../store/ports/maintenances.ts';
import type { Recording, RecordWrites } from '../store/record.ts';
import type { JudgingContext } from './judging/evaluation.ts';
import { evaluateEvents, journeysNamed } from './judging/events.ts';
import type { LookReport } from './judging/journey.ts';
import { evaluateResult, type JudgedResult } from './judging/result.ts';
import { stepOf } from './judging/step.ts';
import { evaluateAcceptance, evaluateLook } from './judging/sync.ts';
import { evaluateGap, stepOfTime } from './judging/time.ts';
import { advance, type LiveState, type Step } from './state/live-state.ts';
import type { Site } from './state/site.ts';

/**
 * Where everything that happens becomes rows: one event after the other, each in one transaction.
 */
export interface Recorder {
  /** Settles once the result and all it implies are committed; rejects when they could not be. */
  result(result: Result): Promise<JudgedResult>;
  /**
   * A slot that passed while this process ran but could not attend to it. Nothing, if a gap covers
   * it.
   */
  missed(result: Result): Promise<void>;
  /** A look at a waiting journey. Nothing, if nobody waits for it any more. */
  look(looked: Pick<Journey, 'id' | 'check'>, report: LookReport): Promise<void>;
  /**
   * Events in a company's own traffic, all in one transaction. Settles once they are committed: of
   * each, whether it is new; one that was received before changes nothing.
   */
  events(events: readonly InvoiceEvent[]): Promise<boolean[]>;
  /** What time alone changes, and the heartbeat when it is due. To be called every second. */
  time(): Promise<void>;
  /** Our own downtime before this start. */
  gap(gap: Gap): Promise<void>;
  /** After everything under way: the last heartbeat. */
  stop(): Promise<void>;
}

/** What others do with what was committed. */
export interface RecordObserver {
  committed(step: Step, duration_ms: number): void;
  judged(judged: JudgedResult): void;
}

export interface RecorderParts {
  store: RecordWrites & EventReads & JourneyReads & MaintenanceReads;
  site: Site;
  live: LiveState;
  installation: string;
  /** How long a judged result of this slot speaks for its check. */
  validUntil: (check: string, slot_at: EpochMs) => EpochMs;
  newId: () => string;
  clock: Clock;
  log: Log;
  observer: RecordObserver;
  /**
   * Waiting times between the attempts of a write. After the last one the event is given up,
   * loudly.
   */
  retry_after_ms?: readonly number[];
}

const HEARTBEAT_MS = 5_000;
/** Nothing was heard of us for longer: we were not there. Shorter pauses are no gap. */
export const GAP_MINIMUM_MS = 10_000;
/** What time can still move; more than there will ever be. */
const OPEN_MAINTENANCES = {
  statuses: statusesIn('announced', 'under_way'),
  limit: 1_000,
} as const;
const RETRY_AFTER_MS = [100, 300, 1_000, 3_000, 5_000];

export function createRecorder(parts: RecorderParts): Recorder {
  const { store, site, live, installation, newId, clock, log, observer } = parts;
  let awake_at = clock.now();
  let last: Promise<unknown> = Promise.resolve();

  return {
    result: (result) => inTurn(() => recordResult(result)),
    missed: (result) =>
      inTurn(async () => {
        const covered = live.last_gap !== null && result.slot_at <= live.last_gap.to;
        if (!covered) await recordResult(result);
      }),
    look: (looked, report) => inTurn(() => recordLook(looked, report)),
    events: (events) => inTurn(() => recordEvents(events)),
    time: () => inTurn(recordTime),
    gap: (gap) => inTurn(() => recordGap(gap)),
    stop: () => inTurn(() => commit({ recording: { heartbeat_at: clock.now() } })),
  };

  /** In the order in which events come, after a gap if nothing has come for too long. */
  function inTurn<T>(event: () => Promise<T>): Promise<T> {
    const now = clock.now();
    const slept = now - awake_at > GAP_MINIMUM_MS;
    awake_at = now;
    if (slept)
      queued(() => recordSuspension(now)).catch((err) =>
        log.error({ err }, 'a gap is not recorded'),
      );
    return queued(event);
  }

  /** One at a time; one that fails does not stop the next. */
  function queued<T>(event: () => Promise<T>): Promise<T> {
    const done = last.then(event);
    last = done.catch(() => undefined);
    return done;
  }

  async function recordResult(raw: Result): Promise<JudgedResult> {
    const check = site.checks.get(raw.check);
    if (!check) throw new Error(`check ${raw.check} is not in the configuration`);
    const context = contextNow();
    const valid_until = parts.validUntil(check.id, raw.slot_at);
    const { judged, evaluation } = evaluateResult(context, raw, check, valid_until);
    const { accepted, simulated } = judged.result;
    const begun = accepted
      ? evaluateAcceptance(context, { system: check.system, accepted, installation, simulated })
      : [];
    await commit(stepOf(context, [evaluation, ...begun]));
    observer.judged(judged);
    return judged;
  }

  async function recordLook(
    looked: Pick<Journey, 'id' | 'check'>,
    report: LookReport,
  ): Promise<void> {
    const context = contextNow();
    const evaluation = evaluateLook(context, looked, report);
    if (evaluation) await commit(stepOf(context, [evaluation]));
  }

  async function recordEvents(events: readonly InvoiceEvent[]): Promise<boolean[]> {
    const is_new = firstOccurrences(events, await store.knownEvents(events.map(({ id }) => id)));
    const fresh = events.filter((_, index) => is_new[index]);
    if (fresh.length === 0) return is_new;
    const ids = journeysNamed(site, fresh, installation);
    const known = await store.journeys({ ids, limit: ids.length });
    const context = contextNow();
    const known_ids = new Set(known.map(({ id }) => id));
    const evaluations = evaluateEvents(context, fresh, installation, known_ids);
    const step = stepOf(context, evaluations);
    const received = fresh.map(({ id }) => ({ id, received_at: context.now }));
    await commit({ ...step, recording: { ...step.recording, events: received } });
    return is_new;
  }

  async function recordTime(): Promise<void> {
    // An administrator may have changed them, in another process.
    live.maintenances = await store.maintenances(OPEN_MAINTENANCES);
    const context = contextNow();
    const { now } = context;
    const step = stepOfTime(context);
    const heartbeat = now - (live.heartbeat_at ?? 0) >= HEARTBEAT_MS ? { heartbeat_at: now } : null;
    if (!step && !heartbeat) return;
    try {
      await commit({ ...step, recording: { ...step?.recording, ...heartbeat } });
    } catch (err) {
      // An administrator was quicker. The next second decides anew.
      if (!(err instanceof StaleMaintenance)) throw err;
    }
  }

  async function recordSuspension(to: EpochMs): Promise<void> {
    const from = live.heartbeat_at;
    if (from !== null) await recordGap({ from, to, cause: 'suspended' });
  }

  async function recordGap(gap: Gap): Promise<void> {
    log.warn({ gap }, 'nothing was measured');
    const context = { ...contextNow(), live: { ...live, last_gap: gap } };
    const step = stepOf(context, [evaluateGap(context, gap)]);
    await commit({ ...step, recording: { ...step.recording, heartbeat_at: gap.to } });
  }

  /** The live state follows the store: when a write fails, nothing has happened. */
  async function commit(step: Step): Promise<void> {
    const started = clock.monotonic();
    await write(parts, step.recording);
    advance(live, step);
    observer.committed(step, clock.monotonic() - started);
  }

  function contextNow(): JudgingContext {
    return { site, live, now: clock.now(), newId };
  }
}

/** Of each event, whether neither the store nor an earlier one of these has its id. */
function firstOccurrences(events: readonly InvoiceEvent[], known: readonly string[]): boolean[] {
  const seen = new Set(known);
  return events.map(({ id }) => {
    const is_new = !seen.has(id);
    seen.add(id);
    return is_new;
  });
}

/** Tries again what may work the next time: a busy or full disk. */
async function write(
  { store, log, retry_after_ms = RETRY_AFTER_MS }: RecorderParts,
  recording: Recording,
): Promise<void> {
  for (const wait_ms of retry_after_ms) {
    try {
      return await store.record(recording);
    } catch (err) {
      if (err instanceof StaleMaintenance) throw err;
      log.warn({ err, wait_ms }, 'a write failed and is tried again');
      await new Promise((resolve) => setTimeout(resolve, wait_ms));
    }
  }
  return await store.record(recording);
}
