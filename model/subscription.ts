import type { EpochMs, Locale } from './vocabulary.ts';

export const SUBSCRIPTION_KINDS = ['incident', 'maintenance'] as const;
export type SubscriptionKind = (typeof SUBSCRIPTION_KINDS)[number];

/**
 * A subscription that nobody confirmed ends after this long, and so do the links that confirm it.
 */
export const CONFIRM_WITHIN_MS = 48 * 60 * 60_000;

/** What a reader subscribed to. */
export interface SubscriptionChoice {
  locale: Locale;
  /** Systems by id; null: all, also those that come later. */
  systems: string[] | null;
  kinds: SubscriptionKind[];
}

/**
 * A reader who subscribed. `pending` until the link in the first mail was followed (double
 * opt-in); ending a subscription deletes the row, so that no address outlives its purpose.
 */
export interface Subscriber extends SubscriptionChoice {
  /** 12 characters of [a-z0-9]. */
  id: string;
  /** A key of channels/. */
  channel: string;
  /** Where the channel finds the reader. Never logged. */
  address: string;
  status: 'pending' | 'active';
  /** Part of every signed link: a new one makes old links void. */
  nonce: string;
  /** What messages are signed with, where the channel signs them; shown once. */
  secret: string | null;
  created_at: EpochMs;
  confirmed_at: EpochMs | null;
}
