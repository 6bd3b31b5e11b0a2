import type { EpochMs } from './vocabulary.ts';

/** A domain whose registration is asked for at a registry. */
export interface RegisteredDomain {
  /** As `example.com`. */
  name: string;
  /** The address of its entry by RDAP (RFC 9082), with the name in it. */
  rdap: string;
}

/** What is known of the registration of a domain. */
export interface AskedDomain {
  name: string;
  /** When it was asked for last; it may have been in vain. */
  asked_at: EpochMs;
  /** Until when it is registered, and when that was said; null: it never was. */
  expires_at: EpochMs | null;
  measured_at: EpochMs | null;
}
