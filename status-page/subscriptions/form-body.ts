import type { Context } from 'hono';
import { limitBody } from '../../http/body.ts';
import { problem } from '../../http/problem.ts';

/** A form is some hundred bytes; a site with many systems sends a few thousand. */
const MAX_FORM_BYTES = 16 * 1024;
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Comes before every form. */
export const limitFormBody = limitBody(MAX_FORM_BYTES, () =>
  problem({
    status: 413,
    title: 'The form is too large',
    detail: `Expected at most ${MAX_FORM_BYTES} bytes.`,
  }),
);

/** null: it is something else than a form. */
export async function readFormBody(c: Context): Promise<URLSearchParams | null> {
  const [type] = (c.req.header('content-type') ?? '').split(';');
  if (type?.trim().toLowerCase() !== FORM_TYPE) return null;
  return new URLSearchParams(await c.req.text());
}

export function notAForm(): Response {
  return problem({ status: 415, title: 'Not a form', detail: `Expected ${FORM_TYPE}.` });
}
