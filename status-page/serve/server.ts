import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { negotiateLocale } from '../../http/negotiation.ts';
import type { Telemetry } from '../../model/ports.ts';
import { LOCALES } from '../../model/vocabulary.ts';
import type { createApp } from '../app.ts';
import type { Publication } from '../public/publication.ts';
import { type Prepared, sendPrepared } from './prepared.ts';

/**
 * The public server. What is kept in memory is sent from here, before any routing, so that a crowd
 * of readers costs about as little as files of a web server; the rest goes to the app.
 */
export function createPageServer({
  publication,
  assets,
  app,
  telemetry,
}: {
  publication(): Publication | null;
  assets: ReadonlyMap<string, Prepared>;
  app: ReturnType<typeof createApp>;
  telemetry: Telemetry;
}): Server {
  const toApp = getRequestListener(app.fetch);
  return createServer((request, response) => {
    const path = pathOf(request);
    const document = isRead(request) ? findDocument(path, request, publication(), assets) : null;
    if (document) {
      const status = sendPrepared(request, response, document);
      telemetry.count('fapiao_page_requests_total', {
        route: routeClass(path),
        status: String(status),
      });
      return;
    }
    countWhenDone(path, response, telemetry);
    void toApp(request, response);
  });
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

function findDocument(
  path: string,
  request: IncomingMessage,
  publication: Publication | null,
  assets: ReadonlyMap<string, Prepared>,
): Prepared | null {
  if (path === '/') {
    if (publication === null) return null;
    const { languages } = publication.overview.page;
    return publication.front[negotiateLocale(request.headers['accept-language'], languages)];
  }
  return publication?.documents.get(path) ?? assets.get(path) ?? null;
}

/** A stream is counted when it ends. */
function countWhenDone(path: string, response: ServerResponse, telemetry: Telemetry) {
  response.once('close', () =>
    telemetry.count('fapiao_page_requests_total', {
      route: routeClass(path),
      status: String(response.statusCode),
    }),
  );
}

type RouteClass = 'page' | 'feed' | 'api' | 'asset' | 'live' | 'admin' | 'demo' | 'other';

/** A bounded set, whatever strangers ask for. */
function routeClass(path: string): RouteClass {
  if (path === '/' || path === '/unsubscribe') return 'page';
  if (/\.(atom|rss|ics)$/.test(path)) return 'feed';
  if (LOCALES.some((locale) => path.startsWith(`/${locale}/`))) return 'page';
  if (path.startsWith('/api/')) return 'api';
  if (path.startsWith('/assets/')) return 'asset';
  if (path === '/live') return 'live';
  if (path === '/admin' || path.startsWith('/admin/')) return 'admin';
  return path.startsWith('/demo/') ? 'demo' : 'other';
}
