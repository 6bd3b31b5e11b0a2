import { linkToken } from './links.ts';
import type { Signer } from './ports.ts';
import { siteAddress } from './site-address.ts';
import { CONFIRM_WITHIN_MS, type Subscriber } from './subscription.ts';

/** Personal links to the public page, sent to the subscriber only. */
export interface SubscriptionLinks {
  /** Confirms the subscription, within 48 h of the request. */
  confirm: string;
  /** Shows, changes and ends the subscription. */
  manage: string;
  /** Unsubscribes: GET asks for confirmation, POST takes effect at once (RFC 8058). */
  unsubscribe: string;
}

interface LinkParts {
  public_url: string;
  signer: Signer;
  subscriber: Subscriber;
}

/** The signed links of a subscriber; deterministic, so that a resent message is identical. */
export function subscriptionLinks(parts: LinkParts): SubscriptionLinks {
  const { public_url, signer } = parts;
  const { id: subject, nonce, locale, created_at } = parts.subscriber;
  const link = (purpose: keyof SubscriptionLinks, path: string, expires_at: number | null) =>
    siteAddress(
      public_url,
      `${path}?t=${linkToken({ purpose, subject, nonce, expires_at }, signer)}`,
    );
  return {
    confirm: link('confirm', `/${locale}/subscription/confirm`, created_at + CONFIRM_WITHIN_MS),
    manage: link('manage', `/${locale}/subscription`, null),
    unsubscribe: link('unsubscribe', '/unsubscribe', null),
  };
}
