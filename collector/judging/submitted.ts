import { createHash } from 'node:crypto';
import { functionOfEvent, type InvoiceEvent } from '../../model/event.ts';
import type { Journey, Submitted } from '../../model/journey.ts';
import { journeyId } from '../../model/journey-id.ts';
import { followedComponent, type Site } from '../state/site.ts';

/** Digests of what an event says of the invoice of a journey; neither can be read from them. */
export function submittedBy(
  journey: Journey['id'],
  { amount_fen, tax_id }: NonNullable<InvoiceEvent['says']>,
): Submitted {
  const digest = (what: string) =>
    createHash('sha256').update(`${journey}|${what}`).digest('hex').slice(0, 32);
  return {
    ...(amount_fen !== null && { amount: digest(`amount|${amount_fen}`) }),
    ...(tax_id !== null && { tax_id: digest(`tax_id|${tax_id}`) }),
  };
}

/**
 * The events, with those as a mismatch that say something else of a followed invoice than the event
 * that began its journey. `known`: journeys in the store, before these events.
 */
export function comparedWithSubmitted(
  site: Site,
  events: readonly InvoiceEvent[],
  installation: string,
  known: readonly Journey[],
): InvoiceEvent[] {
  const submitted = new Map(known.map(({ id, submitted: its = {} }) => [id, its]));
  return events.map((event) => {
    const { system, type, invoice, says, told } = event;
    const [check] = site.followers.get(system) ?? [];
    if (check === undefined || invoice === null) return event;
    const component = followedComponent(site, check).id;
    const id = journeyId({ installation, component, number: invoice.number });
    const its = says === null ? {} : submittedBy(id, says);
    const first = submitted.get(id);
    if (first === undefined) {
      if (type === 'accepted' || type === 'issued') submitted.set(id, its);
      return event;
    }
    const code = (['amount', 'tax_id'] as const).find((it) => differs(first[it], its[it]));
    const fn = told?.function ?? functionOfEvent(type, []);
    if (code === undefined || fn === undefined || type === 'failed') return event;
    const { duration_ms = null } = told ?? {};
    return { ...event, told: { function: fn, outcome: 'mismatch', duration_ms, code } };
  });
}

function differs(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
