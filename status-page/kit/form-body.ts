import type { Context } from 'hono';
import { limitBody } from '../../http/body.ts';
import { problem } from '../../http/problem.ts';

/** Forms have some hundred bytes, a few thousand on sites with many systems. */
const MAX_FORM_BYTES = 16 * 1024;
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Middleware of every form route. */
export const limitFormBody = limitBody(MAX_FORM_BYTES, () =>
  problem({
    status: 413,
    title: 'The form is too large',
    detail: `Expected at most ${MAX_FORM_BYTES} bytes.`,
  }),
);

/** The form of the request; null for other content types. */
export async function readFormBody(c: Context): Promise<URLSearchParams | null> {
  const [type] = (c.req.header('content-type') ?? '').split(';');
  if (type?.trim().toLowerCase() !== FORM_TYPE) return null;
  return new URLSearchParams(await c.req.text());
}

export function notAForm(): Response {
  return problem({ status: 415, title: 'Not a form', detail: `Expected ${FORM_TYPE}.` });
}
