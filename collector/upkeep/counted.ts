import { isScheduled } from '../../model/configuration.ts';
import type { Journey } from '../../model/journey.ts';
import { grade } from '../../model/judge/check.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { delayMs, type Result } from '../../model/result.ts';
import type { EpochMs, Outcome } from '../../model/vocabulary.ts';
import { dueJourney } from '../judging/journey.ts';
import { checkPolicyAt } from '../judging/slow.ts';
import type { LiveState } from '../state/live-state.ts';
import { followedComponent, type Site } from '../state/site.ts';

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

/** A result as roll-ups count it, by its slot. Delays in whole ms, as raw rows keep them. */
export function countedResult(site: Site, live: Pick<LiveState, 'usual'>, result: Result): Counted {
  const component = site.measured_by.get(result.check);
  const policy = component ? checkPolicyAt(live, component, result) : DEFAULT_POLICY;
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
