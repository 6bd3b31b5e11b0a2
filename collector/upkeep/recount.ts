import { isFollowing, isOwnTraffic } from '../../model/configuration.ts';
import type { OwnResult } from '../../model/event.ts';
import { periodsOf } from '../../model/history/periods.ts';
import type { Journey } from '../../model/journey.ts';
import type { Result } from '../../model/result.ts';
import type { Grain } from '../../model/rollup.ts';
import { SECOND } from '../../model/time.ts';
import { usualByCheck } from '../../model/usual-delay.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { GapReads } from '../../store/ports/gaps.ts';
import type { JourneyReads } from '../../store/ports/journeys.ts';
import type { OwnResultReads } from '../../store/ports/own-results.ts';
import type { OwnTroubleReads } from '../../store/ports/own-troubles.ts';
import type { ResultReads } from '../../store/ports/results.ts';
import type { RollupReads } from '../../store/ports/rollups.ts';
import type { UsualDelayReads } from '../../store/ports/usual-delays.ts';
import { setBacks } from '../replay/set-backs.ts';
import { followedComponent, type Site } from '../state/site.ts';
import { stepAsGap } from '../state/unseen.ts';
import { countedJourney, countedOwnResult, countedResult } from './counted.ts';
import type { DueJourneys } from './due.ts';
import { type Rollups, recountedFrom } from './rollups.ts';

const ROWS_AT_A_TIME = 5_000;
/** Rows further ahead were dated by a clock that was wrong, and are void soon. */
const AHEAD_MS = SECOND;

export interface RecountParts {
  rollups: Rollups;
  due_journeys: DueJourneys;
  store: ResultReads &
    OwnResultReads &
    JourneyReads &
    GapReads &
    OwnTroubleReads &
    UsualDelayReads &
    Pick<RollupReads, 'rollupsAt'>;
  site: Site;
  zone: string;
  inOrder: InOrder;
}

/** Runs an event between two transactions: what has been committed by then was also told. */
export type InOrder = <T>(event: () => Promise<T>) => Promise<T>;

export interface RecountOrder {
  since: EpochMs;
  now: EpochMs;
  /** Told, and counted, since this recount began. */
  isCounted: (what: Result | OwnResult | Journey) => boolean;
  /** Whether all that was counted by it is void: another one follows. */
  isOver: () => boolean;
  /** The journeys of the check were read, and are counted now. */
  journeysRead: (check: string) => void;
}

/**
 * Recounts the raw rows from the start of the hour and day of `since` on, so that a restart loses
 * nothing. In slices, so that measuring continues meanwhile.
 */
export async function recount(parts: RecountParts, order: RecountOrder): Promise<void> {
  const { rollups, due_journeys, store, site, zone, inOrder } = parts;
  const { since, now, isCounted, isOver, journeysRead } = order;
  const from = recountedFrom(since, zone);
  const to = now + AHEAD_MS;
  const usual = usualByCheck(await store.usualDelays(from, to));
  for (const check of site.checks.values()) {
    if (isOwnTraffic(check)) await recountOwnResults(check.id);
    else if (!isFollowing(check)) await recountResults(check.id);
    else {
      const { id, policy } = followedComponent(site, check);
      await recountJourneys(check.id, id, from - policy.visible_within_ms);
    }
    if (isOver()) return;
  }

  async function recountResults(check: string): Promise<void> {
    for (let next = from; ; ) {
      const rows = { check, from: next, to, limit: ROWS_AT_A_TIME };
      const results = await inOrder(() => store.results(rows));
      if (isOver()) return;
      for (const result of results)
        if (!isCounted(result)) rollups.addAgain(countedResult(site, { usual }, result));
      const last = results.at(-1);
      if (!last || results.length < ROWS_AT_A_TIME) return;
      next = last.slot_at + 1;
    }
  }

  async function recountOwnResults(check: string): Promise<void> {
    for (let after: OwnResult | undefined; ; ) {
      const rows = { check, from, to, after, limit: ROWS_AT_A_TIME };
      const results = await inOrder(() => store.ownResults(rows));
      if (isOver()) return;
      for (const result of results)
        if (!isCounted(result)) rollups.addAgain(countedOwnResult(result));
      after = results.at(-1);
      if (results.length < ROWS_AT_A_TIME) return;
    }
  }

  async function recountJourneys(
    check: string,
    component: string,
    accepted_from: EpochMs,
  ): Promise<void> {
    const stored = await storedOf(check);
    const rows = { component, accepted_from, limit: Number.MAX_SAFE_INTEGER };
    const [journeys, gaps] = await inOrder(async () => [
      await store.journeys(rows),
      [
        ...(await store.gaps(accepted_from, to)),
        ...(await setBacks(store, accepted_from, to)).map(stepAsGap),
      ],
    ]);
    if (isOver()) return;
    journeysRead(check);
    for (const { grain, at } of stored) rollups.addNothing(grain, check, at);
    for (const journey of journeys) {
      const counted = journey.check === check ? countedJourney(site, journey, gaps) : null;
      if (counted === null) continue;
      const { arrival, due } = counted;
      if (arrival !== null && arrival.at < to && !isCounted(journey)) rollups.addAgain(arrival);
      if (due.at < due_journeys.countedUntil()) rollups.addAgain(due);
      due_journeys.recounted(journey, due);
    }
  }

  /** What was counted of invoices that were withdrawn since may be all that there was. */
  async function storedOf(check: string): Promise<{ grain: Grain; at: EpochMs }[]> {
    const known: { grain: Grain; at: EpochMs }[] = [];
    for (const grain of ['hour', 'day'] as const) {
      const starts = periodsOf(grain, { from, to }, zone).map((it) => it.from);
      // Of the demo's history there are no rows.
      for (const rollup of await store.rollupsAt(grain, [check], starts))
        if (!rollup.simulated) known.push({ grain, at: rollup.from });
    }
    return known;
  }
}
