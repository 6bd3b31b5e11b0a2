import { type Handler, Hono, type MiddlewareHandler } from 'hono';
import { getPath } from 'hono/utils/url';
import { type FrontDoor, NOT_FOUND, pathOf, UNREADABLE } from '../http/front-door.ts';
import { isHangUp } from '../http/hang-up.ts';
import { ANY_ORIGIN } from '../http/headers.ts';
import { createHeldRequest } from '../http/held-request.ts';
import { createInFlight } from '../http/in-flight.ts';
import { allowHeader, isAllowed, methodNotAllowed } from '../http/methods.ts';
import { createPathInSite, type PathInSite } from '../http/path-in-site.ts';
import { problem } from '../http/problem.ts';
import { setSecurityHeaders } from '../http/secure.ts';
import type { Log } from '../model/ports.ts';
import { storageCauseOf } from '../store/errors.ts';
import { type PageEnv, type PageSite, setPageContext } from './kit/page-context.ts';
import { refusalsAsPages } from './kit/refusal.ts';
import type { Address } from './kit/route.ts';
import { answerUnavailable, RETRY_AFTER_SECONDS } from './kit/unavailable.ts';
import type { Route, Wings } from './routes.ts';
import { bySpecificity, createFindRoute, routerPath } from './serve/route-table.ts';

export interface AppParts extends PageSite {
  /** Routes of this site. */
  routes: readonly Route[];
  wings: Wings;
  /** Asked of every request before its route. */
  door: FrontDoor;
  /** Whether there has been a publication. */
  isReady(): boolean;
  log: Log;
}

/** Forms and commands at once, in each wing: a flood of sign-ups keeps no administrator out. */
const SENDS = { all: 500, per_client: 50 };
/** What anybody may have computed: a second of work each at most. */
const COMPUTED = { all: 64, per_client: 4 };

/**
 * Handles everything that is not prerendered (see serve/server.ts), including unknown paths.
 * @throws when a row of the table has no handler, or a handler no row
 */
export function createApp(parts: AppParts): Hono<PageEnv> {
  const { routes, wings, page, door, isReady, log } = parts;
  const pathInSite = createPathInSite(page.public_url);
  const app = new Hono<PageEnv>({ getPath: pathWithin(pathInSite) });
  const findRoute = createFindRoute(routes, page.languages);

  const sends = new Map(routes.map(({ wing }) => [wing, bounded(SENDS)]));
  const computed = bounded(COMPUTED);

  app.use(setSecurityHeaders, setPageContext(parts), refusalsAsPages);
  app.use(forAnyOrigin(findRoute), refuseAtDoor(door), leadBelow(pathInSite));
  for (const route of bySpecificity(routes)) {
    const { middleware = [], guard = [] } = wings[route.wing] ?? {};
    const before = [...middleware, ...(route.is_open ? [] : guard)];
    for (const [method, handlers] of handlersOf(route, wings)) {
      const is_computed = route.kind === 'api' && route.is_open;
      const bound = method !== 'GET' ? sends.get(route.wing) : is_computed && computed;
      const first = bound ? [bound, ...before] : before;
      app.on([method], [routerPath(route.path, page.languages)], ...first, ...handlers);
    }
  }

  app.notFound((c) => {
    const route = findRoute(c.req.path);
    if (route !== null && c.req.method === 'OPTIONS') return options(route);
    if (route !== null && !isAllowed(c.req.method, route.methods)) {
      return methodNotAllowed(route.methods);
    }
    if (!isReady()) return notYet();
    return problem(NOT_FOUND);
  });
  app.onError((err, c) => {
    if (isHangUp(err)) return problem(UNREADABLE);
    log.error({ err }, 'request failed');
    const is_away = storageCauseOf(err) !== null;
    const kind = findRoute(c.req.path)?.kind;
    if (is_away && (kind === 'page' || kind === 'form')) return answerUnavailable(c);
    if (is_away) return unavailable();
    return problem({
      status: 500,
      title: 'Something went wrong here',
      detail: 'It was logged; try again in a moment.',
    });
  });
  return app;
}

/** Pages of any origin read all answers of what is for them, so that they see refusals too. */
function forAnyOrigin(findRoute: (path: string) => Address | null): MiddlewareHandler<PageEnv> {
  return async (c, next) => {
    await next();
    const route = findRoute(c.req.path);
    if (route === null || !isForAnyOrigin(route)) return;
    for (const [name, value] of Object.entries(ANY_ORIGIN)) c.res.headers.set(name, value);
  };
}

function isForAnyOrigin({ wing, kind, is_open }: Address): boolean {
  if (wing === 'api/v1') return is_open;
  return wing === 'api/v2' || kind === 'feed' || kind === 'outside';
}

function refuseAtDoor(door: FrontDoor): MiddlewareHandler<PageEnv> {
  return async (c, next) => {
    const refusal = door(c.env.incoming);
    return refusal === null ? await next() : problem(refusal);
  };
}

/** The path that is routed: what is not below the site's own is refused before. */
function pathWithin(pathInSite: PathInSite) {
  return (request: Request) => {
    const path = getPath(request);
    return pathInSite(path) ?? path;
  };
}

/** The root, and the site's own path without its slash, lead to it; beside it there is nothing. */
function leadBelow(pathInSite: PathInSite): MiddlewareHandler<PageEnv> {
  return async (c, next) => {
    const path = pathOf(c.env.incoming.url ?? '/');
    if (pathInSite(path) !== null) return await next();
    const front = c.var.words.href('/');
    const leads_there = path === '/' || `${path}/` === front;
    return leads_there ? c.redirect(front, 302) : problem(NOT_FOUND);
  };
}

/** Refuses what more than so many ask for or send at once, before any of it is read. */
function bounded(limits: { all: number; per_client: number }): MiddlewareHandler<PageEnv> {
  const in_flight = createInFlight(limits);
  return async (c, next) => {
    const { incoming, outgoing } = c.env;
    const leave = in_flight.enter(c.var.client, createHeldRequest(incoming, outgoing, c.var.clock));
    if (leave === null)
      return problem({
        status: 429,
        title: 'Too much at once',
        detail: 'Nothing of this was read; ask again in a moment.',
        headers: { 'retry-after': '5' },
      });
    // What is sent as it is read has only begun when its handler returns.
    outgoing.once('close', leave);
    return await next();
  };
}

/** The handlers of a row by method, validated against its methods. */
function handlersOf(route: Route, wings: Wings): [method: string, handlers: Handler[]][] {
  if (route.createHandlers === null) return [];
  const handlers = Object.entries(route.createHandlers(wings));
  const [has, names] = [handlers.map(([method]) => method).sort(), [...route.methods].sort()];
  if (String(has) !== String(names)) {
    throw new Error(`${route.path} handles ${has}, its row names ${names}`);
  }
  return handlers.map(([method, own]) => [method, [own].flat()]);
}

function options(route: Address): Response {
  const allow = allowHeader(route.methods);
  const asked_by_pages = isForAnyOrigin(route) ? { 'access-control-allow-methods': allow } : {};
  return new Response(null, { status: 204, headers: { allow, ...asked_by_pages } });
}

/** The response of an API while nothing can be stored or read. */
function unavailable(): Response {
  return problem({
    status: 503,
    title: 'Storage is away',
    detail: 'Nothing was stored; try again in a moment.',
    headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
  });
}

/** The response before the first publication, e.g. while the collector creates the database. */
function notYet(): Response {
  return problem({
    status: 503,
    title: 'Starting',
    detail: 'The first results are being read; try again in a few seconds.',
    headers: { 'retry-after': '2' },
  });
}
