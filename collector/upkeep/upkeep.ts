import { isDeepStrictEqual } from 'node:util';
import type { Policy, Retention } from '../../model/configuration.ts';
import { COUNTED_FOR_MS } from '../../model/history/kept.ts';
import type { CorrectedJourney, Journey } from '../../model/journey.ts';
import type { Clock, Log } from '../../model/ports.ts';
import type { Result } from '../../model/result.ts';
import { earliest, HOUR, MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { GapReads } from '../../store/ports/gaps.ts';
import type { JourneyReads } from '../../store/ports/journeys.ts';
import type { OwnResultReads } from '../../store/ports/own-results.ts';
import type { OwnTroubleReads } from '../../store/ports/own-troubles.ts';
import type { ResultReads } from '../../store/ports/results.ts';
import type { RolledUpWrites } from '../../store/ports/rolled-up.ts';
import type { RollupWrites } from '../../store/ports/rollups.ts';
import type { UsualTrafficReads, UsualTrafficWrites } from '../../store/ports/usual-traffic.ts';
import type { PruneWrites } from '../../store/prune.ts';
import type { Recording } from '../../store/record.ts';
import { forgetSpecimens, type LiveState } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';
import { lastUnseen } from '../state/unseen.ts';
import { createAge } from './age.ts';
import { type Counted, countedJourney, countedOwnResult, countedResult } from './counted.ts';
import { createDueJourneys } from './due.ts';
import { createTrafficLookUp } from './look-up-traffic.ts';
import { createUsualLookUp, type LookUpStore } from './look-up-usual.ts';
import { pruneOld, rowsKeptFrom } from './prune.ts';
import type { InOrder } from './recount.ts';
import { createRecounting } from './recounting.ts';
import { createRollups } from './rollups.ts';
import { saveChanged } from './save-rollups.ts';

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
    OwnResultReads &
    OwnTroubleReads &
    ResultReads &
    RolledUpWrites &
    RollupWrites &
    LookUpStore &
    UsualTrafficReads &
    UsualTrafficWrites &
    PruneWrites;
  site: Site;
  live: LiveState;
  zone: string;
  retention: Retention;
  clock: Clock;
  log: Log;
  inOrder: InOrder;
}

/** Roll-ups were written this often before it was noted how far. */
const FLUSH_DISTANCE_MS = MINUTE;
/** The longest day, and an hour that began before it: so far back a time is counted again. */
const AGAIN_WITHIN_MS = 26 * HOUR;

