import type { Gap } from '../model/component.ts';
import type { InvoiceEvent } from '../model/event.ts';
import type { Journey } from '../model/journey.ts';
import { statusesIn } from '../model/maintenance/life-cycle.ts';
import type { Clock, Log } from '../model/ports.ts';
import { endedAt, type Result } from '../model/result.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import { StaleMaintenance } from '../store/ports/maintenances.ts';
import type { Store } from '../store/store.ts';
import type { JudgingContext } from './judging/evaluation.ts';
import { afterEvents, journeysNamed } from './judging/events.ts';
import {
  afterAcceptance,
  journeyAfterLook,
  type LookReport,
  rememberingLook,
  syncFindings,
} from './judging/journey.ts';
import { afterResult, type JudgedResult } from './judging/result.ts';
import { implied } from './judging/step.ts';
import { afterGap, afterTime } from './judging/time.ts';
import { advance, type LiveState, type Step, syncMemoryOf } from './state/live-state.ts';
import { followedComponent, type Site } from './state/site.ts';

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
  store: Pick<Store, 'record' | 'maintenances' | 'knownEvents' | 'journeys'>;
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
  const { site, live, installation, clock, log, newId, observer } = parts;
  let awake_at = clock.now();
  let last: Promise<unknown> = Promise.resolve();

  /**
   * One event at a time, in the order in which they came; one that fails does not stop the next.
   */
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

  function queued<T>(event: () => Promise<T>): Promise<T> {
    const done = last.then(event);
    last = done.catch(() => undefined);
    return done;
  }

  async function recordSuspension(to: EpochMs): Promise<void> {
    const from = live.heartbeat_at;
    if (from !== null) await recordGap({ from, to, cause: 'suspended' });
  }

  async function recordGap(gap: Gap): Promise<void> {
    log.warn({ gap }, 'nothing was measured');
    const step = implied(contextNow(), [afterGap(contextNow(), gap)]);
    await commit({ ...step, recording: { ...step.recording, heartbeat_at: gap.to } });
  }

  async function recordResult(raw: Result): Promise<JudgedResult> {
    const check = site.checks.get(raw.check);
    if (!check) throw new Error(`check ${raw.check} is not in the configuration`);
    const context = contextNow();
    const { judged, findings } = afterResult(context, withoutSuspension(raw, live.last_gap), {
      check,
      valid_until: parts.validUntil(check.id, raw.slot_at),
    });
    const { accepted, simulated } = judged.result;
    const journeys = accepted
      ? afterAcceptance(context, accepted, { system: check.system, installation, simulated })
      : [];
    await commit(implied(context, [findings, ...journeys]));
    observer.judged(judged);
    return judged;
  }

  async function recordLook(
    looked: Pick<Journey, 'id' | 'check'>,
    report: LookReport,
  ): Promise<void> {
    const check = site.checks.get(looked.check);
    if (check?.function !== 'sync') throw new Error(`${looked.check} is no following check`);
    const component = followedComponent(site, check);
    const memory = syncMemoryOf(live, component);
    const journey = memory.waiting.get(looked.id);
    // It may have been given up while the look was under way.
    if (!journey) return;
    const after = journeyAfterLook(journey, report);
    const context = contextNow();
    const findings = syncFindings(context, component, {
      memory: rememberingLook(memory, after, report),
      journeys: [after],
      looks: [{ journey: journey.id, ...report }],
    });
    await commit(implied(context, [findings]));
  }

  async function recordEvents(events: readonly InvoiceEvent[]): Promise<boolean[]> {
    const seen = new Set(await parts.store.knownEvents(events.map(({ id }) => id)));
    const news = events.map(({ id }) => {
      const is_new = !seen.has(id);
      seen.add(id);
      return is_new;
    });
    const fresh = events.filter((_, index) => news[index]);
    if (fresh.length === 0) return news;
    const ids = journeysNamed(site, fresh, installation);
    const known = await parts.store.journeys({ ids, limit: ids.length });
    const context = contextNow();
    const findings = afterEvents(context, fresh, {
      installation,
      known: new Set(known.map(({ id }) => id)),
    });
    const step = implied(context, findings);
    const received = fresh.map(({ id }) => ({ id, received_at: context.now }));
    await commit({ ...step, recording: { ...step.recording, events: received } });
    return news;
  }

  async function recordTime(): Promise<void> {
    // An administrator may have changed them, in another process.
    live.maintenances = await parts.store.maintenances(OPEN_MAINTENANCES);
    const context = contextNow();
    const { now } = context;
    const step = afterTime(context);
    const beat = now - (live.heartbeat_at ?? 0) >= HEARTBEAT_MS ? { heartbeat_at: now } : null;
    if (!step && !beat) return;
    try {
      await commit({ ...step, recording: { ...step?.recording, ...beat } });
    } catch (err) {
      // An administrator was quicker. The next second decides anew.
      if (!(err instanceof StaleMaintenance)) throw err;
    }
  }

  /** The live state follows the store: when a write fails, nothing has happened. */
  async function commit(step: Step): Promise<void> {
    const started = clock.monotonic();
    await write(parts, step);
    advance(live, step);
    observer.committed(step, clock.monotonic() - started);
  }

  function contextNow(): JudgingContext {
    return { site, live, now: clock.now(), newId };
  }

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
}

/** A run in which this process was suspended tells nothing bad of the system. */
function withoutSuspension(result: Result, gap: Gap | null): Result {
  const spans =
    gap?.cause === 'suspended' && result.started_at < gap.to && endedAt(result) > gap.from;
  if (!spans || result.outcome === 'ok') return result;
  return { ...result, outcome: 'self', reason: 'missed_slot', detail: 'suspended meanwhile' };
}

async function write({ store, log, retry_after_ms = RETRY_AFTER_MS }: RecorderParts, step: Step) {
  for (const wait_ms of retry_after_ms) {
    try {
      return await store.record(step.recording);
    } catch (err) {
      if (err instanceof StaleMaintenance) throw err;
      log.warn({ err, wait_ms }, 'a write failed and is tried again');
      await new Promise((resolve) => setTimeout(resolve, wait_ms));
    }
  }
  return await store.record(step.recording);
}
