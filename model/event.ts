import { DAY } from './time.ts';
import type { EpochMs, InvoiceFunction, Outcome } from './vocabulary.ts';

/**
 * Events in the life of an invoice, named as its stages. `accepted` and `issued` begin its journey,
 * `rejected` and `voided` end it.
 */
export const EVENT_TYPES = [
  'applied',
  'requested',
  'accepted',
  'reviewed',
  'issued',
  'sealed',
  'queryable',
  'downloadable',
  'delivered',
  'verified',
  'rejected',
  'voided',
  'failed',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** A function that own traffic may tell of. */
export type OwnFunction = Exclude<InvoiceFunction, 'sync'>;

/**
 * Which function an event that has a duration tells of, if it does not say so itself: the first
 * that own traffic tells of in its system. Where applications and reviews are not measured apart,
 * they are steps of issuing.
 */
const FUNCTIONS_OF_EVENT: Partial<Record<EventType, readonly OwnFunction[]>> = {
  applied: ['apply', 'issue'],
  requested: ['issue'],
  accepted: ['upload'],
  reviewed: ['review', 'issue'],
  issued: ['issue'],
  sealed: ['issue'],
  queryable: ['query'],
  downloadable: ['download'],
  delivered: ['deliver'],
  verified: ['verify'],
};

/** The functions that a stage may stand for; none: it says nothing of how a function went. */
export function functionsOfEvent(type: EventType): readonly OwnFunction[] {
  return FUNCTIONS_OF_EVENT[type] ?? [];
}

/** The function that an event tells of in a system of whose `told` functions own traffic tells. */
export function functionOfEvent(
  type: EventType,
  told: readonly OwnFunction[],
): OwnFunction | undefined {
  const possible = functionsOfEvent(type);
  return possible.find((fn) => told.includes(fn)) ?? possible.at(-1);
}

/** The stage with which a function is done; of others it is a step on the way. */
const ENDED_BY: Partial<Record<EventType, OwnFunction>> = {
  applied: 'apply',
  accepted: 'upload',
  reviewed: 'review',
  issued: 'issue',
  queryable: 'query',
  downloadable: 'download',
  delivered: 'deliver',
  verified: 'verify',
};

/** The function that was done once the event happened: each attempt is counted once. */
export function functionEndedBy(type: EventType): OwnFunction | undefined {
  return ENDED_BY[type];
}

/** What a failure may be: bad, or nothing that says something of the system. */
export const FAILURES = [
  'timeout',
  'network',
  'system',
  'corrupt',
  'mismatch',
  'throttled',
  'credential',
  'user_data',
] as const satisfies Outcome[];
export type OwnFailure = (typeof FAILURES)[number];
/** What an event may say of how it went. */
export const EVENT_OUTCOMES = ['ok', ...FAILURES] as const;

/** The key of an event in its system: printable ASCII. */
export const EVENT_KEY = /^[\x21-\x7e]{1,200}$/;
/** Of a fully digital invoice: 20 digits. */
export const INVOICE_NUMBER = /^\d{20}$/;
/** Of other invoices: 8 digits, with a code of 10 or 12. */
export const SHORT_NUMBER = /^\d{8}$/;
export const INVOICE_CODE = /^(?:\d{10}|\d{12})$/;
/** The total with tax, in yuan: `113.00`. */
export const AMOUNT = /^-?\d{1,12}(?:\.\d{1,2})?$/;
/** Of a taxpayer: 15 to 20 digits and letters. */
export const TAX_ID = /^[\dA-Za-z]{15,20}$/;
/** The code of a failure in its system, never a number of an invoice. */
export const FAILURE_CODE = /^(?!.*\d{8})[\w.:-]{1,40}$/;

/** Of one body of the ingest API. */
export const EVENT_LIMITS = { lines: 1_000, bytes: 1024 * 1024 } as const;

/** Of one event: nothing that a person waits for takes longer. */
export const LONGEST_DURATION_MS = 30 * DAY;

/** An event of an invoice in a company's own traffic, as posted to the ingest API. */
export interface InvoiceEvent {
  /**
   * Hash of installation, system and the sender's key, 32 hex digits; deduplicates repeated posts.
   */
  id: string;
  /** The system that reported the event. */
  system: string;
  type: EventType;
  /** The invoice, if the event says which. Stored only while its journey waits; never logged. */
  invoice: InvoiceOfEvent | null;
  at: EpochMs;
  /** It happened at this time or before: nobody says when, only when it was told. */
  at_latest?: boolean;
  /** What it says of the invoice, of which digests are stored with its journey; null: nothing. */
  says: { amount_fen: number | null; tax_id: string | null } | null;
  /** What it tells of a function: it took so long, or failed; null: nothing. */
  told: ToldOfFunction | null;
}

/** What it takes to follow it. */
export interface InvoiceOfEvent {
  /** The 20-digit number. */
  number: string;
  /** The date of issue (kprq), yyyyMMddHHmmss in China Standard Time. */
  issued: string;
}

export interface ToldOfFunction {
  function: OwnFunction;
  outcome: 'ok' | OwnFailure;
  /** null: the event does not say how long. */
  duration_ms: number | null;
  /** Of a failure; null: the event names none. */
  code: string | null;
}

/** A result of own traffic: what one event tells of the function of a check. */
export interface OwnResult {
  check: string;
  /** Of the event. */
  at: EpochMs;
  /** Its id. Many may be of one instant. */
  event: string;
  outcome: Outcome;
  duration_ms: number | null;
  code: string | null;
  /** null: of rows of earlier versions. */
  received_at: EpochMs | null;
}

/** Record of an accepted event; the only part of it that is stored of each. */
export interface ReceivedEvent {
  id: string;
  received_at: EpochMs;
}
