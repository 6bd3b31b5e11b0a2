import type { JudgingContext } from '../../collector/judging/evaluation.ts';
import type { LiveState } from '../../collector/state/live-state.ts';
import type { Site } from '../../collector/state/site.ts';
import type { Rollups } from '../../collector/upkeep/rollups.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import type { PastDisturbance } from './scenario.ts';

/** Validity of simulated states after the end, until measuring has begun. */
const BRIDGE_MS = MINUTE;
/** Retention of raw rows: at least yesterday and today, which are counted again at a start. */
const RAW_MS = 49 * HOUR;
const HOURLY_MS = 7 * DAY;

/** A running simulation: judged in memory, collected for one write at the end. */
export interface Simulation {
  site: Site;
  installation: string;
  live: LiveState;
  rollups: Rollups;
  disturbances: PastDisturbance[];
  random: () => number;
  newId: () => string;
  /** The last slot. */
  end: EpochMs;
  collected: Collected;
}

type Collected = Required<
  Pick<Recording, 'results' | 'transitions' | 'journeys' | 'incidents' | 'updates'>
>;

export function emptyCollection(): Collected {
  return { results: [], transitions: [], journeys: [], incidents: [], updates: [] };
}

export function contextAt({ site, live, newId }: Simulation, now: EpochMs): JudgingContext {
  return { site, live, now, newId };
}

/** The disturbance of a function (or its files of one format) at an instant, or null. */
export function disturbanceAt(
  { disturbances }: Simulation,
  fn: PastDisturbance['functions'][number],
  at: EpochMs,
  format: PastDisturbance['format'],
): PastDisturbance | null {
  return (
    disturbances.find(
      (it) =>
        it.from <= at &&
        at < it.to &&
        it.functions.includes(fn) &&
        (it.format === null || it.format === format),
    ) ?? null
  );
}

/** Collects the rows to write: raw rows of the last days, and bad ones of all days as evidence. */
export function collect({ collected, end }: Simulation, recording: Recording): void {
  const { results = [], transitions = [], journeys = [], incidents = [], updates = [] } = recording;
  const isRecent = (at: EpochMs) => at > end - RAW_MS;
  collected.results.push(...results.filter((it) => it.outcome !== 'ok' || isRecent(it.slot_at)));
  collected.transitions.push(...transitions);
  collected.journeys.push(
    ...journeys.filter((it) => it.state === 'arrived' && isRecent(it.accepted_at)),
  );
  collected.updates.push(...updates);
  for (const incident of incidents) {
    collected.incidents = [...collected.incidents.filter((it) => it.id !== incident.id), incident];
  }
}

/** The recording of everything collected, and the hourly roll-ups. */
export function recordingOf({ live, rollups, collected, end }: Simulation, now: EpochMs) {
  const valid_until = now + BRIDGE_MS;
  const changed = rollups.takeChanged(Number.MAX_SAFE_INTEGER);
  const ofGrain = (grain: 'hour' | 'day') =>
    changed.flatMap((it) => (it.grain === grain ? it.rollups : []));
  const recording: Recording = {
    ...collected,
    judgements: [...live.judgements.values()].map((it) => ({ ...it, valid_until })),
    components: [...live.statuses.values()].map((it) => ({ ...it, valid_until })),
    changes: [{ kind: 'configuration', ref: 'history', at: now }],
    rollups: { grain: 'day', rollups: ofGrain('day') },
  };
  return { recording, hourly: ofGrain('hour').filter((it) => it.from >= end - HOURLY_MS) };
}
