import { requireSameOrigin } from '../../../http/origin.ts';
import type { Words } from '../../../messages/index.ts';
import { answerArticle } from '../../kit/answer.ts';
import type { Article } from '../../kit/article.ts';
import { limitFormBody, notAForm, readFormBody } from '../../kit/form-body.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import { samePage } from '../../serve/prepared-page.ts';
import { type FieldProblem, readSignUp, type SignUpInput, validateSignUp } from '../input.ts';
import type { SubscriptionOptions } from '../options.ts';
import { messagePage } from '../views/pages.ts';
import { subscribeForm } from '../views/subscribe-page.ts';
import { subscribeLink, subscriptionArticle } from './answer.ts';
import { type SubscriptionsWing, systemChoices } from './wing.ts';

/** The subscription form. */
export function subscribeHandlers(wing: SubscriptionsWing): Handlers {
  const { subscriptions, options } = wing;
  return {
    GET: samePage((words) => formArticle(wing, words, { input: blank(words, options) })),
    POST: [
      limitFormBody,
      // Prevents other sites from submitting the form through a visitor's browser.
      requireSameOrigin('Use the form on the page itself'),
      async (c: PageContext) => {
        const { words } = c.var;
        const form = await readFormBody(c);
        if (form === null) return notAForm();
        const input = readSignUp(form, options);
        const validated = validateSignUp(input, options);
        if ('problems' in validated) {
          return answerArticle(c, formArticle(wing, words, { input, ...validated }), 422);
        }
        const wait_ms = await subscriptions.signUp(validated.value, c.var.client);
        if (wait_ms > 0) {
          c.header('retry-after', String(Math.ceil(wait_ms / 1_000)));
          return answerArticle(c, formArticle(wing, words, { input, wait_ms }), 429);
        }
        return c.redirect(words.href(`/${words.locale}/subscribe/sent`), 303);
      },
    ],
  };
}

/** Confirms that a message was sent. */
export function sentHandlers(): Handlers {
  return {
    GET: samePage((words) => {
      const body = messagePage({
        title: words.text('sent.title'),
        paragraphs: [words.text('sent.about'), words.text('sent.missing')],
        next: subscribeLink(words, 'sent.again'),
      });
      return subscriptionArticle('sent.title', body, { words, path: 'subscribe/sent' });
    }),
  };
}

/** The empty form, or the refused input with its problems. */
function formArticle(
  wing: SubscriptionsWing,
  words: Words,
  sent: { input: SignUpInput; problems?: FieldProblem[]; wait_ms?: number },
): Article {
  const { input, problems = [], wait_ms = 0 } = sent;
  const { channels, languages } = wing.options;
  const body = subscribeForm({
    input,
    channels,
    wait: wait_ms > 0 ? words.duration(wait_ms) : null,
    page: wing.configuration.page,
    context: { words, systems: systemChoices(wing, words), languages, problems },
  });
  const article = subscriptionArticle('subscribe.title', body, { words, path: 'subscribe' });
  return { ...article, is_listed: true };
}

function blank({ locale }: Words, { channels }: SubscriptionOptions): SignUpInput {
  return {
    channel: channels[0]?.id ?? '',
    addresses: {},
    scope: 'all',
    systems: [],
    kinds: ['incident', 'maintenance'],
    locale,
  };
}
