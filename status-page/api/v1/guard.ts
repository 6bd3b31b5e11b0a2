import type { MiddlewareHandler } from 'hono';
import type { Attempts } from '../../../http/attempts.ts';
import { bearerToken } from '../../../http/bearer.ts';
import { limitBody } from '../../../http/body.ts';
import { problem } from '../../../http/problem.ts';
import type { Log } from '../../../model/ports.ts';
import type { AdminTokenReads } from '../../../store/ports/admin-token.ts';
import { MAX_MAINTENANCE_BYTES } from '../../commands/limits.ts';
import type { PageEnv } from '../../kit/page-context.ts';

type Middleware = MiddlewareHandler<PageEnv>;

export interface TokenParts {
  store: AdminTokenReads;
  attempts: Attempts;
  log: Log;
}

/**
 * Middleware that requires the administrator token before anything else of the request is
 * processed.
 */
export function requireToken({ store, attempts, log }: TokenParts): Middleware {
  return async (c, next) => {
    const token = bearerToken(c.req.header('authorization'));
    if (token === null) return unauthorized('');
    if (await store.isAdminToken(token)) {
      attempts.succeeded(c.var.client);
      return next();
    }
    const seconds = await attempts.failed(c.var.client);
    if (seconds > 0) return tooManyAttempts(seconds);
    log.warn({}, 'wrong administrator token');
    return unauthorized(', error="invalid_token"');
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

export const limitApiBody: Middleware = limitBody(MAX_MAINTENANCE_BYTES, () =>
  problem({
    status: 413,
    title: 'The request is too large',
    detail: `At most ${MAX_MAINTENANCE_BYTES} bytes are taken.`,
  }),
);
