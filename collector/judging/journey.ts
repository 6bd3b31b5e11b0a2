import type { Gap } from '../../model/component.ts';
import type { FollowingCheck, Policy } from '../../model/configuration.ts';
import { type Journey, type JourneyState, journeyDelayMs, type Look } from '../../model/journey.ts';
import { journeyId } from '../../model/journey-id.ts';
import { lookDistanceMs } from '../../model/judge/sync.ts';
import type { AcceptedInvoice } from '../../model/result.ts';
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

/** The journey, ended before its invoice was found. */
export function endedJourney(
  journey: Journey,
  state: Extract<JourneyState, 'lost' | 'rejected' | 'voided'>,
): Journey {
  return { ...journey, state, number: null, next_look_at: null };
}

/** A journey that counts for the availability of sync: arrived, or past the promise. */
export interface DueJourney {
  due_at: EpochMs;
  in_time: boolean;
  delay_ms: number | null;
}

interface DueAt {
  now: EpochMs;
  /** Those that may lie in its bracket. */
  gaps: readonly Gap[];
}

/**
 * When and how the journey became due by `now`; null while the promise is pending, and for
 * withdrawn invoices.
 */
export function dueJourney(
  journey: Journey,
  policy: Policy,
  { now, gaps }: DueAt,
): DueJourney | null {
  if (journey.state === 'rejected' || journey.state === 'voided') return null;
  const promised_at = journey.accepted_at + policy.visible_within_ms;
  const { first_present_at } = journey;
  if (first_present_at !== null && first_present_at <= promised_at)
    return { due_at: first_present_at, in_time: true, delay_ms: journeyDelayMs(journey, gaps) };
  return now >= promised_at ? { due_at: promised_at, in_time: false, delay_ms: null } : null;
}
