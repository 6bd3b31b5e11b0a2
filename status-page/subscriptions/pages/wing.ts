import type { Words } from '../../../messages/index.ts';
import type { Subscriber } from '../../../model/subscription.ts';
import { subscriptionLinks } from '../../../model/subscription-links.ts';
import type { Wing, WingParts } from '../../kit/wing.ts';
import { type SubscriptionOptions, subscriptionOptions } from '../options.ts';
import { createSubscriptions, type Subscriptions } from '../subscriptions.ts';

/** What the pages for those who want to be told work with. */
export interface SubscriptionsWing extends Wing, WingParts {
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

/** The systems to choose from, by name. */
export function systemChoices({ configuration, options }: SubscriptionsWing, words: Words) {
  return configuration.systems
    .filter(({ id }) => options.systems.includes(id))
    .map(({ id, name }) => ({ id, name: words.name(name) }));
}

/** What a page about one subscriber shows. */
export function subscriberContext(wing: SubscriptionsWing, subscriber: Subscriber, words: Words) {
  const { configuration, signer } = wing;
  // Whoever reads in another language than that of the messages stays in it.
  const reader = { ...subscriber, locale: words.locale };
  const { public_url } = configuration.page;
  return {
    subscriber,
    links: subscriptionLinks({ public_url, signer, subscriber: reader }),
    systems: systemChoices(wing, words),
    words,
  };
}
