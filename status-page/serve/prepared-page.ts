import type { OutgoingHttpHeaders } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Handler } from 'hono';
import { REVALIDATE } from '../../http/headers.ts';
import type { Words } from '../../messages/index.ts';
import type { Locale } from '../../model/vocabulary.ts';
import { htmlHeaders } from '../kit/answer.ts';
import { type Article, articleDocument } from '../kit/article.ts';
import type { PageContext } from '../kit/page-context.ts';
import { memoizeAsync } from './memoize-async.ts';
import { type Prepared, prepare, preparedAnswer, sendPrepared } from './prepared.ts';

/** Prepares a page for caching, in the language of the request, with further headers. */
export function preparePage(
  c: PageContext,
  article: Article,
  more: Record<string, string> = {},
): Promise<Prepared> {
  const { documents, words } = c.var;
  return prepare(documents.render(articleDocument(article, c.var), words), {
    ...htmlHeaders(words.locale),
    'cache-control': REVALIDATE,
    ...more,
  });
}

/** Sends a page, with headers of the moment if there are any. */
export function sendPage(
  c: PageContext,
  prepared: Prepared,
  now: OutgoingHttpHeaders = {},
): Response {
  const { incoming, outgoing } = c.env;
  // The router generates its own response to HEAD after this one.
  if (incoming.method === 'HEAD') {
    const { status, headers } = preparedAnswer(incoming, prepared);
    const all = { ...headers, ...now } as Record<string, string>;
    return new Response(null, { status, headers: all });
  }
  sendPrepared(incoming, outgoing, prepared, now);
  return RESPONSE_ALREADY_SENT;
}

/** Handler of a page that is the same for everybody, rendered once per language. */
export function samePage(render: (words: Words) => Article): Handler {
  const pages = new Map<Locale, Promise<Prepared>>();
  return async (c: PageContext) => {
    const { words } = c.var;
    const page = await memoizeAsync(pages, words.locale, () => preparePage(c, render(words)));
    return sendPage(c, page);
  };
}
