import { functionOfEvent, type InvoiceEvent } from '../../model/event.ts';
import type { Journey, Submitted } from '../../model/journey.ts';
import { journeyId } from '../../model/journey-id.ts';
import type { Signer } from '../../model/ports.ts';
import { followedComponent, type Site } from '../state/site.ts';

/** What the journeys of an installation are known by. */
export interface Installation {
  installation: string;
  signer: Pick<Signer, 'sign'>;
}

/**
 * Digests of what an event says of the invoice of a journey. There are few amounts and tax ids, so
 * that all could be tried by whoever has the database: only with the key.
 */
export function submittedBy(
  journey: Journey['id'],
  { amount_fen, tax_id }: NonNullable<InvoiceEvent['says']>,
  signer: Installation['signer'],
): Submitted {
  const digest = (what: string) => signer.sign(`submitted.${journey}.${what}`).slice(0, 22);
  return {
    key: signer.sign('submitted').slice(0, 8),
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
  { installation, signer }: Installation,
  known: readonly Journey[],
): InvoiceEvent[] {
  const submitted = new Map(known.map((it) => [it.id, it.submitted ?? null]));
  return events.map((event) => {
    const { system, type, invoice, says, told } = event;
    const [check] = site.followers.get(system) ?? [];
    if (check === undefined || invoice === null) return event;
    const component = followedComponent(site, check).id;
    const id = journeyId({ installation, component, number: invoice.number });
    const its = says === null ? null : submittedBy(id, says, signer);
    const first = submitted.get(id);
    if (first === undefined) {
      if (type === 'accepted' || type === 'issued') submitted.set(id, its);
      return event;
    }
    const code = differenceOf(first, its);
    const fn = told?.function ?? functionOfEvent(type, []);
    if (code === null || fn === undefined || type === 'failed') return event;
    const { duration_ms = null } = told ?? {};
    return { ...event, told: { function: fn, outcome: 'mismatch', duration_ms, code } };
  });
}

/** What differs; null: nothing, as far as both say it. */
function differenceOf(one: Submitted | null, other: Submitted | null) {
  if (one === null || other === null || one.key !== other.key) return null;
  const differs = (what: 'amount' | 'tax_id') =>
    one[what] !== undefined && other[what] !== undefined && one[what] !== other[what];
  return (['amount', 'tax_id'] as const).find(differs) ?? null;
}
