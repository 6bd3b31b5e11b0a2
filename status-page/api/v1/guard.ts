import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { bearerToken } from '../../../http/bearer.ts';
import { limitBody } from '../../../http/body.ts';
import { clientAddress } from '../../../http/client-address.ts';
import { problem } from '../../../http/problem.ts';
import type { Log } from '../../../model/ports.ts';
import type { StoreReader } from '../../../store/store.ts';
import type { Attempts } from '../../admin/attempts.ts';

type Middleware = MiddlewareHandler<{ Bindings: HttpBindings }>;

/**
 * Lets in whoever shows the administrator's token. Nothing else of the request is looked at before.
 */
export function requireToken({
  store,
  attempts,
  log,
}: {
  store: Pick<StoreReader, 'isAdminToken'>;
  attempts: Attempts;
  log: Log;
}): Middleware {
  return async (c, next) => {
    const client = clientAddress(c.env.incoming);
    const seconds = attempts.waitSeconds(client);
    if (seconds > 0) return tooManyAttempts(seconds);
    const token = bearerToken(c.req.header('authorization'));
    if (token === null) return unauthorized('');
    if (!(await store.isAdminToken(token))) {
      attempts.failed(client);
      log.warn({}, "somebody showed a wrong administrator's token");
      return unauthorized(', error="invalid_token"');
    }
    return next();
  };
}

function unauthorized(error: string): Response {
  return problem({
    status: 401,
    title: "The administrator's token is needed",
    detail: 'Send it as: Authorization: Bearer piaokuang_admin_…',
    headers: { 'www-authenticate': `Bearer realm="piaokuang"${error}` },
  });
}

function tooManyAttempts(seconds: number): Response {
  return problem({
    status: 429,
    title: 'Too many wrong tokens',
    detail: `Try again in ${seconds} s.`,
    headers: { 'retry-after': String(seconds) },
  });
}

/** Far more than the longest texts in both languages. */
export const MAX_BODY_BYTES = 64 * 1024;

export const limitApiBody = limitBody(MAX_BODY_BYTES, () =>
  problem({
    status: 413,
    title: 'The request is too large',
    detail: `At most ${MAX_BODY_BYTES} bytes are taken.`,
  }),
);
