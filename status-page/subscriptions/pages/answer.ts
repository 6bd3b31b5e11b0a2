import type { TemplateResult } from 'lit';
import type { SubscriptionKey, Words } from '../../../messages/index.ts';
import { answerArticle } from '../../kit/answer.ts';
import type { Article } from '../../kit/article.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { LinkFailure } from '../subscriptions.ts';
import { messagePage } from '../views/pages.ts';

/**
 * A page for subscribers, which must not be indexed because signed links are personal. `path` is
 * below the language.
 */
export function subscriptionArticle(
  title: SubscriptionKey,
  body: TemplateResult,
  { words, path = '' }: { words: Words; path?: string },
): Article {
  return {
    title: words.text(title),
    description: words.text('subscribe.about'),
    path,
    body,
    styles: ['forms'],
  };
}

export function answerSubscriber(
  c: PageContext,
  title: SubscriptionKey,
  body: TemplateResult,
  { path = '', status = 200 }: { path?: string; status?: 200 | 404 | 410 | 422 } = {},
): Response {
  const { words } = c.var;
  return answerArticle(c, subscriptionArticle(title, body, { words, path }), status);
}

/** The response to an invalid link. */
export function answerFailedLink(c: PageContext, failure: LinkFailure): Response {
  const { words } = c.var;
  const title = `link.${failure}_title` as const;
  const body = messagePage({
    title: words.text(title),
    paragraphs: [words.text(`link.${failure}_about`)],
    next: subscribeLink(words, 'subscribe.title'),
  });
  return answerSubscriber(c, title, body, { status: failure === 'forged' ? 404 : 410 });
}

/** A link to the subscription form. */
export function subscribeLink(words: Words, text: SubscriptionKey) {
  return { href: words.href(`/${words.locale}/subscribe`), text: words.text(text) };
}
