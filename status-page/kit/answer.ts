import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Locale } from '../../model/vocabulary.ts';
import { type Article, articleDocument } from './article.ts';
import type { PageDocument } from './documents.ts';
import type { PageContext } from './page-context.ts';
import type { Handlers } from './route.ts';

/** Headers of an HTML document in a language. */
export function htmlHeaders(locale: Locale) {
  return { 'content-type': 'text/html; charset=utf-8', 'content-language': locale };
}

/** Request context of any wing. */
type AnsweringContext = Pick<PageContext, 'var' | 'body'>;

/** Responds with a page that must not be cached. */
export function answerPage(
  c: AnsweringContext,
  document: PageDocument,
  status: ContentfulStatusCode = 200,
  headers: Record<string, string> = {},
): Response {
  const { documents, words } = c.var;
  return c.body(documents.render(document, words), status, {
    ...htmlHeaders(words.locale),
    'cache-control': 'no-store',
    ...headers,
  });
}

/** Like `answerPage`, for an article. */
export function answerArticle(
  c: AnsweringContext,
  article: Article,
  status: ContentfulStatusCode = 200,
  headers: Record<string, string> = {},
): Response {
  return answerPage(c, articleDocument(article, c.var), status, headers);
}

/** Redirects `/en` to `/en/`. */
export function addSlashHandlers(): Handlers {
  return { GET: (c: PageContext) => c.redirect(c.var.words.href(`${c.req.path}/`), 308) };
}
