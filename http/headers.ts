import type { OutgoingHttpHeaders } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';

/**
 * Headers of every response: no inline scripts or styles, no framing, no referrer to other sites.
 */
export const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  // Same-origin rather than none: a form's Origin header would otherwise be "null".
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
} as const satisfies OutgoingHttpHeaders;

/** Middleware that adds missing security headers to every response. */
export const setSecurityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.res === RESPONSE_ALREADY_SENT) return;
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
};

/** Allows pages of any origin to read a response (CORS). */
export const ANY_ORIGIN = {
  'access-control-allow-origin': '*',
} as const satisfies OutgoingHttpHeaders;

/** Caches must revalidate each time, which costs a 304, so that no stale copy is used. */
export const REVALIDATE = 'no-cache';
/** For URLs that change with their content. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';
