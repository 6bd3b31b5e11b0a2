import { createHash } from 'node:crypto';
import type { JudgingContext } from '../collector/judging/evaluation.ts';
import {
  journeyAfterLook,
  newJourney,
  remembering,
  rememberingLook,
  syncFindings,
} from '../collector/judging/journey.ts';
import { afterResult } from '../collector/judging/result.ts';
import { implied } from '../collector/judging/step.ts';
import {
  advance,
  emptyLiveState,
  type LiveState,
  type Step,
  syncMemoryOf,
} from '../collector/state/live-state.ts';
import { followedComponent, registeredChecks, type Site, siteOf } from '../collector/state/site.ts';
import {
  countedJourney,
  countedResult,
  createRollups,
  type Rollups,
} from '../collector/upkeep/rollups.ts';
import {
  type Configuration,
  type FollowingCheck,
  isScheduled,
  type ScheduledCheck,
} from '../model/configuration.ts';
import { idFrom } from '../model/ids.ts';
import type { Journey } from '../model/journey.ts';
import type { Clock, Log } from '../model/ports.ts';
import { endedAt, type Result } from '../model/result.ts';
import { HOUR, MINUTE } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import { type Day, daysOf } from '../model/zone.ts';
import type { Recording } from '../store/record.ts';
import type { Store } from '../store/store.ts';
import { lognormal, seededRandom } from './random.ts';
import { disturbancesOf, type PastDisturbance } from './scenario.ts';
import { formatOf, simulatedResult } from './simulated-result.ts';

const DAYS = 90;
const SLOT_DISTANCE_MS = 5 * MINUTE;
/** The last made-up slot lies this far back, so that nothing made up ends in the future. */
const LAST_SLOT_AGO_MS = 10_000;
/** How long made-up states speak after the end: until measuring has begun. */
const BRIDGE_MS = MINUTE;
/** Raw rows: at least what is counted again at a start, yesterday and today. */
const RAW_MS = 49 * HOUR;
const HOURLY_MS = 7 * 24 * HOUR;
/** Nothing bad happens at the end. */
const CLEAN_MS = 26 * HOUR;

/**
 * Fills an empty demo database with 90 days of made-up history, marked as simulated, that ends
 * where measuring begins. Judged by the same functions as live results; the same for everybody on
 * the same day. Incidents of the past get no notices. Does nothing when anything was ever measured.
 */
export async function seedHistory({
  store,
  configuration,
  clock,
  log,
}: {
  store: Store;
  configuration: Configuration;
  clock: Clock;
  log: Log;
}): Promise<void> {
  const known = await store.resume();
  if (known.heartbeat_at !== null || known.components.length > 0) return;
  const started = clock.monotonic();
  const site = siteOf(configuration);
  await store.register(registeredChecks(site));
  const { zone } = configuration.page;
  const now = clock.now();
  const history = await simulate({ site, zone, now, installation: await store.installation() });
  await store.saveRollups('hour', history.hourly);
  // One transaction: a crash leaves an empty database, and the next start begins anew.
  await store.record({ ...history.recording, heartbeat_at: clock.now() });
  const duration_ms = Math.round(clock.monotonic() - started);
  log.info({ duration_ms, days: DAYS }, 'made up a history for the demo');
}

/** What is being made up: judged in memory, gathered for one write at the end. */
interface Making {
  site: Site;
  installation: string;
  live: LiveState;
  rollups: Rollups;
  disturbances: PastDisturbance[];
  random: () => number;
  newId: () => string;
  end: EpochMs;
  gathered: Required<
    Pick<Recording, 'results' | 'transitions' | 'journeys' | 'incidents' | 'updates'>
  >;
}

