import type { Gap } from '../model/component.ts';
import type { InvoiceEvent } from '../model/event.ts';
import type { Journey } from '../model/journey.ts';
import { statusesIn } from '../model/maintenance/life-cycle.ts';
import type { Clock, Log } from '../model/ports.ts';
import type { Result } from '../model/result.ts';
import { SECOND } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { LineBatch, LineResult } from '../probes/line/batch.ts';
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

/** Records all events, one at a time, each in one transaction. */
export interface Recorder {
  /**
   * Resolves once the results and their consequences are committed; rejects when a write failed.
   * Missed slots that a gap covers are ignored.
   */
  batch(batch: Pick<LineBatch, 'results'>): Promise<JudgedResult[]>;
  /** A look at a journey. Ignored if the journey is no longer waiting. */
  look(looked: Pick<Journey, 'id' | 'check'>, report: LookReport): Promise<void>;
  /**
   * Events of a company's own traffic, in one transaction. Resolves after the commit to whether
   * each is new; known events are ignored.
   */
  events(events: readonly InvoiceEvent[]): Promise<boolean[]>;
  /** Applies the effects of time, and the heartbeat when due. To be called every second. */
  time(): Promise<void>;
  /** Our own downtime before this start. */
  gap(gap: Gap): Promise<void>;
  /** Writes the last heartbeat after all pending events. */
  stop(): Promise<void>;
}

/** Receives committed results and steps. */
export interface RecordObserver {
  committed(step: Step, duration_ms: number): void;
  judged(judged: JudgedResult): void;
}

export interface RecorderParts {
  store: RecordWrites & EventReads & JourneyReads & MaintenanceReads;
  site: Site;
  live: LiveState;
  installation: string;
  newId: () => string;
  clock: Clock;
  log: Log;
  observer: RecordObserver;
  /** Delays between attempts of a write. After the last one the event is dropped with an error. */
  retry_after_ms?: readonly number[];
}

const HEARTBEAT_MS = 5 * SECOND;
/** Inactivity of this process that counts as a gap; shorter pauses do not. */
export const GAP_MINIMUM_MS = 10 * SECOND;
/** Maintenances that time can advance; the limit exceeds any real number. */
const MAINTENANCES_TO_ADVANCE = {
  statuses: statusesIn('announced', 'under_way'),
  limit: 1_000,
} as const;
const RETRY_AFTER_MS = [100, 300, 1_000, 3_000, 5_000];

export function createRecorder(parts: RecorderParts): Recorder {
  const { store, site, live, installation, newId, clock, log, observer } = parts;
  let awake_at = clock.now();
  let last: Promise<unknown> = Promise.resolve();

  return {
    batch: ({ results }) => inOrder(() => recordResults(results)),
    look: (looked, report) => inOrder(() => recordLook(looked, report)),
    events: (events) => inOrder(() => recordEvents(events)),
    time: () => inOrder(recordTime),
    gap: (gap) => inOrder(() => recordGap(gap)),
    stop: () => inOrder(() => commit({ recording: { heartbeat_at: clock.now() } })),
  };

  /** Processes events in order, after a gap if there was none for too long. */
  function inOrder<T>(event: () => Promise<T>): Promise<T> {
    const now = clock.now();
    const slept = now - awake_at > GAP_MINIMUM_MS;
    awake_at = now;
    if (slept)
      enqueue(() => recordSuspension(now)).catch((err) => log.error({ err }, 'gap not recorded'));
    return enqueue(event);
  }

  /** One at a time; a failure does not stop the next. */
  function enqueue<T>(event: () => Promise<T>): Promise<T> {
    const done = last.then(event);
    last = done.catch(() => undefined);
    return done;
  }

  async function recordResults(results: readonly LineResult[]): Promise<JudgedResult[]> {
    const judged: JudgedResult[] = [];
    for (const it of results) if (!isCovered(it.result)) judged.push(await recordResult(it));
    return judged;
  }

  function isCovered({ reason, slot_at }: Result): boolean {
    return reason === 'missed_slot' && live.last_gap !== null && slot_at <= live.last_gap.to;
  }

  async function recordResult({ result: raw, valid_until }: LineResult): Promise<JudgedResult> {
    const check = site.checks.get(raw.check);
    if (!check) throw new Error(`check ${raw.check} is not in the configuration`);
    const context = contextNow();
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
    // Administrators may have changed them in another process.
    live.maintenances = await store.maintenances(MAINTENANCES_TO_ADVANCE);
    const context = contextNow();
    const { now } = context;
    const step = stepOfTime(context);
    const heartbeat = now - (live.heartbeat_at ?? 0) >= HEARTBEAT_MS ? { heartbeat_at: now } : null;
    if (!step && !heartbeat) return;
    try {
      await commit({ ...step, recording: { ...step?.recording, ...heartbeat } });
    } catch (err) {
      // A concurrent change by an administrator; retried in the next second.
      if (!(err instanceof StaleMaintenance)) throw err;
    }
  }

  async function recordSuspension(to: EpochMs): Promise<void> {
    const from = live.heartbeat_at;
    if (from !== null) await recordGap({ from, to, cause: 'suspended' });
  }

  async function recordGap(gap: Gap): Promise<void> {
    log.warn({ gap }, 'gap recorded: nothing was measured');
    const context = { ...contextNow(), live: { ...live, last_gap: gap } };
    const step = stepOf(context, [evaluateGap(context, gap)]);
    await commit({ ...step, recording: { ...step.recording, heartbeat_at: gap.to } });
  }

  /** The live state is updated only after the commit. */
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

/** For each event, whether its id is in neither the store nor an earlier one of these. */
function firstOccurrences(events: readonly InvoiceEvent[], known: readonly string[]): boolean[] {
  const seen = new Set(known);
  return events.map(({ id }) => {
    const is_new = !seen.has(id);
    seen.add(id);
    return is_new;
  });
}

/** Retries transient failures: a busy or full disk. */
async function write(
  { store, log, retry_after_ms = RETRY_AFTER_MS }: RecorderParts,
  recording: Recording,
): Promise<void> {
  for (const wait_ms of retry_after_ms) {
    try {
      return await store.record(recording);
    } catch (err) {
      if (err instanceof StaleMaintenance) throw err;
      log.warn({ err, wait_ms }, 'write failed; retrying');
      await new Promise((resolve) => setTimeout(resolve, wait_ms));
    }
  }
  return await store.record(recording);
}
