import type { EventType, InvoiceEvent } from '../../model/event.ts';
import type { Journey } from '../../model/journey.ts';
import { journeyId } from '../../model/journey-id.ts';
import { syncMemoryOf } from '../state/live-state.ts';
import { followedComponent, type MeasuredComponent, type Site } from '../state/site.ts';
import {
  type SyncMemory,
  withJourney,
  withoutJourney,
  withToldArrival,
  withToldExactly,
} from '../state/sync-memory.ts';
import type { Evaluation, JudgingContext } from './evaluation.ts';
import { endedJourney, journeyToldExactly, journeyToldToArrive, newJourney } from './journey.ts';
import { type Installation, submittedBy } from './submitted.ts';
import { evaluateSync } from './sync.ts';

/** Ids of the journeys that the events may start or end. */
export function journeysNamed(
  site: Site,
  events: readonly InvoiceEvent[],
  installation: string,
): string[] {
  const ids = events.flatMap(({ system, invoice }) =>
    (site.followers.get(system) ?? []).flatMap((check) => {
      if (invoice === null) return [];
      const component = followedComponent(site, check).id;
      return [journeyId({ installation, component, number: invoice.number })];
    }),
  );
  return [...new Set(ids)];
}

/** Those that begin or end the journey of an invoice. */
const OF_JOURNEYS: readonly EventType[] = ['accepted', 'issued', 'queryable', 'rejected', 'voided'];

/** Accumulated changes of one sync component. */
interface SyncSoFar {
  component: MeasuredComponent;
  memory: SyncMemory;
  journeys: Map<string, Journey>;
  corrected: Map<string, Journey>;
}

/**
 * Evaluates events of a company's own traffic: an accepted or issued invoice starts a journey for
 * each check that follows its system, a rejected or voided one ends it, and one that can be queried
 * has arrived. Idempotent: existing journeys (`known`: those in the store) are not started again.
 */
export function evaluateEvents(
  context: JudgingContext,
  events: readonly InvoiceEvent[],
  { installation, signer }: Installation,
  known: ReadonlyMap<string, Journey>,
): Evaluation[] {
  const { site, live, now } = context;
  const changed = new Map<string, SyncSoFar>();
  for (const event of events) {
    if (event.invoice === null || !OF_JOURNEYS.includes(event.type)) continue;
    const accepted = { ...event.invoice, accepted_at: event.at };
    const followers = site.followers.get(event.system) ?? [];
    // Where several follow it, nobody knows which of them has it.
    if (event.type === 'queryable' && followers.length > 1) continue;
    for (const check of followers) {
      const component = followedComponent(site, check);
      const sync = changed.get(component.id) ?? {
        component,
        memory: syncMemoryOf(live, component),
        journeys: new Map<string, Journey>(),
        corrected: new Map<string, Journey>(),
      };
      const begun = newJourney({ accepted, component, check, installation, simulated: false, now });
      const { says } = event;
      const fresh =
        says === null ? begun : { ...begun, submitted: submittedBy(begun.id, says, signer) };
      const journey = journeyAfter(event, fresh, sync, known);
      if (journey === null) {
        const corrected = correctedBy(event, known.get(fresh.id), sync);
        if (corrected !== null) changed.set(component.id, corrected);
        continue;
      }
      sync.journeys.set(journey.id, journey);
      sync.memory = memoryAfter(sync.memory, journey);
      changed.set(component.id, sync);
    }
  }
  return [...changed.values()].map(({ component, memory, journeys, corrected }) =>
    evaluateSync(context, component, {
      memory,
      journeys: [...journeys.values()],
      corrected: [...corrected.values()],
    }),
  );
}

/** What is known with an event that says exactly when a look found it; null: nothing more. */
function correctedBy(
  { type, at }: InvoiceEvent,
  before: Journey | undefined,
  sync: SyncSoFar,
): SyncSoFar | null {
  if (type !== 'queryable' || before === undefined || sync.corrected.has(before.id)) return null;
  const journey = journeyToldExactly(before, at);
  if (journey === null) return null;
  sync.corrected.set(journey.id, journey);
  return { ...sync, memory: withToldExactly(sync.memory, before, journey) };
}

function memoryAfter(memory: SyncMemory, journey: Journey): SyncMemory {
  if (journey.state === 'waiting') return withJourney(memory, journey);
  return journey.state === 'arrived'
    ? withToldArrival(memory, journey)
    : withoutJourney(memory, journey);
}

/** The journey that the event starts or ends; null when it changes nothing. */
function journeyAfter(
  { type, at }: InvoiceEvent,
  fresh: Journey,
  { memory, journeys }: SyncSoFar,
  known: ReadonlyMap<string, Journey>,
): Journey | null {
  const { id } = fresh;
  const waiting = memory.waiting.get(id);
  if (type === 'queryable') return waiting ? journeyToldToArrive(waiting, at) : null;
  if (type === 'rejected' || type === 'voided') {
    return waiting ? endedJourney(waiting, type) : null;
  }
  return known.has(id) || journeys.has(id) ? null : fresh;
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
