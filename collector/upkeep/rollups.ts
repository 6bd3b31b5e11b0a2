import { isScheduled } from '../../model/configuration.ts';
import type { Journey } from '../../model/journey.ts';
import { grade } from '../../model/judge/check.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { delayMs, type Result } from '../../model/result.ts';
import type { Grain } from '../../model/rollup.ts';
import { emptyRollup, type Rollup } from '../../model/rollup.ts';
import { addDelay, emptySketch, encodeSketch, type Sketch } from '../../model/sketch.ts';
import type { EpochMs, Outcome } from '../../model/vocabulary.ts';
import { dayAt, daysOf, startOfDay } from '../../model/zone.ts';
import type { Store } from '../../store/store.ts';
import { dueJourney } from '../judging/journey.ts';
import { checkPolicyAt } from '../judging/slow.ts';
import type { LiveState } from '../state/live-state.ts';
import { followedComponent, type MeasuredComponent, type Site } from '../state/site.ts';

/** One measurement as a roll-up counts it. */
export interface Counted {
  check: string;
  /** The hour and the day it belongs to. */
  at: EpochMs;
  outcome: Outcome;
  slow: boolean;
  /** Of a good one. */
  delay_ms: number | null;
  simulated: boolean;
}

/** The hours and days that are being counted, in memory. */
export interface Rollups {
  add(counted: Counted): void;
  /** The roll-ups that changed since the last time, at most `limit` of each grain. */
  takeChanged(limit: number): { grain: Grain; rollups: Rollup[] }[];
  /** Forgets roll-ups whose time ended before the instant and that were taken. */
  forget(before: EpochMs): void;
}

/**
 * Counting begins with the hour and the day that hold `since`: earlier ones are complete in the
 * store.
 */
export function createRollups({ zone, since }: { zone: string; since: EpochMs }): Rollups {
  const grains = (['hour', 'day'] as const).map((grain) => ({
    grain,
    first: startOf(grain, since, zone),
    counts: new Map<string, Map<EpochMs, Count>>(),
  }));
  const dayStart = rememberingDay(zone);

  return {
    add(counted) {
      for (const { grain, first, counts } of grains) {
        const from = grain === 'hour' ? hourStart(counted.at) : dayStart(counted.at);
        if (from < first) continue;
        addTo(countOf(counts, counted.check, from), counted);
      }
    },
    takeChanged: (limit) =>
      grains.map(({ grain, counts }) => ({
        grain,
        rollups: [...counts.values()]
          .flatMap((of_check) => [...of_check.values()])
          .filter((count) => count.changed)
          .slice(0, limit)
          .map(taken),
      })),
    forget(before) {
      for (const of_check of grains.flatMap(({ counts }) => [...counts.values()]))
        for (const [from, { changed }] of of_check)
          if (!changed && from < before) of_check.delete(from);
    },
  };
}

interface Count {
  rollup: Rollup;
  delays: Sketch;
  changed: boolean;
}

/** The count of a check that starts at the instant, a new one if need be. */
function countOf(counts: Map<string, Map<EpochMs, Count>>, check: string, from: EpochMs): Count {
  const of_check = counts.get(check) ?? new Map<EpochMs, Count>();
  counts.set(check, of_check);
  const count = of_check.get(from) ?? emptyCount(check, from);
  of_check.set(from, count);
  return count;
}

function emptyCount(check: string, from: EpochMs): Count {
  return { rollup: emptyRollup(check, from), delays: emptySketch(), changed: false };
}

function addTo(count: Count, { outcome, slow, delay_ms, simulated }: Counted): void {
  const { rollup, delays } = count;
  rollup.n += 1;
  rollup.outcomes[outcome] = (rollup.outcomes[outcome] ?? 0) + 1;
  if (slow) rollup.slow += 1;
  if (delay_ms !== null) addDelay(delays, delay_ms);
  rollup.simulated ||= simulated;
  count.changed = true;
}

