import type { Context, MiddlewareHandler } from 'hono';
import { problem } from './problem.ts';

/**
 * Whether the request is same-origin: browsers always send one of these headers with a form's POST.
 */
export function isSameOrigin(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin');
  return (
    origin !== undefined && URL.canParse(origin) && new URL(origin).host === c.req.header('host')
  );
}

/** Middleware that refuses cross-site requests; `what_to_do` is the advice for the visitor. */
export function requireSameOrigin(what_to_do: string): MiddlewareHandler {
  return async (c, next) => {
    if (isSameOrigin(c)) return await next();
    return problem({
      status: 403,
      title: 'Only this page may do that',
      detail: `${what_to_do}; the request names another origin, or none.`,
    });
  };
}
