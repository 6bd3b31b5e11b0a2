import type { EventType, InvoiceEvent } from '../../model/event.ts';
import type { Journey } from '../../model/journey.ts';
import { journeyId } from '../../model/journey-id.ts';
import { type ReachedStage, TOLD_STAGES } from '../../model/stage.ts';
import { followedComponent, type Site } from '../state/site.ts';

/** What is in the store of the invoices of some events, before these. */
export interface KnownOfInvoices {
  journeys: readonly Journey[];
  stages: readonly ReachedStage[];
}

/**
 * The stages that followed invoices reached, by the events that say when. Of each invoice and stage
 * the first that was told counts, whatever is told later.
 */
export function stagesReached(
  site: Site,
  events: readonly InvoiceEvent[],
  installation: string,
  { journeys, stages }: KnownOfInvoices,
): ReachedStage[] {
  const told = events.flatMap((event) => toldOfJourneys(site, event, installation));
  const begun = new Map<Journey['id'], Beginning>([
    ...begunBy(told),
    ...journeys.map((it) => [it.id, it] as const),
  ]);
  const known = new Set(stages.map(keyOf));
  return told.flatMap(({ journey, type, at }) => {
    const beginning = begun.get(journey);
    const stage = TOLD_STAGES.find((it) => it === type);
    if (beginning === undefined || stage === undefined) return [];
    const key = keyOf({ journey, stage });
    if (known.has(key)) return [];
    known.add(key);
    const { check, accepted_at, simulated, begins_with } = beginning;
    const has_delay = at >= accepted_at && type !== begins_with;
    const delay_ms = has_delay ? at - accepted_at : null;
    return [{ journey, check, stage, at, delay_ms, simulated }];
  });
}

/** What an event tells of the journey of an invoice. */
interface Told extends Pick<InvoiceEvent, 'type' | 'at'> {
  journey: Journey['id'];
  check: string;
}

interface Beginning extends Pick<Journey, 'check' | 'accepted_at' | 'simulated'> {
  /** The event of these that began it; undefined: it was before, or by a check. */
  begins_with?: EventType;
}

/** One for each check that follows the system, as far as it is known which is meant. */
function toldOfJourneys(
  site: Site,
  { system, type, invoice, at }: InvoiceEvent,
  installation: string,
): Told[] {
  const checks = site.followers.get(system) ?? [];
  if (invoice === null || (type === 'downloadable' && checks.length > 1)) return [];
  return checks.map((check) => {
    const component = followedComponent(site, check).id;
    const { number } = invoice;
    return { journey: journeyId({ installation, component, number }), check: check.id, type, at };
  });
}

/** The journeys that begin with one of these, as they are begun: by the first that does. */
function begunBy(told: readonly Told[]): Map<Journey['id'], Beginning> {
  const begun = new Map<Journey['id'], Beginning>();
  for (const { journey, check, type, at } of told) {
    if (begun.has(journey) || (type !== 'accepted' && type !== 'issued')) continue;
    begun.set(journey, { check, accepted_at: at, simulated: false, begins_with: type });
  }
  return begun;
}

function keyOf({ journey, stage }: Pick<ReachedStage, 'journey' | 'stage'>): string {
  return `${journey} ${stage}`;
}
