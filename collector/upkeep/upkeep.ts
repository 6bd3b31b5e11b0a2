import type { Retention } from '../../model/configuration.ts';
import { COUNTED_FOR_MS } from '../../model/history/kept.ts';
import type { Clock, Log } from '../../model/ports.ts';
import type { Result } from '../../model/result.ts';
import { HOUR, MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { GapReads } from '../../store/ports/gaps.ts';
import type { JourneyReads } from '../../store/ports/journeys.ts';
import type { ResultReads } from '../../store/ports/results.ts';
import type { RollupWrites } from '../../store/ports/rollups.ts';
import type { PruneWrites } from '../../store/prune.ts';
import type { Recording, RecordWrites } from '../../store/record.ts';
import { forgetSpecimens, type LiveState, type UsualHour } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';
import { createAge } from './age.ts';
import { type Counted, countedJourney, countedResult } from './counted.ts';
import { pruneOld } from './prune.ts';
import { recount } from './recount.ts';
import { createRollups } from './rollups.ts';
import { saveChanged } from './save-rollups.ts';
import { type UsualStore, usualHour } from './usual.ts';

/**
 * Long-term upkeep: rolls results up by hour and day, determines usual delays, and prunes expired
 * rows.
 */
export interface Upkeep {
  result(result: Result): void;
  committed(recording: Recording): void;
  /** Writes changed roll-ups, updates usual delays, and prunes. To be called every minute. */
  run(): Promise<void>;
  /** Writes remaining roll-ups and stops. */
  stop(): Promise<void>;
}

export interface UpkeepParts {
  store: GapReads &
    JourneyReads &
    ResultReads &
    RollupWrites &
    UsualStore &
    PruneWrites &
    Pick<RecordWrites, 'record'>;
  site: Site;
  live: LiveState;
  zone: string;
  retention: Retention;
  clock: Clock;
  log: Log;
}

const FLUSH_DISTANCE_MS = MINUTE;

export function createUpkeep(parts: UpkeepParts): Upkeep {
  const { store, site, live, zone, retention, clock, log } = parts;
  const started_at = clock.now();
  // Roll-ups of the minutes before the last heartbeat may not have been written.
  const since = Math.min(live.heartbeat_at ?? started_at, started_at) - 2 * FLUSH_DISTANCE_MS;
  const rollups = createRollups(zone, since);
  const age = createAge(clock);
  /** What was counted while a recount reads the same rows; null while none does. */
  let counted_meanwhile: Set<string> | null = null;
  let recounted = recountFrom(since, started_at);
  let promises_counted_until = started_at;
  /** By journey: those that have arrived and are not due yet. */
  const arrived = new Map<string, Counted>();
  let usual_hours: EpochMs[] = [];
  const promise_ms = longestPromiseMs(site);
  let stopped = false;
  let running = Promise.resolve().then(lookUpUsual).catch(logFailure);

  return {
    result(result) {
      counted_meanwhile?.add(slotKey(result));
      rollups.add(countedResult(site, live, result));
    },
    committed(recording) {
      if (recording.void_after !== undefined) setBack(recording.void_after);
      for (const journey of recording.journeys ?? []) {
        if (journey.state !== 'arrived') continue;
        const counted = countedJourney(site, journey, live.last_gaps);
        if (!counted?.arrival) continue;
        rollups.add(counted.arrival);
        arrived.set(journey.id, counted.due);
      }
    },
    run() {
      running = running.then(work).catch(logFailure);
      return running;
    },
    async stop() {
      stopped = true;
      await running;
      await flush();
    },
  };

  async function work(): Promise<void> {
    await flush();
    await lookUpUsual();
    const now = age.now();
    await pruneOld({ store, retention, promise_ms, now, stopped: () => stopped });
    forgetSpecimens(live, now - retention.evidence_ms);
  }

  /** The hours and days from the one of `from` on are counted from the rows, up to `now`. */
  async function recountFrom(from: EpochMs, now: EpochMs): Promise<boolean> {
    const counted = new Set<string>();
    counted_meanwhile = counted;
    const isCounted = (result: Result) => counted.has(slotKey(result));
    try {
      const rows = { rollups, store, site, live, zone, since: from, now, isCounted };
      await recount({ ...rows, arrived: (journey, due) => arrived.set(journey, due) });
      return true;
    } catch (err) {
      log.error({ err }, 'recount of the current hour and day failed');
      return false;
    } finally {
      if (counted_meanwhile === counted) counted_meanwhile = null;
    }
  }

  /** What was counted of a time that was set back is void. */
  function setBack(at: EpochMs): void {
    promises_counted_until = Math.min(promises_counted_until, at);
    const before = recounted;
    recounted = before.then(() => recountAnew(at, at));
  }

  async function recountAnew(from: EpochMs, now: EpochMs): Promise<boolean> {
    rollups.forgetFrom(from);
    return await recountFrom(from, now);
  }

  async function flush(): Promise<void> {
    // Until the recount is complete, a roll-up in memory is smaller than the stored one.
    while (!(await recounted)) recounted = recountAnew(since, clock.now());
    countDue(clock.now());
    await saveChanged({ store, rollups, zone, clock });
    rollups.forget(clock.now() - COUNTED_FOR_MS);
  }

  /** Counts journeys once they are due: those that came, and those that did not. */
  function countDue(now: EpochMs): void {
    for (const [journey, due] of arrived) {
      if (due.at >= now) continue;
      rollups.add(due);
      arrived.delete(journey);
    }
    for (const { waiting } of live.syncs.values()) {
      for (const journey of waiting.values()) {
        const due = countedJourney(site, journey, live.last_gaps)?.due;
        if (due && due.at >= promises_counted_until && due.at < now) rollups.add(due);
      }
    }
    promises_counted_until = now;
  }

  /**
   * Determines the usual delays of this hour and, in advance, of the next; past days do not change.
   */
  async function lookUpUsual(): Promise<void> {
    const now = clock.now();
    const this_hour = now - (now % HOUR);
    const wanted = [this_hour, this_hour + HOUR];
    for (const from of wanted) {
      if (usual_hours.includes(from)) continue;
      const found = await usualHour({ store, site, zone, from });
      live.usual = withHour(live.usual, found, this_hour);
      usual_hours = [...usual_hours, from].filter((it) => wanted.includes(it));
    }
  }

  function logFailure(err: unknown): void {
    log.error({ err }, 'upkeep failed');
  }
}

/** Within which an invoice of any of its syncs is promised. */
function longestPromiseMs({ measured_by }: Site): number {
  return Math.max(0, ...[...measured_by.values()].map(({ policy }) => policy.visible_within_ms));
}

function slotKey({ check, slot_at }: Result): string {
  return `${check} ${slot_at}`;
}

/** The usual hours that are still needed, including a new one. */
function withHour(
  known: LiveState['usual'],
  found: ReadonlyMap<string, UsualHour>,
  not_before: EpochMs,
): LiveState['usual'] {
  const checks = new Set([...known.keys(), ...found.keys()]);
  return new Map(
    [...checks].map((check) => {
      const hours = (known.get(check) ?? []).filter(({ from }) => from >= not_before);
      const hour = found.get(check);
      return [check, hour ? [...hours, hour] : hours] as const;
    }),
  );
}
