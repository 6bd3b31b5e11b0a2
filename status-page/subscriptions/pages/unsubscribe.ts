import { tokenOf } from '../../kit/link-token.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import { messagePage, unsubscribePage } from '../views/pages.ts';
import { answerFailedLink, answerSubscriber, subscribeLink } from './answer.ts';
import { type SubscriptionsWing, subscriberContext } from './wing.ts';

/** Unsubscribes; in the subscriber's language, else in the negotiated one. */
export function unsubscribeHandlers(wing: SubscriptionsWing): Handlers {
  const { subscriptions } = wing;
  return {
    GET: async (c: PageContext) => {
      const found = await subscriptions.find(tokenOf(c), 'unsubscribe');
      if (typeof found === 'string') return answerFailedLink(c, found);
      const words = c.var.wordsIn(found.locale);
      c.set('words', words);
      const body = unsubscribePage(subscriberContext(wing, found, words));
      return answerSubscriber(c, 'unsubscribe.title', body);
    },
    /** Also used by mail clients (RFC 8058): without page or cookie, idempotent. */
    POST: async (c: PageContext) => {
      const found = await subscriptions.find(tokenOf(c), 'unsubscribe');
      if (found === 'forged' || found === 'expired') return answerFailedLink(c, found);
      if (found !== 'gone') {
        c.set('words', c.var.wordsIn(found.locale));
        await subscriptions.end(found);
      }
      const { words } = c.var;
      const body = messagePage({
        title: words.text('unsubscribed.title'),
        paragraphs: [words.text('unsubscribed.about')],
        next: subscribeLink(words, 'unsubscribed.again'),
      });
      return answerSubscriber(c, 'unsubscribed.title', body);
    },
  };
}
