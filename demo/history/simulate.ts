import { createHash } from 'node:crypto';
import { evaluateResult } from '../../collector/judging/result.ts';
import { stepOf } from '../../collector/judging/step.ts';
import { conclude } from '../../collector/recording/conclude.ts';
import { type Judging, openDraft } from '../../collector/recording/draft.ts';
import { emptyLiveState } from '../../collector/state/live-state.ts';
import type { Site } from '../../collector/state/site.ts';
import { countedResult } from '../../collector/upkeep/counted.ts';
import { createRollups } from '../../collector/upkeep/rollups.ts';
import { isFollowing, isScheduled, type ScheduledCheck } from '../../model/configuration.ts';
import { idFrom } from '../../model/ids.ts';
import { endedAt, type Result } from '../../model/result.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { type Day, daysOf } from '../../model/zone.ts';
import { simulateJourneys } from './journeys.ts';
import { seededRandom } from './random.ts';
import { disturbancesOf } from './scenario.ts';
import { formatOf, simulatedResult } from './simulated-result.ts';
import {
  collect,
  contextAt,
  disturbanceAt,
  emptyCollection,
  recordingOf,
  type Simulation,
} from './simulation.ts';

export const DAYS = 90;
const SLOT_DISTANCE_MS = 5 * MINUTE;
/** The last simulated slot is this old, so that no simulated event lies in the future. */
const LAST_SLOT_AGO_MS = 10 * SECOND;
/** The last period has no random failures. */
const CLEAN_MS = 26 * HOUR;

/** The site to simulate, and the end of its history. */
export interface PastParts {
  site: Site;
  zone: string;
  installation: string;
  now: EpochMs;
}

/** Simulates the history slot by slot, as a collector would have measured and judged it. */
export async function simulatePast({ site, zone, installation, now }: PastParts) {
  const days = daysOf({ zone, now, count: DAYS });
  const from = days[0]?.from ?? now;
  const random = seededRandom(seedOf(days));
  const end = now - LAST_SLOT_AGO_MS;
  const simulation: Simulation = {
    site,
    installation,
    live: emptyLiveState(site, from),
    rollups: createRollups(zone, from),
    disturbances: disturbancesOf(days),
    random,
    newId: () => idFrom(random),
    end,
    collected: emptyCollection(),
  };
  const slots = Math.floor((end - from) / SLOT_DISTANCE_MS);
  for (let left = slots; left >= 0; left -= 1) {
    simulateSlot(simulation, end - left * SLOT_DISTANCE_MS);
    // Yields to other work in the process.
    if (left % 2_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return recordingOf(simulation, now);
}

/** Simulates one slot, in the order in which a collector would process it. */
function simulateSlot(simulation: Simulation, slot_at: EpochMs): void {
  const checks = [...simulation.site.checks.values()];
  const runs = checks.filter(isScheduled).map((check) => ({
    check,
    result: simulatedResult({
      check,
      slot_at,
      disturbance: disturbanceAt(simulation, check.function, slot_at, formatOf(check)),
      clean: isClean(simulation, slot_at),
      random: simulation.random,
    }),
  }));
  runs.sort((a, b) => a.result.duration_ms - b.result.duration_ms);
  const draft = openDraft(simulation.live);
  for (const { check, result } of runs) judge(simulation, draft, check, result);
  for (const check of checks) {
    if (isFollowing(check)) simulateJourneys(simulation, draft, check, slot_at);
  }
  conclude(draft, contextAt(simulation, slot_at + SLOT_DISTANCE_MS / 2), true);
  collect(simulation, draft.recording() ?? {});
}

function judge(
  simulation: Simulation,
  draft: Judging,
  check: ScheduledCheck,
  result: Result,
): void {
  const valid_until = result.slot_at + 2 * SLOT_DISTANCE_MS + check.deadline_ms;
  const context = contextAt(simulation, endedAt(result));
  const next_slot_at = result.slot_at + SLOT_DISTANCE_MS;
  const dated = { result, valid_until, next_slot_at };
  const { judged, evaluation } = evaluateResult(context, dated, check);
  simulation.rollups.add(countedResult(simulation.site, simulation.live, judged.result));
  draft.add(stepOf(context, [evaluation]));
}

function isClean({ end }: Simulation, at: EpochMs): boolean {
  return at > end - CLEAN_MS;
}

/** The same seed for the whole day, so that histories are equal. */
function seedOf(days: readonly Day[]): number {
  return createHash('sha256')
    .update(days.at(-1)?.day ?? '')
    .digest()
    .readUInt32BE(0);
}
