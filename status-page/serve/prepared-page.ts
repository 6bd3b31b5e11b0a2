import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Handler } from 'hono';
import { REVALIDATE } from '../../http/headers.ts';
import type { Words } from '../../messages/index.ts';
import type { Locale } from '../../model/vocabulary.ts';
import { htmlHeaders } from '../kit/answer.ts';
import type { PageDocument } from '../kit/documents.ts';
import type { PageContext } from '../kit/page-context.ts';
import { madeOnce } from './made-once.ts';
import { type Prepared, prepare, preparedAnswer, sendPrepared } from './prepared.ts';

/** A page as it is kept in memory, in the language of the request. */
export function preparePage(c: PageContext, document: PageDocument): Promise<Prepared> {
  const { documents, words } = c.var;
  return prepare(documents.render(document, words), {
    ...htmlHeaders(words.locale),
    'cache-control': REVALIDATE,
  });
}

export function sendPage(c: PageContext, page: Prepared): Response {
  const { incoming, outgoing } = c.env;
  // The router makes a response of its own for HEAD, after whatever was sent.
  if (incoming.method === 'HEAD') {
    const { status, headers } = preparedAnswer(incoming, page);
    return new Response(null, { status, headers: headers as Record<string, string> });
  }
  sendPrepared(incoming, outgoing, page);
  return RESPONSE_ALREADY_SENT;
}

/** Answers with a page that is the same for everybody, rendered once per language. */
export function samePage(render: (words: Words) => PageDocument): Handler {
  const pages = new Map<Locale, Promise<Prepared>>();
  return async (c: PageContext) => {
    const { words } = c.var;
    const page = await madeOnce(pages, words.locale, () => preparePage(c, render(words)));
    return sendPage(c, page);
  };
}
