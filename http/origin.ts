import type { Context, MiddlewareHandler } from 'hono';
import { isLoopbackHost } from './front-door.ts';
import { problem } from './problem.ts';

/**
 * Whether the request is same-origin: browsers always send one of these headers with a form's POST.
 * Origins are `public_url`, and an address of this machine that the request was sent to; that Host
 * names no other is the front door's business.
 */
export function isSameOrigin({ req }: Pick<Context, 'req'>, public_url: string): boolean {
  const site = req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = URL.parse(req.header('origin') ?? '');
  const ours = new URL(public_url);
  if (origin === null) return false;
  if (origin.origin === ours.origin) return true;
  // At its public name a site has that one origin; on this machine a port may be forwarded.
  const is_public_name = origin.hostname === ours.hostname && !isLoopbackHost(ours.host);
  return !is_public_name && origin.host === req.header('host');
}

/** Variables of a request to a site. */
interface SiteEnv {
  Variables: { page: { public_url: string } };
}

/** Middleware that refuses cross-site requests; `what_to_do` is the advice for the visitor. */
export function requireSameOrigin<E extends SiteEnv>(what_to_do: string): MiddlewareHandler<E> {
  return async (c, next) => {
    if (isSameOrigin(c, c.var.page.public_url)) return await next();
    return problem({
      status: 403,
      title: 'Only this page may do that',
      detail: `${what_to_do}; the request names another origin, or none.`,
    });
  };
}
