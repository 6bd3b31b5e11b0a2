import { DAY } from './time.ts';
import type { EpochMs, Locale } from './vocabulary.ts';

export const SUBSCRIPTION_KINDS = ['incident', 'maintenance'] as const;
export type SubscriptionKind = (typeof SUBSCRIPTION_KINDS)[number];

/** Unconfirmed subscriptions and their confirmation links expire after this time. */
export const CONFIRM_WITHIN_MS = 2 * DAY;

/** The content of a subscription. */
export interface SubscriptionChoice {
  locale: Locale;
  /** System ids; null: all, including future ones. */
  systems: string[] | null;
  kinds: SubscriptionKind[];
}

/**
 * A subscriber. `pending` until the confirmation link was followed (double opt-in); unsubscribing
 * deletes the row and the address.
 */
export interface Subscriber extends SubscriptionChoice {
  /** 12 characters of [a-z0-9]. */
  id: string;
  /** A key of channels/. */
  channel: string;
  /** Destination address of the channel. Never logged. */
  address: string;
  status: 'pending' | 'active';
  /** Part of every signed link; a new nonce invalidates old links. */
  nonce: string;
  /** Signing secret, where the channel signs messages; shown once. */
  secret: string | null;
  created_at: EpochMs;
  confirmed_at: EpochMs | null;
}
