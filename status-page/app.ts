import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { ANY_ORIGIN, setSecurityHeaders } from '../http/headers.ts';
import { methodNotAllowed } from '../http/methods.ts';
import { problem } from '../http/problem.ts';
import type { Log } from '../model/ports.ts';
import type { Languages } from '../model/vocabulary.ts';
import type { DeskEnv } from './admin/forms/desk.ts';
import { drillButtonRoutes } from './demo/drill-routes.ts';
import type { Drills } from './demo/drills.ts';
import type { Broadcast } from './serve/broadcast.ts';
import type { PagesOnDemand } from './serve/pages-on-demand.ts';
import { sendPrepared } from './serve/prepared.ts';

/**
 * Everything that is not a document kept in memory (see server.ts), and every answer to what does
 * not exist.
 */
export function createApp({
  isDocument,
  isReady,
  pages,
  broadcast,
  admin,
  subscriptions,
  alerts,
  mailbox,
  drills,
  drill_page,
  languages,
  log,
}: {
  /** Whether a path is one of the documents, which only GET and HEAD may ask for. */
  isDocument(path: string): boolean;
  isReady(): boolean;
  /** By the folder of their address. */
  pages: Record<string, PagesOnDemand>;
  broadcast: Broadcast;
  /** admin/admin.ts */
  admin: Hono<DeskEnv>;
  /** routes/subscriptions.ts */
  subscriptions: Hono<{ Bindings: HttpBindings }>;
  /** routes/alerts.ts */
  alerts: Hono;
  /** routes/mailbox.ts; null outside the demo. */
  mailbox: Hono | null;
  /** null outside the demo. */
  drills: Drills | null;
  /** routes/drill-page.ts; null outside the demo. */
  drill_page: Hono | null;
  languages: Languages;
  log: Log;
}): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.use(setSecurityHeaders);

  app.get('/live', (c) => {
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' });
    if (broadcast.connect(c.env.outgoing)) return RESPONSE_ALREADY_SENT;
    return problem({
      status: 503,
      title: 'Too many live connections',
      detail: 'The page itself is still fresh; reload it.',
      headers: { 'retry-after': '30' },
    });
  });
  app.all('/live', () => methodNotAllowed(['GET']));

  for (const locale of languages) {
    app.get(`/${locale}`, (c) => c.redirect(`/${locale}/`, 308));
    for (const [folder, { find }] of Object.entries(pages)) {
      const path = `/${locale}/${folder}/:id` as const;
      app.get(path, async (c) => {
        const page = await find(c.req.param('id'), locale);
        if (page === null) return c.notFound();
        sendPrepared(c.env.incoming, c.env.outgoing, page);
        return RESPONSE_ALREADY_SENT;
      });
      app.all(path, () => methodNotAllowed(['GET']));
    }
  }

  app.options('/api/v2/*', (c) =>
    c.body(null, 204, { ...ANY_ORIGIN, 'access-control-allow-methods': 'GET, HEAD' }),
  );
  app.route('/', admin);
  app.route('/', subscriptions);
  app.route('/', alerts);
  if (mailbox) app.route('/', mailbox);
  if (drill_page) app.route('/', drill_page);
  if (drills) app.route('/demo/drills', drillButtonRoutes({ drills, languages, log }));

  app.notFound((c) => {
    if (isDocument(c.req.path)) {
      const is_read = c.req.method === 'GET' || c.req.method === 'HEAD';
      return is_read ? notYet() : methodNotAllowed(['GET']);
    }
    if (!isReady()) return notYet();
    return problem({
      status: 404,
      title: 'Not found',
      detail: 'There is nothing at this address; start from the front page.',
    });
  });
  app.onError((err) => {
    log.error({ err }, 'a request failed');
    return problem({
      status: 500,
      title: 'Something went wrong here',
      detail: 'It was logged; try again in a moment.',
    });
  });
  return app;
}

/** Before the first publication, e.g. while the collector still makes the database. */
function notYet(): Response {
  return problem({
    status: 503,
    title: 'Starting',
    detail: 'The first results are being read; try again in a few seconds.',
    headers: { 'retry-after': '2' },
  });
}
