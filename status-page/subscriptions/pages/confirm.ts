import type { Subscriber } from '../../../model/subscription.ts';
import { tokenOf } from '../../kit/link-token.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import { confirmedPage, confirmSubscriptionPage, messagePage } from '../views/pages.ts';
import { answerFailedLink, answerSubscriber } from './answer.ts';
import { type SubscriptionsWing, subscriberContext } from './wing.ts';

/** Confirms a subscription by the signed link in the first message. */
export function confirmHandlers(wing: SubscriptionsWing): Handlers {
  const { subscriptions } = wing;
  return {
    GET: async (c: PageContext) => {
      const token = tokenOf(c);
      const found = await subscriptions.find(token, 'confirm');
      if (typeof found === 'string') return answerFailedLink(c, found);
      if (found.status === 'active') return answerAlready(c, wing, found);
      const body = confirmSubscriptionPage(subscriberContext(wing, found, c.var.words));
      const path = `subscription/confirm?t=${token}`;
      return answerSubscriber(c, 'confirm.title', body, { path });
    },
    POST: async (c: PageContext) => {
      const found = await subscriptions.find(tokenOf(c), 'confirm');
      if (typeof found === 'string') return answerFailedLink(c, found);
      const is_new = await subscriptions.confirm(found);
      if (!is_new) return answerAlready(c, wing, found);
      const body = confirmedPage(subscriberContext(wing, found, c.var.words));
      return answerSubscriber(c, 'confirmed.title', body);
    },
  };
}

function answerAlready(c: PageContext, wing: SubscriptionsWing, subscriber: Subscriber): Response {
  const { words } = c.var;
  const { pathname, search } = new URL(subscriberContext(wing, subscriber, words).links.manage);
  const body = messagePage({
    title: words.text('already.title'),
    paragraphs: [words.text('already.about')],
    next: { href: pathname + search, text: words.text('confirmed.manage') },
  });
  return answerSubscriber(c, 'already.title', body);
}
