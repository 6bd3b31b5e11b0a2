import type { EpochMs } from './vocabulary.ts';

/** Events in the life of an invoice. The first two begin its journey, the others end it. */
export const EVENT_TYPES = ['accepted', 'issued', 'rejected', 'voided'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The key of an event in its system: printable ASCII. */
export const EVENT_KEY = /^[\x21-\x7e]{1,200}$/;
export const INVOICE_NUMBER = /^\d{20}$/;

/** Of one body of the ingest API. */
export const EVENT_LIMITS = { lines: 1_000, bytes: 1024 * 1024 } as const;

/** An event of an invoice in a company's own traffic, as posted to the ingest API. */
export interface InvoiceEvent {
  /**
   * Hash of installation, system and the sender's key, 32 hex digits; deduplicates repeated posts.
   */
  id: string;
  /** The system that reported the event. */
  system: string;
  type: EventType;
  /** The 20-digit number. Stored only while its journey waits; never logged. */
  number: string;
  /** The date of issue (kprq), yyyyMMddHHmmss in China Standard Time. */
  issued: string;
  at: EpochMs;
}

/** Record of an accepted event; the only part of it that is stored. */
export interface ReceivedEvent {
  id: string;
  received_at: EpochMs;
}
