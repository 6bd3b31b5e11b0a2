import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type FrontDoor, pathOf, UNREADABLE } from '../../http/front-door.ts';
import { negotiateLocale } from '../../http/negotiation.ts';
import type { PathInSite } from '../../http/path-in-site.ts';
import { problem } from '../../http/problem.ts';
import { REQUEST_LIMITS } from '../../http/request-limits.ts';
import type { Clock, Telemetry } from '../../model/ports.ts';
import { cacheControlUntil, publishedCacheControl } from './cache-control.ts';
import { type Prepared, sendPrepared } from './prepared.ts';
import type { Publication } from './publication.ts';

export interface PageServerParts {
  /** The latest publication; null before the first. */
  publication(): Publication | null;
  /** Resolves when there is another one, or none comes. */
  renewed(): Promise<void>;
  /** By path. */
  assets: ReadonlyMap<string, Prepared>;
  /** Documents are for those it lets in; `fetch` refuses the others. */
  door: FrontDoor;
  pathInSite: PathInSite;
  /** Headers of all that `fetch` answers. */
  fixed: OutgoingHttpHeaders;
  /** Handles everything else. */
  fetch: Parameters<typeof getRequestListener>[0];
  /** The value of the metric label `route`. */
  routeClass(path: string | null): string;
  clock: Clock;
  telemetry: Telemetry;
}

/**
 * The public server. Documents in memory are served before routing, at about the cost of static
 * files; other requests go to the app.
 */
export function createPageServer(parts: PageServerParts): Server {
  const fixed = new Map(Object.entries(parts.fixed) as [string, string][]);
  const answerRest = getRequestListener(parts.fetch, {
    errorHandler: () => problem(UNREADABLE),
  });
  const count = (path: string | null, status: number) =>
    parts.telemetry.count('fapiao_page_requests_total', {
      route: parts.routeClass(path),
      status: String(status),
    });

  return createServer(REQUEST_LIMITS, (request, response) => {
    if (hasRunOut(parts)) void parts.renewed().then(() => answer(request, response));
    else answer(request, response);
  });

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = parts.pathInSite(pathOf(request.url ?? '/'));
    const is_let_in = path !== null && isRead(request) && parts.door(request) === null;
    const found = is_let_in ? findDocument(path, request, parts) : null;
    if (found) {
      count(path, sendPrepared(request, response, found.prepared, found.headers));
      return;
    }
    // Streams are counted at their end.
    response.once('close', () => count(path, response.statusCode));
    response.setHeaders(fixed);
    void answerRest(request, response);
  }
}

/**
 * Whether what is published is not valid any more, and not replaced yet: at the end of its validity
 * for as long as that takes, and when our process has stood still for longer.
 */
function hasRunOut({ publication, clock }: PageServerParts): boolean {
  const valid_until = publication()?.overview.headline.valid_until ?? null;
  return valid_until !== null && clock.now() >= valid_until;
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function findDocument(
  path: string,
  request: IncomingMessage,
  { publication, assets, clock }: PageServerParts,
): { prepared: Prepared; headers?: OutgoingHttpHeaders } | null {
  const published = publication();
  const document = published && findPublished(path, request, published);
  if (document) return { prepared: document, headers: lifetime(document, published, clock) };
  const asset = assets.get(path);
  return asset ? { prepared: asset } : null;
}

function findPublished(
  path: string,
  request: IncomingMessage,
  { negotiated, documents, overview }: Publication,
): Prepared | null {
  const versions = negotiated.get(path);
  if (versions === undefined) return documents.get(path) ?? null;
  const { languages } = overview.page;
  const named = languages.find((it) => request.url?.endsWith(`?lang=${it}`));
  return versions[named ?? negotiateLocale(request.headers['accept-language'], languages)];
}

/** How long caches may keep it, reckoned now: it may be older than what is left. */
function lifetime(
  { valid_until }: Prepared,
  { overview }: Publication,
  { now }: Clock,
): OutgoingHttpHeaders {
  const at = now();
  if (valid_until === undefined)
    return { 'cache-control': publishedCacheControl(overview.headline.valid_until, at) };
  // By the same clock as what it tells, because its age is reckoned from it.
  const date = new Date(at).toUTCString();
  return { date, 'cache-control': cacheControlUntil(valid_until, at) };
}
