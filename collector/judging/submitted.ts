import { type EventType, functionOfEvent, type InvoiceEvent } from '../../model/event.ts';
import { isWithdrawn, type Journey, type Submitted } from '../../model/journey.ts';
import type { Signer } from '../../model/ports.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { type Site, toldFunctions } from '../state/site.ts';
import { isToldOf, journeysFrom, journeysTo } from './named.ts';

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
  says: InvoiceEvent['says'],
  signer: Installation['signer'],
): Submitted {
  const { amount_fen = null, tax_id = null } = says ?? {};
  const digest = (what: string) => signer.sign(`submitted.${journey}.${what}`).slice(0, 22);
  return {
    key: signer.sign('submitted').slice(0, 8),
    ...(amount_fen !== null && { amount: digest(`amount|${amount_fen}`) }),
    ...(tax_id !== null && { tax_id: digest(`tax_id|${tax_id}`) }),
  };
}

/** What is compared of a journey; without a check, it begins with the same events. */
type Submission = Pick<Journey, 'id' | 'state' | 'accepted_at' | 'submitted'> &
  Partial<Pick<Journey, 'check'>>;

/**
 * The journey after another acceptance of its invoice: what was submitted last counts. null: that
 * is what is known, or the invoice was withdrawn before.
 */
export function submittedAgain<Known extends Submission>(
  journey: Known,
  { at, says }: Pick<InvoiceEvent, 'at' | 'says'>,
  signer: Installation['signer'],
): Known | null {
  const { id, submitted } = journey;
  if (isWithdrawn(journey)) return null;
  const its = submittedBy(id, says, signer);
  const is_known =
    submitted === undefined ? says === null : at < submittedAt(journey) || isSame(its, submitted);
  return is_known ? null : { ...journey, submitted: { ...its, at } };
}

/**
 * The events, with those as a mismatch that say something else of a followed invoice than its
 * newest acceptance, if they happened after that. Not of one that was rejected or voided: a
 * correction may have its number. `known`: journeys in the store, before these events.
 */
export function comparedWithSubmitted(
  site: Site,
  events: readonly InvoiceEvent[],
  { installation, signer }: Installation,
  known: readonly Journey[],
): InvoiceEvent[] {
  const named_in = { site, installation };
  const followed = new Map<string, Submission>(known.map((it) => [it.id, it]));
  /** When they were, by these events, in whichever order they are told. */
  const withdrawn = new Map<string, EpochMs>();
  for (const event of events)
    for (const id of journeysFrom(named_in, event).filter((it) => isOfIts(it, event))) {
      const { type, at } = event;
      if (type === 'rejected' || type === 'voided')
        withdrawn.set(id, Math.min(at, withdrawn.get(id) ?? at));
      const after = submissionAfter(followed.get(id), id, event, signer);
      if (after !== null) followed.set(id, after);
    }
  return events.map((event) => {
    const { system, type, at, says, told } = event;
    const journey = [...journeysFrom(named_in, event), ...journeysTo(named_in, event)]
      .map((id) => followed.get(id))
      .find((it) => it !== undefined);
    if (journey === undefined || !isCompared(journey, event)) return event;
    if (at >= (withdrawn.get(journey.id) ?? Number.POSITIVE_INFINITY)) return event;
    const code = differenceOf(journey.submitted, submittedBy(journey.id, says, signer));
    const fn = told?.function ?? functionOfEvent(type, toldFunctions(site, system));
    if (code === null || fn === undefined) return event;
    const { duration_ms = null } = told ?? {};
    return { ...event, told: { function: fn, outcome: 'mismatch', duration_ms, code } };
  });

  function isOfIts(id: string, event: InvoiceEvent): boolean {
    const check = followed.get(id)?.check;
    return check === undefined || isToldOf(site, { check }, event);
  }
}

/** null: the event is no acceptance that says something new. */
function submissionAfter(
  before: Submission | undefined,
  id: string,
  event: InvoiceEvent,
  signer: Installation['signer'],
): Submission | null {
  const { type, at: accepted_at, says } = event;
  if (type !== 'accepted' && type !== 'issued') return null;
  // What issues it keeps its word: it says nothing of what was handed over.
  const is_submitted = type === 'accepted';
  if (before !== undefined) return is_submitted ? submittedAgain(before, event, signer) : null;
  const begun = { id, state: 'waiting', accepted_at } as const;
  return is_submitted && says !== null
    ? { ...begun, submitted: submittedBy(id, says, signer) }
    : begun;
}

const NEVER_COMPARED: readonly EventType[] = ['accepted', 'failed', 'rejected', 'voided'];

/** Of the time since its newest acceptance, as far as that is known. */
function isCompared(journey: Submission, { type, at, at_latest, says }: InvoiceEvent): boolean {
  if (says === null || NEVER_COMPARED.includes(type) || isWithdrawn(journey)) return false;
  const is_perhaps_before = at_latest === true && journey.submitted?.at !== undefined;
  return at >= submittedAt(journey) && !is_perhaps_before;
}

function submittedAt({ submitted, accepted_at }: Submission): EpochMs {
  return submitted?.at ?? accepted_at;
}

/** What differs; null: nothing, as far as both say it. */
function differenceOf(one: Submitted | undefined, other: Submitted) {
  if (one === undefined || one.key !== other.key) return null;
  if (differs(one.amount, other.amount)) return 'amount_differs';
  return differs(one.tax_id, other.tax_id) ? 'tax_id_differs' : null;
}

function differs(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

function isSame(one: Submitted, other: Submitted): boolean {
  return one.key === other.key && one.amount === other.amount && one.tax_id === other.tax_id;
}
