import type { OutgoingHttpHeaders } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';

/**
 * On every answer. Nothing inline runs or styles, nobody frames the page, and no other site learns
 * where a reader was.
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

/** Middleware that gives every answer the security headers that it has not set itself. */
export const setSecurityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.res === RESPONSE_ALREADY_SENT) return;
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
};

/** Lets pages of any origin read an answer. */
export const ANY_ORIGIN = {
  'access-control-allow-origin': '*',
} as const satisfies OutgoingHttpHeaders;

/**
 * May be stored but is asked for anew each time, which costs a 304: no copy outlives what it says.
 */
export const REVALIDATE = 'no-cache';
/** For addresses that change with their content. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';