async function simulate({
  site,
  zone,
  now,
  installation,
}: {
  site: Site;
  zone: string;
  now: EpochMs;
  installation: string;
}) {
  const days = daysOf({ zone, now, count: DAYS });
  const from = days[0]?.from ?? now;
  const random = seededRandom(seedOf(days));
  const end = now - LAST_SLOT_AGO_MS;
  const making: Making = {
    site,
    installation,
    live: emptyLiveState(site, from),
    rollups: createRollups({ zone, since: from }),
    disturbances: disturbancesOf(days),
    random,
    newId: () => idFrom(random),
    end,
    gathered: { results: [], transitions: [], journeys: [], incidents: [], updates: [] },
  };
  const slots = Math.floor((end - from) / SLOT_DISTANCE_MS);
  for (let left = slots; left >= 0; left -= 1) {
    simulateSlot(making, end - left * SLOT_DISTANCE_MS);
    // Whoever shares the process gets a turn now and then.
    if (left % 2_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return written(making, now);
}

/** Everything that happened at one slot, in the order in which a collector would have seen it. */
function simulateSlot(making: Making, slot_at: EpochMs): void {
  const checks = [...making.site.checks.values()];
  const runs = checks.filter(isScheduled).map((check) => ({
    check,
    result: simulatedResult({
      check,
      slot_at,
      disturbance: disturbing(making, check.function, slot_at, formatOf(check)),
      clean: isClean(making, slot_at),
      random: making.random,
    }),
  }));
  runs.sort((a, b) => a.result.duration_ms - b.result.duration_ms);
  for (const run of runs) judge(making, run);
  for (const check of checks) {
    if (!isScheduled(check)) simulateJourneys(making, check, slot_at);
  }
  const context = contextAt(making, slot_at + SLOT_DISTANCE_MS / 2);
  gather(making, implied(context, [], { systems: making.site.systems.keys() }));
}

function judge(making: Making, { check, result }: { check: ScheduledCheck; result: Result }): void {
  const valid_until = result.slot_at + 2 * SLOT_DISTANCE_MS + check.deadline_ms;
  const context = contextAt(making, endedAt(result));
  const { judged, findings } = afterResult(context, result, { check, valid_until });
  making.rollups.add(countedResult(making.site, making.live, judged.result));
  gather(making, implied(context, [findings]));
}

/**
 * One invoice is accepted per slot. It is seen after a while, or, while syncing stalls, looked for
 * in vain at every slot until the stall is over.
 */
function simulateJourneys(making: Making, check: FollowingCheck, slot_at: EpochMs): void {
  const component = followedComponent(making.site, check);
  const stalled = disturbing(making, 'sync', slot_at, null) !== null;
  const journey = newJourney({
    accepted: {
      number: `${check.id} ${slot_at}`,
      issued: '',
      accepted_at: slot_at,
    },
    component,
    check,
    installation: making.installation,
    simulated: true,
    now: slot_at,
  });
  let memory = remembering(syncMemoryOf(making.live, component), journey);
  const longest_ms = slot_at >= making.end ? LAST_SLOT_AGO_MS - 2_000 : 2 * MINUTE;
  const delay_ms = Math.round(Math.min(lognormal(making.random, 20_000, 0.9), longest_ms));
  const looked_at = slot_at + (stalled ? MINUTE : delay_ms);
  const looked = [...memory.waiting.values()].map((it) => {
    const report = {
      started_at: looked_at,
      duration_ms: 0,
      finding: stalled ? ('absent' as const) : ('found' as const),
      outcome: 'ok' as const,
      reason: null,
    };
    const after = journeyAfterLook(absentBefore(it, looked_at), report);
    memory = rememberingLook(memory, after, report);
    return after;
  });
  for (const it of looked) count(making, it, looked_at);
  const context = contextAt(making, looked_at);
  const findings = syncFindings(context, component, { memory, journeys: looked });
  gather(making, implied(context, [findings]));
}

/** The look before the one that found it was a few seconds earlier and in vain. */
function absentBefore(journey: Journey, looked_at: EpochMs): Journey {
  const last_absent_at = Math.max(journey.accepted_at, looked_at - 5_000);
  return { ...journey, last_absent_at };
}

function count({ site, rollups }: Making, journey: Journey, now: EpochMs): void {
  const counted = journey.state === 'arrived' ? countedJourney(site, journey, now) : null;
  if (counted) rollups.add(counted);
}

/**
 * Keeps of a step what is written in the end: raw rows of the last days, and bad ones of all days
 * as evidence.
 */
function gather(making: Making, step: Step): void {
  advance(making.live, step);
  const { gathered, end } = making;
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

function written({ live, rollups, gathered, end }: Making, now: EpochMs) {
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

function contextAt({ site, live, newId }: Making, now: EpochMs): JudgingContext {
  return { site, live, now, newId };
}

function disturbing(
  { disturbances }: Making,
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

function isClean({ end }: Making, at: EpochMs): boolean {
  return at > end - CLEAN_MS;
}

/** The same history for everybody on the same day. */
function seedOf(days: readonly Day[]): number {
  return createHash('sha256')
    .update(days.at(-1)?.day ?? '')
    .digest()
    .readUInt32BE(0);
}
