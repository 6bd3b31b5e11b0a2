import { supportedLocale } from '../../../model/languages.ts';
import type { Subscriber } from '../../../model/subscription.ts';
import { limitFormBody, notAForm, readFormBody } from '../../kit/form-body.ts';
import { tokenOf } from '../../kit/link-token.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import { type ChoiceInput, type FieldProblem, readChoice, validateChoice } from '../input.ts';
import type { SubscriptionOptions } from '../options.ts';
import { managePage } from '../views/pages.ts';
import { answerFailedLink, answerSubscriber } from './answer.ts';
import { type SubscriptionsWing, subscriberContext } from './wing.ts';

/** All stored data of a subscriber, and forms to change it. */
export function manageHandlers(wing: SubscriptionsWing): Handlers {
  const { subscriptions, options } = wing;
  return {
    GET: async (c: PageContext) => {
      const found = await subscriptions.find(tokenOf(c), 'manage');
      if (typeof found === 'string') return answerFailedLink(c, found);
      const saved = c.req.query('saved') !== undefined;
      return answer(c, wing, found, { input: inputOf(found, options), saved });
    },
    POST: [
      limitFormBody,
      async (c: PageContext) => {
        const token = tokenOf(c);
        const found = await subscriptions.find(token, 'manage');
        if (typeof found === 'string') return answerFailedLink(c, found);
        const form = await readFormBody(c);
        if (form === null) return notAForm();
        const input = readChoice(form);
        const validated = validateChoice(input, options);
        if ('problems' in validated) return answer(c, wing, found, { input, ...validated });
        const is_there = await subscriptions.change(found, validated.value);
        if (!is_there) return answerFailedLink(c, 'gone');
        const { words } = c.var;
        return c.redirect(words.href(`/${words.locale}/subscription?t=${token}&saved=1`), 303);
      },
    ],
  };
}

/** The form with stored values, or with refused input and its problems. */
function answer(
  c: PageContext,
  wing: SubscriptionsWing,
  subscriber: Subscriber,
  shown: { input: ChoiceInput; saved?: boolean; problems?: FieldProblem[] },
): Response {
  const { input, saved = false, problems = [] } = shown;
  const context = subscriberContext(wing, subscriber, c.var.words);
  const { words } = c.var;
  const { languages } = wing.options;
  const form = { words, systems: context.systems, languages, problems };
  return answerSubscriber(c, 'manage.title', managePage({ input, saved, form, context }), {
    path: `subscription?t=${tokenOf(c)}`,
    status: problems.length > 0 ? 422 : 200,
  });
}

function inputOf(
  { systems, kinds, locale }: Subscriber,
  { languages }: SubscriptionOptions,
): ChoiceInput {
  return {
    scope: systems === null ? 'all' : 'some',
    systems: systems ?? [],
    kinds,
    locale: supportedLocale(locale, languages),
  };
}
