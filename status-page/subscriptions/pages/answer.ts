import type { TemplateResult } from 'lit';
import type { SubscriptionKey, Words } from '../../../messages/index.ts';
import { answerArticle } from '../../kit/answer.ts';
import type { Article } from '../../kit/article.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { LinkFailure } from '../subscriptions.ts';
import { messagePage } from '../views/pages.ts';

/**
 * A page for subscribers. `path` is where it is in the other languages; search engines may list
 * none, for what a signed link shows is for its holder.
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

/** Says why a link leads nowhere. */
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

/** The way to subscribe, once more. */
export function subscribeLink(words: Words, text: SubscriptionKey) {
  return { href: `/${words.locale}/subscribe`, text: words.text(text) };
}

/** What a signed link carries. */
export function tokenOf(c: PageContext): string {
  return c.req.query('t') ?? '';
}
