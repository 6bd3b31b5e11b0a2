import type { Words } from '../../../messages/index.ts';
import type { Subscriber } from '../../../model/subscription.ts';
import { subscriptionLinks } from '../../../model/subscription-links.ts';
import type { Wing, WingParts } from '../../kit/wing.ts';
import { type SubscriptionOptions, subscriptionOptions } from '../options.ts';
import { createSubscriptions, type Subscriptions } from '../subscriptions.ts';

/** Context of the subscription pages. */
export interface SubscriptionsWing extends Wing {
  subscriptions: Subscriptions;
  options: SubscriptionOptions;
}

export function createSubscriptionsWing(parts: WingParts): SubscriptionsWing {
  return {
    ...parts,
    subscriptions: createSubscriptions(parts),
    options: subscriptionOptions(parts.configuration),
  };
}

/** The offered systems, by name. */
export function systemChoices({ configuration, options }: SubscriptionsWing, words: Words) {
  return configuration.systems
    .filter(({ id }) => options.systems.includes(id))
    .map(({ id, name }) => ({ id, name: words.name(name) }));
}

/** Context of a page about one subscriber. */
export function subscriberContext(wing: SubscriptionsWing, subscriber: Subscriber, words: Words) {
  const { configuration, signer } = wing;
  // The page stays in the reader's language, even if messages use another.
  const reader = { ...subscriber, locale: words.locale };
  const { public_url } = configuration.page;
  return {
    subscriber,
    links: subscriptionLinks({ public_url, signer, subscriber: reader }),
    systems: systemChoices(wing, words),
    words,
  };
}
