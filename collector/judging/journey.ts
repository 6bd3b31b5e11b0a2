import type { Gap } from '../../model/component.ts';
import type { FollowingCheck, Policy } from '../../model/configuration.ts';
import {
  type Journey,
  type JourneyState,
  journeyDelay,
  type Look,
  middleMs,
} from '../../model/journey.ts';
import { journeyId } from '../../model/journey-id.ts';
import { lookDistanceMs } from '../../model/judge/sync.ts';
import type { AcceptedInvoice } from '../../model/result.ts';
import { HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { MeasuredComponent } from '../state/site.ts';

/** A look as reported by the line. */
export type LookReport = Omit<Look, 'journey'>;

/** Initial values of a journey. */
export interface NewJourney {
  accepted: AcceptedInvoice;
  component: MeasuredComponent;
  check: FollowingCheck;
  installation: string;
  simulated: boolean;
  now: EpochMs;
}

/**
 * The journey of an accepted invoice, with its first look as scheduled, or at once when it is
 * overdue.
 */
export function newJourney(given: NewJourney): Journey {
  const { number, issued, accepted_at } = given.accepted;
  const { installation } = given;
  const component = given.component.id;
  return {
    id: journeyId({ installation, component, number }),
    component,
    check: given.check.id,
    number,
    issued,
    accepted_at,
    state: 'waiting',
    last_absent_at: null,
    first_present_at: null,
    last_answered_at: null,
    next_look_at: Math.max(accepted_at + lookDistanceMs(0), given.now),
    looks: 0,
    simulated: given.simulated,
  };
}

/**
 * The journey after a look. Absence is dated at the request, presence at the end of the response; a
 * failed look does not change the bracket.
 */
export function journeyAfterLook(journey: Journey, look: LookReport): Journey {
  const ended_at = Math.round(look.started_at + look.duration_ms);
  const looked = { ...journey, looks: journey.looks + 1 };
  if (look.finding === 'found')
    return {
      ...looked,
      state: 'arrived',
      number: null,
      first_present_at: ended_at,
      last_answered_at: ended_at,
      next_look_at: null,
    };
  const next_look_at = ended_at + lookDistanceMs(ended_at - journey.accepted_at);
  if (look.finding === 'failed') return { ...looked, next_look_at };
  return { ...looked, last_absent_at: look.started_at, last_answered_at: ended_at, next_look_at };
}

/**
 * The journey after an event that says when its invoice could be queried, so that its arrival is a
 * point; null: a look that began later did not find it, and what we saw is known better.
 */
export function journeyToldToArrive(journey: Journey, at: EpochMs): Journey | null {
  if (at < (journey.last_absent_at ?? 0)) return null;
  return {
    ...journey,
    state: 'arrived',
    number: null,
    last_absent_at: at,
    first_present_at: at,
    last_answered_at: Math.max(at, journey.last_answered_at ?? 0),
    next_look_at: null,
  };
}

/**
 * The arrived journey after such an event: a point within its bracket; null where it is none, or
 * would move it to another hour, of which the arrivals are counted.
 */
export function journeyToldExactly(journey: Journey, at: EpochMs): Journey | null {
  const { state, first_present_at, last_absent_at } = journey;
  if (state !== 'arrived' || first_present_at === null) return null;
  const is_within = at <= first_present_at && at > (last_absent_at ?? 0);
  const is_same_hour = Math.floor(at / HOUR) === Math.floor(first_present_at / HOUR);
  if (!is_within || !is_same_hour) return null;
  return { ...journey, last_absent_at: at, first_present_at: at };
}

/** The journey, ended before its invoice was found. */
export function endedJourney(
  journey: Journey,
  state: Extract<JourneyState, 'lost' | 'rejected' | 'voided'>,
): Journey {
  return { ...journey, state, number: null, next_look_at: null };
}

/** What a journey counts for, by the promise: a share of those due, and a delay. */
export interface PromisedJourney {
  /**
   * When it is due, whether it has arrived or not: else those that come would count before those
   * that do not, and a sync that stalls would look well until the promise is broken.
   */
  due_at: EpochMs;
  in_time: boolean;
  /** When it arrived in time, and after how long; null: it has not. */
  arrival: { at: EpochMs; delay_ms: number | null } | null;
}

/** `gaps`: those that may lie in its bracket. null: withdrawn, so that it counts for nothing. */
export function promisedJourney(
  journey: Journey,
  policy: Policy,
  gaps: readonly Gap[],
): PromisedJourney | null {
  if (journey.state === 'rejected' || journey.state === 'voided') return null;
  const due_at = journey.accepted_at + policy.visible_within_ms;
  const { first_present_at: at } = journey;
  if (at === null || at > due_at) return { due_at, in_time: false, arrival: null };
  const delay = journeyDelay(journey, gaps);
  return { due_at, in_time: true, arrival: { at, delay_ms: delay && middleMs(delay) } };
}