export function createUpkeep(parts: UpkeepParts): Upkeep {
  const { store, site, live, zone, retention, clock, log, inOrder } = parts;
  const started_at = clock.now();
  let countable_from = live.rolled_up?.countable_from ?? 0;
  const since = Math.max(rolledUpTo(live, started_at), countable_from);
  const rollups = createRollups(zone, since);
  const age = createAge(clock);
  const due_journeys = createDueJourneys({ site, live }, started_at, {
    add: rollups.add,
    addLate: add,
    takeBack,
  });
  const recounting = createRecounting(
    {
      rollups,
      due_journeys,
      store,
      site,
      zone,
      inOrder,
      countableFrom: () => countable_from,
      clock,
      log,
    },
    since,
  );
  /** The earliest that was counted since the last flush began. */
  let unwritten_from = since;
  const lookUpUsual = createUsualLookUp({ store, site, live, zone, clock });
  const lookUpTraffic = createTrafficLookUp({ store, site, live, clock });
  // Within which an invoice of any of its syncs is promised.
  const promise_ms = longestOf(site, (policy) => policy.visible_within_ms);
  const lost_after_ms = longestOf(site, (policy) => policy.lost_after_ms);
  let stopped = false;
  let running = Promise.resolve().then(lookUpUsual).catch(logFailure);

  return {
    result(result) {
      recounting.counted(result);
      add(countedResult(site, live, result));
    },
    committed(recording) {
      if (recording.void_after !== undefined) setBack(recording.void_after);
      for (const result of recording.own_results ?? []) {
        recounting.counted(result);
        add(countedOwnResult(result));
      }
      for (const journey of recording.journeys ?? []) {
        // It has only been looked for.
        if (journey.state === 'waiting' && journey.looks > 0) continue;
        const counted = countedJourney(site, journey, lastUnseen(live));
        const { due: is_counted } = recounting.holds(journey, dueAt(journey));
        due_journeys.changed(journey, counted?.due ?? null, is_counted);
        if (!counted?.arrival) continue;
        recounting.counted(journey);
        add(counted.arrival);
      }
      for (const corrected of recording.corrected_journeys ?? []) countAgain(corrected);
    },
    run() {
      running = running.then(work).catch(logFailure);
      return running;
    },
    async stop() {
      stopped = true;
      await running;
      await flush(age.now());
    },
  };

  async function work(): Promise<void> {
    const now = age.now();
    await flush(now);
    await lookUpUsual();
    await lookUpTraffic();
    await pruneOld({ store, retention, promise_ms, lost_after_ms, now, stopped: () => stopped });
    forgetSpecimens(live, now - retention.evidence_ms);
  }

  function add(counted: Counted): void {
    unwritten_from = Math.min(unwritten_from, counted.at);
    rollups.add(counted);
  }

  /** As it would be counted from its row now. */
  function countAgain({ before, after }: CorrectedJourney): void {
    const unseen = lastUnseen(live);
    const was = countedJourney(site, before, unseen);
    const is = countedJourney(site, after, unseen);
    if (was === null || is === null || isDeepStrictEqual(was, is)) return;
    const changed_from = earliest([is.due.at, is.arrival?.at ?? null, was.arrival?.at ?? null]);
    const counted = recounting.holds(after, changed_from ?? is.due.at);
    if (is.due.at >= due_journeys.countedUntil()) due_journeys.changed(after, is.due, counted.due);
    else if (counted.due && was.due.outcome !== is.due.outcome) {
      takeBack(was.due);
      add(is.due);
    }
    if (!counted.arrival) return;
    if (was.arrival) takeBack(was.arrival);
    if (is.arrival) add(is.arrival);
  }

  /** What was withdrawn, too. */
  function dueAt({ check, accepted_at }: Journey): EpochMs {
    return accepted_at + (site.measured_by.get(check)?.policy.visible_within_ms ?? 0);
  }

  function takeBack(counted: Counted): void {
    unwritten_from = Math.min(unwritten_from, counted.at);
    rollups.takeBack(counted);
  }

  /** What was counted of a time that was set back is void. */
  function setBack(at: EpochMs): void {
    unwritten_from = Math.min(unwritten_from, at);
    due_journeys.setBack(at);
    recounting.from(at);
  }

  /** Before rows are pruned by this age. */
  async function flush(age: EpochMs): Promise<void> {
    let now: EpochMs | null = null;
    while (now === null) {
      await recounting.whole();
      now = await inOrder(countDue);
    }
    await saveChanged({ store, rollups, zone, clock, isWhole: recounting.isWhole });
    const kept_from = rowsKeptFrom({ retention, promise_ms, lost_after_ms, now: age });
    countable_from = Math.max(countable_from, kept_from + AGAIN_WITHIN_MS);
    await inOrder(noteWritten);
    rollups.forget(now - COUNTED_FOR_MS);
  }

  /**
   * Between two transactions: what one that fails made of those that wait is no matter. null: rows
   * are read again by now, which counts them.
   */
  async function countDue(): Promise<EpochMs | null> {
    if (!recounting.isWhole()) return null;
    const now = clock.now();
    unwritten_from = now;
    due_journeys.count(now);
    return now;
  }

  /** Between two transactions: what one commits is counted here, or lowers it. */
  async function noteWritten(): Promise<void> {
    if (!recounting.isWhole()) return;
    // What is older was counted, but its day cannot be counted again.
    const to = Math.max(unwritten_from, Math.min(countable_from, clock.now()));
    await store.saveRolledUp({ to, countable_from });
  }

  function logFailure(err: unknown): void {
    log.error({ err }, 'upkeep failed');
  }
}

function longestOf({ measured_by }: Site, pick: (policy: Policy) => number): number {
  return Math.max(0, ...[...measured_by.values()].map(({ policy }) => pick(policy)));
}

/** Up to when roll-ups were written before this start. */
function rolledUpTo({ rolled_up, heartbeat_at }: LiveState, started_at: EpochMs): EpochMs {
  if (rolled_up !== null) return Math.min(rolled_up.to, started_at);
  return Math.min(heartbeat_at ?? started_at, started_at) - 2 * FLUSH_DISTANCE_MS;
}