function taken(count: Count): Rollup {
  count.changed = false;
  const { rollup, delays } = count;
  return {
    ...rollup,
    outcomes: { ...rollup.outcomes },
    delays: delays.count === 0 ? null : encodeSketch(delays),
  };
}

/** Start of the hour (UTC) or of the day (of the zone) that holds the instant. */
function startOf(grain: Grain, at: EpochMs, zone: string): EpochMs {
  return grain === 'hour' ? hourStart(at) : startOfDay(zone, dayAt(zone, at));
}

function hourStart(at: EpochMs): EpochMs {
  return at - (at % 3_600_000);
}

/**
 * The start of the day of the zone. Asking the calendar costs 10 µs, and results of one day come
 * together.
 */
function rememberingDay(zone: string): (at: EpochMs) => EpochMs {
  let day = { from: 0, to: 0 };
  return (at) => {
    if (at < day.from || at >= day.to) {
      const [found] = daysOf({ zone, now: at, count: 1 });
      if (found) day = found;
    }
    return day.from;
  };
}

/** A result as roll-ups count it, by its slot. Delays in whole ms, as raw rows keep them. */
export function countedResult(site: Site, live: Pick<LiveState, 'usual'>, result: Result): Counted {
  const component = site.measured_by.get(result.check);
  const policy = component
    ? checkPolicyAt(live, component, { check: result.check, at: result.slot_at })
    : DEFAULT_POLICY;
  return {
    check: result.check,
    at: result.slot_at,
    outcome: result.outcome,
    slow: grade(result, { policy, in_window: false }) === 'slow',
    delay_ms: result.outcome === 'ok' ? Math.round(delayMs(result)) : null,
    simulated: result.simulated,
  };
}

/**
 * A journey as roll-ups of the sync check count it, once it is due by `now`: arrived within the
 * promise is `ok`, past the promise `timeout`. It belongs to the time at which it became due.
 */
export function countedJourney(site: Site, journey: Journey, now: EpochMs): Counted | null {
  const check = site.checks.get(journey.check);
  if (!check || isScheduled(check)) return null;
  const due = dueJourney(journey, followedComponent(site, check).policy, now);
  if (!due) return null;
  return {
    check: journey.check,
    at: due.due_at,
    outcome: due.in_time ? 'ok' : 'timeout',
    slow: false,
    delay_ms: due.in_time ? due.delay_ms : null,
    simulated: journey.simulated,
  };
}

const ROWS_AT_A_TIME = 5_000;

/**
 * Counts again what the raw rows hold from the beginning of the hour and day of `since` until
 * `now`, so that a restart loses nothing of them. In slices, so that measuring goes on meanwhile.
 */
export async function recount({
  rollups,
  store,
  site,
  live,
  zone,
  since,
  now,
}: {
  rollups: Rollups;
  store: Pick<Store, 'results' | 'journeys'>;
  site: Site;
  live: Pick<LiveState, 'usual'>;
  zone: string;
  since: EpochMs;
  now: EpochMs;
}): Promise<void> {
  const from = Math.min(startOf('day', since, zone), startOf('hour', since, zone));
  for (const check of site.checks.values()) {
    if (isScheduled(check)) await recountResults(check.id);
    else await recountJourneys(check.id, followedComponent(site, check));
  }

  async function recountResults(check: string): Promise<void> {
    for (let next = from; next < now; ) {
      const results = await store.results({ check, from: next, to: now, limit: ROWS_AT_A_TIME });
      for (const result of results) rollups.add(countedResult(site, live, result));
      const last = results.at(-1);
      if (!last || results.length < ROWS_AT_A_TIME) return;
      next = last.slot_at + 1;
    }
  }

  async function recountJourneys(check: string, component: MeasuredComponent): Promise<void> {
    const { id, policy } = component;
    const journeys = await store.journeys({
      component: id,
      accepted_from: from - policy.visible_within_ms,
      limit: Number.MAX_SAFE_INTEGER,
    });
    for (const journey of journeys) {
      const counted = journey.check === check ? countedJourney(site, journey, now) : null;
      if (counted && counted.at < now) rollups.add(counted);
    }
  }
}
