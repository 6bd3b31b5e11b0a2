import type { Gap } from '../../model/component.ts';
import type { FollowingCheck, Policy } from '../../model/configuration.ts';
import type { InvoiceEvent } from '../../model/event.ts';
import {
  isWithdrawn,
  type Journey,
  type JourneyState,
  journeyDelay,
  type Look,
  middleMs,
} from '../../model/journey.ts';
import { journeyId } from '../../model/journey-id.ts';
import { lookDistanceMs } from '../../model/judge/sync.ts';
import { NUMBERS } from '../../model/numbers.ts';
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

/** When an invoice could be queried, as an event tells it. */
export type ToldArrival = Pick<InvoiceEvent, 'at' | 'at_latest'>;

/** By what it is judged whether a told arrival can be taken, and how. */
export interface TellingContext {
  now: EpochMs;
  policy: Policy;
  /** Those that may lie between acceptance and arrival; a step of the clock is one. */
  gaps: readonly Gap[];
}

/**
 * The journey, waiting or lost, after an event that says when its invoice could be queried. Its
 * arrival is a point; no more than an upper limit where the event says so, or where our clock was
 * set since the acceptance. null: a look that began later did not find it, and what we saw is known
 * better; or the invoice was not accepted yet, so that one of both is misdated.
 */
export function journeyToldToArrive(
  journey: Journey,
  { at, at_latest }: ToldArrival,
  { now, gaps }: TellingContext,
): Journey | null {
  const { accepted_at, last_absent_at, last_answered_at } = journey;
  const is_limit = at_latest === true || wasClockSet(gaps, accepted_at, at);
  const is_refuted = at < (last_absent_at ?? 0) || (is_limit && at === last_absent_at);
  if (at < accepted_at || is_refuted) return null;
  return {
    ...journey,
    state: 'arrived',
    number: null,
    last_absent_at: is_limit ? last_absent_at : at,
    first_present_at: at,
    last_answered_at: isStillAnswer(at - accepted_at, now - at)
      ? Math.max(at, last_answered_at ?? 0)
      : last_answered_at,
    next_look_at: null,
  };
}

/** Told as soon as this, it says of now what a look of then would. */
function isStillAnswer(age_ms: number, ago_ms: number): boolean {
  return ago_ms <= NUMBERS.sync.valid_distances * lookDistanceMs(age_ms);
}

/** Between two instants, so that nobody knows how far they are apart. */
export function wasClockSet(gaps: readonly Gap[], from: EpochMs, to: EpochMs): boolean {
  return gaps.some((gap) => gap.cause === 'clock' && gap.from < to && gap.to > from);
}

/**
 * The journey that a look has found, after such an event: a point within its bracket. null where it
 * is none, or of another clock, and where it would count otherwise: in another hour, in time though
 * it was not, or with a delay that was not known.
 */
export function journeyToldExactly(
  journey: Journey,
  { at, at_latest }: ToldArrival,
  context: TellingContext,
): Journey | null {
  const { state, accepted_at, first_present_at, last_absent_at } = journey;
  if (at_latest || state !== 'arrived' || first_present_at === null) return null;
  const is_within = accepted_at <= at && at <= first_present_at && at > (last_absent_at ?? 0);
  const is_same_hour = Math.floor(at / HOUR) === Math.floor(first_present_at / HOUR);
  if (!is_within || !is_same_hour || wasClockSet(context.gaps, accepted_at, at)) return null;
  const after = { ...journey, last_absent_at: at, first_present_at: at };
  return isCountedAlike(journey, after, context) ? after : null;
}

function isCountedAlike(
  before: Journey,
  after: Journey,
  { policy, gaps }: TellingContext,
): boolean {
  const [was, is] = [before, after].map((it) => promisedJourney(it, policy, gaps));
  const isDelayKnown = (it: typeof was) => (it?.arrival?.delay_ms ?? null) !== null;
  return was?.in_time === is?.in_time && isDelayKnown(was) === isDelayKnown(is);
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
  if (isWithdrawn(journey)) return null;
  const due_at = journey.accepted_at + policy.visible_within_ms;
  const { first_present_at: at } = journey;
  if (at === null || at > due_at) return { due_at, in_time: false, arrival: null };
  const delay = journeyDelay(journey, gaps);
  return { due_at, in_time: true, arrival: { at, delay_ms: delay && middleMs(delay) } };
}
