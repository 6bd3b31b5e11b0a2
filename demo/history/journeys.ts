import { journeyAfterLook, newJourney } from '../../collector/judging/journey.ts';
import { stepOf } from '../../collector/judging/step.ts';
import { evaluateSync } from '../../collector/judging/sync.ts';
import type { Judging } from '../../collector/recording/draft.ts';
import { syncMemoryOf } from '../../collector/state/live-state.ts';
import { followedComponent } from '../../collector/state/site.ts';
import { withJourney, withLooks } from '../../collector/state/sync-memory.ts';
import { countedJourney } from '../../collector/upkeep/counted.ts';
import type { FollowingCheck } from '../../model/configuration.ts';
import type { Journey } from '../../model/journey.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { lognormal } from './random.ts';
import { contextAt, disturbanceAt, type Simulation } from './simulation.ts';

/** Longest delay of the last slot's invoice, so that no simulated event lies in the future. */
const LONGEST_LAST_MS = 8 * SECOND;

/**
 * Simulates one accepted invoice per slot. It arrives after a while or, during a stall, is looked
 * for at every slot until the stall is over.
 */
export function simulateJourneys(
  simulation: Simulation,
  draft: Judging,
  check: FollowingCheck,
  slot_at: EpochMs,
): void {
  const component = followedComponent(simulation.site, check);
  const stalled = disturbanceAt(simulation, 'sync', slot_at, null) !== null;
  const journey = newJourney({
    accepted: {
      number: `${check.id} ${slot_at}`,
      issued: '',
      accepted_at: slot_at,
    },
    component,
    check,
    installation: simulation.installation,
    simulated: true,
    now: slot_at,
  });
  let memory = withJourney(syncMemoryOf(simulation.live, component), journey);
  const longest_ms = slot_at >= simulation.end ? LONGEST_LAST_MS : 2 * MINUTE;
  const delay_ms = Math.round(Math.min(lognormal(simulation.random, 20 * SECOND, 0.9), longest_ms));
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
    memory = withLooks(memory, [{ journey: after, finding: report.finding, gaps: [] }]);
    return after;
  });
  for (const it of looked) count(simulation, it);
  const context = contextAt(simulation, looked_at);
  const evaluation = evaluateSync(context, component, { memory, journeys: looked });
  draft.add(stepOf(context, [evaluation]));
}

/** The journey with an unsuccessful look a few seconds before the one that found it. */
function absentBefore(journey: Journey, looked_at: EpochMs): Journey {
  const last_absent_at = Math.max(journey.accepted_at, looked_at - 5 * SECOND);
  return { ...journey, last_absent_at };
}

/** One that is due only later is counted by the collector that goes on from here. */
function count({ site, rollups, end }: Simulation, journey: Journey): void {
  const counted = journey.state === 'arrived' ? countedJourney(site, journey, []) : null;
  if (counted?.arrival) rollups.add(counted.arrival);
  if (counted && counted.due.at < end) rollups.add(counted.due);
}
