import { html } from 'lit';
import { answerArticle } from './answer.ts';
import type { PageContext } from './page-context.ts';

/** Locks and full disks pass within minutes, if they pass. */
export const RETRY_AFTER_SECONDS = 10;

/** The page that says, in the reader's language, that nothing was stored and what to do. */
export function answerUnavailable(c: PageContext): Response {
  const { words } = c.var;
  const title = words.text('unavailable.title');
  const about = words.text('unavailable.about');
  const body = html`<h1>${title}</h1><p>${about}</p>`;
  const article = { title, description: about, path: '', body };
  return answerArticle(c, article, 503, { 'retry-after': String(RETRY_AFTER_SECONDS) });
}
