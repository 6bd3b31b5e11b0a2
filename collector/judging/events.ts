import type { FollowingCheck } from '../../model/configuration.ts';
import type { EventType, InvoiceEvent } from '../../model/event.ts';
import type { Journey } from '../../model/journey.ts';
import type { ComponentId } from '../../model/vocabulary.ts';
import { syncMemoryOf } from '../state/live-state.ts';
import { followedComponent, type MeasuredComponent } from '../state/site.ts';
import { type ToldJourney, withTold } from '../state/told-journeys.ts';
import { lastUnseen } from '../state/unseen.ts';
import type { Evaluation, JudgingContext } from './evaluation.ts';
import { endedJourney, journeyToldExactly, journeyToldToArrive, newJourney } from './journey.ts';
import { isToldOf, journeyNamed } from './named.ts';
import { type Installation, submittedAgain, submittedBy } from './submitted.ts';
import { evaluateSync } from './sync.ts';

/** What events tell of the journeys of one sync component, by their ids. */
interface ToldOfSync {
  component: MeasuredComponent;
  journeys: Map<string, ToldJourney>;
}

/**
 * Evaluates events of a company's own traffic: an accepted or issued invoice starts a journey for
 * each check that follows its system, a rejected or voided one ends it, and one that can be queried
 * where a check looks for it has arrived. Idempotent: existing journeys (`known`: those in the
 * store) are not started again. All are applied at once: they may be many.
 */
export function evaluateEvents(
  context: JudgingContext,
  events: readonly InvoiceEvent[],
  given: Installation,
  known: ReadonlyMap<string, Journey>,
): Evaluation[] {
  const { site, live, now } = context;
  const told = new Map<ComponentId, ToldOfSync>();
  for (const event of events.filter((it) => !take(it))) take(event);
  return [...told.values()]
    .filter(({ journeys }) => journeys.size > 0)
    .map((it) => evaluateTold(context, it));

  /** Whether it is done: what has arrived may be told to be accepted only after that. */
  function take(event: InvoiceEvent): boolean {
    const is_known = checksToldOf(context, event).map((check) => tell(check, event));
    return event.type !== 'queryable' || is_known.includes(true);
  }

  /** Returns whether its invoice is known. */
  function tell(check: FollowingCheck, event: InvoiceEvent): boolean {
    const component = followedComponent(site, check);
    const { journeys } = told.get(component.id) ?? { journeys: new Map<string, ToldJourney>() };
    told.set(component.id, { component, journeys });
    const id = journeyNamed({ site, ...given }, check, event);
    if (id === null) return false;
    const stored = syncMemoryOf(live, component).waiting.get(id) ?? storedAs(known.get(id));
    const { before, after } = journeys.get(id) ?? { before: stored, after: stored };
    if (after !== null && !isToldOf(site, after, event)) return true;
    const journey = after === null ? begun(check, event) : journeyAfter(after, event, component);
    if (journey !== null) journeys.set(id, { before, after: journey });
    return (journey ?? after) !== null;
  }

  function begun(check: FollowingCheck, event: InvoiceEvent): Journey | null {
    const { type, at, at_latest = false, invoice, says } = event;
    if (invoice === null || !BEGINNINGS.includes(type)) return null;
    const component = followedComponent(site, check);
    const accepted = { ...invoice, accepted_at: at };
    const { installation, signer } = given;
    const its = newJourney({ accepted, component, check, installation, simulated: false, now });
    const journey = at_latest ? { ...its, accepted_at_latest: true } : its;
    // What issues it keeps its word: it says nothing of what was handed over.
    return type === 'accepted' && says !== null
      ? { ...journey, submitted: submittedBy(journey.id, says, signer) }
      : journey;
  }

  /** null: the event says nothing new of it. */
  function journeyAfter(
    journey: Journey,
    event: InvoiceEvent,
    { policy }: MeasuredComponent,
  ): Journey | null {
    const { type } = event;
    const { state } = journey;
    if (type === 'accepted') return submittedAgain(journey, event, given.signer);
    if (type === 'rejected' || type === 'voided')
      return state === 'waiting' ? endedJourney(journey, type) : null;
    if (type !== 'queryable') return null;
    const telling = { now, policy, gaps: lastUnseen(live) };
    return state === 'waiting' || state === 'lost'
      ? journeyToldToArrive(journey, event, telling)
      : journeyToldExactly(journey, event, telling);
  }
}

const BEGINNINGS: readonly EventType[] = ['accepted', 'issued'];
/** Those that the system in which an invoice begins tells. */
const OF_ITS_SYSTEM: readonly EventType[] = [...BEGINNINGS, 'rejected', 'voided'];

/** As it is by now: one that waited, and does not any more, was lost a moment ago. */
function storedAs(row: Journey | undefined): Journey | null {
  if (row === undefined) return null;
  return row.state === 'waiting' ? endedJourney(row, 'lost') : row;
}

/** The checks of whose journeys the event tells: it arrives where they look for it, only there. */
function checksToldOf(
  { site }: Pick<JudgingContext, 'site'>,
  { system, type, invoice }: InvoiceEvent,
): readonly FollowingCheck[] {
  if (invoice === null) return [];
  if (type === 'queryable') return site.arriving.get(system) ?? [];
  return OF_ITS_SYSTEM.includes(type) ? (site.followers.get(system) ?? []) : [];
}

/** The components of whose journeys the events tell. */
export function componentsToldOf(
  context: Pick<JudgingContext, 'site'>,
  events: readonly InvoiceEvent[],
): MeasuredComponent[] {
  const checks = events.flatMap((event) => checksToldOf(context, event));
  return [...new Set(checks.map((check) => followedComponent(context.site, check)))];
}

function evaluateTold(context: JudgingContext, { component, journeys }: ToldOfSync): Evaluation {
  const { live, now } = context;
  const told = [...journeys.values()];
  const { policy } = component;
  return evaluateSync(context, component, {
    memory: withTold(syncMemoryOf(live, component), told, { now, policy, gaps: live.last_gaps }),
    journeys: told.filter(isNewState).map(({ after }) => after),
    corrected: told.flatMap(({ before, after }) =>
      before === null || isNewState({ before, after }) ? [] : { before, after },
    ),
  });
}

/** Else it was counted as what it is, and something about it is known otherwise. */
function isNewState({ before, after }: ToldJourney): boolean {
  return before === null || (before.state === 'waiting' && after.state !== 'waiting');
}

/** For each event, whether its id is in neither the store nor an earlier one of these. */
export function firstOccurrences(
  events: readonly InvoiceEvent[],
  known: readonly string[],
): boolean[] {
  const seen = new Set(known);
  return events.map(({ id }) => {
    const is_new = !seen.has(id);
    seen.add(id);
    return is_new;
  });
}
