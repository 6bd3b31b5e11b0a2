import { linkToken } from './links.ts';
import type { Signer } from './ports.ts';
import { CONFIRM_WITHIN_MS, type Subscriber } from './subscription.ts';

/** Addresses on the public page that only this subscriber is sent. */
export interface SubscriptionLinks {
  /** Starts the subscription, until 48 h after it was asked for. */
  confirm: string;
  /** Shows what is kept, and changes or ends it. */
  manage: string;
  /** Ends it: GET asks first, POST does it at once (RFC 8058). */
  unsubscribe: string;
}

interface LinkParts {
  public_url: string;
  signer: Signer;
  subscriber: Subscriber;
}

/**
 * The signed links of a subscriber: the same each time, so that a message repeated is the same
 * message.
 */
export function subscriptionLinks(parts: LinkParts): SubscriptionLinks {
  const { public_url, signer } = parts;
  const { id: subject, nonce, locale, created_at } = parts.subscriber;
  const link = (purpose: keyof SubscriptionLinks, path: string, expires_at: number | null) =>
    `${public_url}${path}?t=${linkToken({ purpose, subject, nonce, expires_at }, signer)}`;
  return {
    confirm: link('confirm', `/${locale}/subscription/confirm`, created_at + CONFIRM_WITHIN_MS),
    manage: link('manage', `/${locale}/subscription`, null),
    unsubscribe: link('unsubscribe', '/unsubscribe', null),
  };
}
