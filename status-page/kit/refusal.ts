import type { MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { html, nothing } from 'lit';
import { prefersHtml } from '../../http/negotiation.ts';
import { PROBLEM_TYPE } from '../../http/problem.ts';
import type { Words } from '../../messages/index.ts';
import { siteAddress } from '../../model/site-address.ts';
import { SECOND } from '../../model/time.ts';
import { answerArticle } from './answer.ts';
import type { PageEnv } from './page-context.ts';

/** Refusals with words of their own. */
const TOLD = [400, 403, 404, 405, 410, 413, 429, 500, 503] as const;

/** Below which programs alone ask, also in a language. */
const OF_API = /^\/(?:[\w-]+\/)?api\//;

/**
 * Answers a browser with a page in the reader's language where a program gets a problem document.
 * Its status and its headers stay.
 */
export const refusalsAsPages: MiddlewareHandler<PageEnv> = async (c, next) => {
  await next();
  const { status, headers } = c.res;
  if (headers.get('content-type') !== PROBLEM_TYPE) return;
  if (OF_API.test(c.req.path) || !prefersHtml(c.req.header('accept'))) return;
  const { words, page } = c.var;
  const told = TOLD.find((it) => it === status) ?? 'other';
  const title = words.text(`refusal.${told}_title`);
  const about = words.text(`refusal.${told}_about`);
  // Who came by another name goes on by ours.
  const path = `/${words.locale}/`;
  const front = status === 421 ? siteAddress(page.public_url, path) : words.href(path);
  const body = html`<h1>${title}</h1>
    <p class="lead">${about}${retryText(headers.get('retry-after'), words)}</p>
    <p class="steps"><a class="button" href="${front}">${words.text('refusal.to_front')}</a></p>
    <p class="soft">${words.text('refusal.status', { status: String(status) })}</p>`;
  const article = { title, description: about, path: '', body };
  c.res = answerArticle(c, article, status as ContentfulStatusCode, {
    vary: 'Accept, Accept-Language',
  });
};

function retryText(retry_after: string | null, words: Words) {
  const seconds = Number(retry_after ?? 0);
  if (!(seconds > 0)) return nothing;
  const duration = words.duration(seconds * SECOND);
  return `${words.text('sentence.separator')}${words.text('refusal.retry', { duration })}`;
}
