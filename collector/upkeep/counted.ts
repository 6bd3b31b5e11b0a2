import type { Gap } from '../../model/component.ts';
import { isFollowing } from '../../model/configuration.ts';
import type { OwnResult } from '../../model/event.ts';
import type { Journey } from '../../model/journey.ts';
import { grade } from '../../model/judge/grade.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { delayMs, type Result } from '../../model/result.ts';
import type { EpochMs, Outcome } from '../../model/vocabulary.ts';
import { promisedJourney } from '../judging/journey.ts';
import { checkPolicyAt } from '../judging/limits.ts';
import type { LiveState } from '../state/live-state.ts';
import { followedComponent, type Site } from '../state/site.ts';

/** A measurement as counted in roll-ups. */
export interface Counted {
  check: string;
  /** Determines its hour and day. */
  at: EpochMs;
  /** null: nothing but a delay. */
  outcome: Outcome | null;
  slow: boolean;
  /** Delay of a good result; null too where our own is part of it. */
  delay_ms: number | null;
  simulated: boolean;
}

/** A result as counted in roll-ups, by its slot. Delays in whole ms, like raw rows. */
export function countedResult(site: Site, live: Pick<LiveState, 'usual'>, result: Result): Counted {
  const component = site.measured_by.get(result.check);
  const policy = component ? checkPolicyAt(live, component, result) : DEFAULT_POLICY;
  const delay_ms = result.outcome === 'ok' ? delayMs(result) : null;
  return {
    check: result.check,
    at: result.slot_at,
    outcome: result.outcome,
    slow: delay_ms !== null && grade(result, { policy, in_window: false }) === 'slow',
    delay_ms: delay_ms === null ? null : Math.round(delay_ms),
    simulated: result.simulated,
  };
}

/** A result of own traffic as counted in roll-ups, by the time of its event. It is never slow. */
export function countedOwnResult({ check, at, outcome, duration_ms }: OwnResult): Counted {
  const delay_ms = outcome === 'ok' ? duration_ms : null;
  return { check, at, outcome, slow: false, delay_ms, simulated: false };
}

/** A journey as counted in the roll-ups of its sync check. */
export interface CountedJourney {
  /** `ok` when it arrived within the promise, else `timeout`: counted when it is due. */
  due: Counted;
  /** Its delay, when it arrived in time; null: it has not. */
  arrival: Counted | null;
}

/** null: it counts for nothing. */
export function countedJourney(
  site: Site,
  journey: Journey,
  gaps: readonly Gap[],
): CountedJourney | null {
  const check = site.checks.get(journey.check);
  if (!check || !isFollowing(check)) return null;
  const promised = promisedJourney(journey, followedComponent(site, check).policy, gaps);
  if (!promised) return null;
  const { due_at, in_time, arrival } = promised;
  const counted = { check: journey.check, slow: false, simulated: journey.simulated };
  return {
    due: { ...counted, at: due_at, outcome: in_time ? 'ok' : 'timeout', delay_ms: null },
    arrival: arrival && { ...counted, ...arrival, outcome: null },
  };
}
