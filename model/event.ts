import type { EpochMs } from './vocabulary.ts';

/**
 * What a system can tell of one of its invoices. The first two begin its journey, the others end
 * it.
 */
export const EVENT_TYPES = ['accepted', 'issued', 'rejected', 'voided'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Something that happened to an invoice in a company's own traffic, as it was posted to us. */
export interface InvoiceEvent {
  /**
   * Hash of installation, system and the sender's key, 32 hex digits: the same event counts once.
   */
  id: string;
  /** The system in which it happened. */
  system: string;
  type: EventType;
  /** The 20-digit number. Kept only while its journey waits; never logged. */
  number: string;
  /** The date of issue (kprq), yyyyMMddHHmmss in China Standard Time. */
  issued: string;
  at: EpochMs;
}

/** That an event was taken: all that is kept of it. */
export interface ReceivedEvent {
  id: string;
  received_at: EpochMs;
}
