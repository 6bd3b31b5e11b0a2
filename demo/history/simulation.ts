import type { JudgingContext } from '../../collector/judging/evaluation.ts';
import { advance, type LiveState, type Step } from '../../collector/state/live-state.ts';
import type { Site } from '../../collector/state/site.ts';
import type { Rollups } from '../../collector/upkeep/rollups.ts';
import { HOUR, MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording } from '../../store/record.ts';
import type { PastDisturbance } from './scenario.ts';

/** How long made-up states speak after the end: until measuring has begun. */
const BRIDGE_MS = MINUTE;
/** Raw rows: at least what is counted again at a start, yesterday and today. */
const RAW_MS = 49 * HOUR;
const HOURLY_MS = 7 * 24 * HOUR;

/** A past that is being simulated: judged in memory, gathered for one write at the end. */
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
  gathered: Gathered;
}

type Gathered = Required<
  Pick<Recording, 'results' | 'transitions' | 'journeys' | 'incidents' | 'updates'>
>;

export function nothingGathered(): Gathered {
  return { results: [], transitions: [], journeys: [], incidents: [], updates: [] };
}

export function contextAt({ site, live, newId }: Simulation, now: EpochMs): JudgingContext {
  return { site, live, now, newId };
}

/** What disturbs a function (or its files of one format) at this moment, or null. */
export function disturbing(
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

/**
 * Keeps of a step what is written in the end: raw rows of the last days, and bad ones of all days
 * as evidence.
 */
export function gather(simulation: Simulation, step: Step): void {
  advance(simulation.live, step);
  const { gathered, end } = simulation;
  const {
    results = [],
    transitions = [],
    journeys = [],
    incidents = [],
    updates = [],
  } = step.recording;
  const isRecent = (at: EpochMs) => at > end - RAW_MS;
  gathered.results.push(...results.filter((it) => it.outcome !== 'ok' || isRecent(it.slot_at)));
  gathered.transitions.push(...transitions);
  gathered.journeys.push(
    ...journeys.filter((it) => it.state === 'arrived' && isRecent(it.accepted_at)),
  );
  gathered.updates.push(...updates);
  for (const incident of incidents) {
    gathered.incidents = [...gathered.incidents.filter((it) => it.id !== incident.id), incident];
  }
}

/** Everything that was gathered, as it is recorded, and the figures by hour. */
export function recordingOf({ live, rollups, gathered, end }: Simulation, now: EpochMs) {
  const valid_until = now + BRIDGE_MS;
  const changed = rollups.takeChanged(Number.MAX_SAFE_INTEGER);
  const ofGrain = (grain: 'hour' | 'day') =>
    changed.flatMap((it) => (it.grain === grain ? it.rollups : []));
  const recording: Recording = {
    ...gathered,
    judgements: [...live.judgements.values()].map((it) => ({ ...it, valid_until })),
    components: [...live.statuses.values()].map((it) => ({ ...it, valid_until })),
    changes: [{ kind: 'configuration', ref: 'history', at: now }],
    rollups: { grain: 'day', rollups: ofGrain('day') },
  };
  return { recording, hourly: ofGrain('hour').filter((it) => it.from >= end - HOURLY_MS) };
}
