import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import { SECURITY_HEADERS } from './headers.ts';

/** Middleware that adds missing security headers to every response. */
export const setSecurityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.res === RESPONSE_ALREADY_SENT) return;
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
};
