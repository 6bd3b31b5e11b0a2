import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
} from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type FrontDoor, pathOf, UNREADABLE } from '../../http/front-door.ts';
import { negotiateLocale } from '../../http/negotiation.ts';
import { problem } from '../../http/problem.ts';
import { REQUEST_LIMITS } from '../../http/request-limits.ts';
import type { Telemetry } from '../../model/ports.ts';
import { type Prepared, sendPrepared } from './prepared.ts';
import type { Publication } from './publication.ts';

export interface PageServerParts {
  /** The latest publication; null before the first. */
  publication(): Publication | null;
  /** By path. */
  assets: ReadonlyMap<string, Prepared>;
  /** Documents are for those it lets in; `fetch` refuses the others. */
  door: FrontDoor;
  /** Headers of all that `fetch` answers. */
  fixed: OutgoingHttpHeaders;
  /** Handles everything else. */
  fetch: Parameters<typeof getRequestListener>[0];
  /** The value of the metric label `route`. */
  routeClass(path: string): string;
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
  const count = (path: string, status: number) =>
    parts.telemetry.count('fapiao_page_requests_total', {
      route: parts.routeClass(path),
      status: String(status),
    });

  return createServer(REQUEST_LIMITS, (request, response) => {
    const path = pathOf(request.url ?? '/');
    const is_let_in = isRead(request) && parts.door(request) === null;
    const document = is_let_in ? findDocument(path, request, parts) : null;
    if (document) {
      count(path, sendPrepared(request, response, document));
      return;
    }
    // Streams are counted at their end.
    response.once('close', () => count(path, response.statusCode));
    response.setHeaders(fixed);
    void answerRest(request, response);
  });
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function findDocument(
  path: string,
  request: IncomingMessage,
  parts: PageServerParts,
): Prepared | null {
  const publication = parts.publication();
  const negotiated = publication?.negotiated.get(path);
  if (publication && negotiated) {
    const { languages } = publication.overview.page;
    return negotiated[negotiateLocale(request.headers['accept-language'], languages)];
  }
  return publication?.documents.get(path) ?? parts.assets.get(path) ?? null;
}
