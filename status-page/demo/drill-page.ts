import { type Context, Hono } from 'hono';
import { limitBody } from '../../http/body.ts';
import { methodNotAllowed } from '../../http/methods.ts';
import { isSameOrigin } from '../../http/origin.ts';
import { problem } from '../../http/problem.ts';
import { createWords } from '../../messages/catalogue.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Clock, Log } from '../../model/ports.ts';
import type { Locale } from '../../model/vocabulary.ts';
import { type AssetPaths, htmlDocument } from '../kit/document.ts';
import { paperPage } from '../kit/paper.ts';
import { renderHtml } from '../kit/render.ts';
import type { Drills } from './drills.ts';
import { drillsPage } from './views/drills.ts';

const LARGEST_FORM_BYTES = 4_096;
const NO_STORE = { 'cache-control': 'no-store' };

/**
 * `/{language}/demo/drills`: what is on at the simulated systems, and forms to start and end any
 * drill.
 */
export function drillPageRoutes({
  drills,
  configuration: { page },
  assets,
  clock,
  log,
}: {
  drills: Drills;
  configuration: Configuration;
  assets: AssetPaths;
  clock: Clock;
  log: Log;
}): Hono {
  const app = new Hono();
  const limited = limitBody(LARGEST_FORM_BYTES);

  async function draw(c: Context, locale: Locale, refused: string | null): Promise<Response> {
    const words = createWords({ locale, zone: page.zone });
    const body = drillsPage(await drills.list(), { words, refused });
    const html = htmlDocument({
      title: `${words.text('drills.title')} · ${words.name(page.title)}`,
      description: words.text('drills.about'),
      path: null,
      page,
      script: null,
      styles: ['page', 'article', 'forms', 'demo'],
      assets,
      body: renderHtml(paperPage({ body, page, path: 'demo/drills', words })),
      words,
    });
    return c.html(html, refused === null ? 200 : 422, NO_STORE);
  }

  for (const locale of page.languages) {
    const path = `/${locale}/demo/drills`;
    app.use(`${path}/*`, async (c, next) => {
      if (c.req.method === 'POST' && !isSameOrigin(c)) return fromElsewhere();
      return await next();
    });
    app.get(path, (c) => draw(c, locale, null));
    app.post(path, limited, async (c) => {
      const form = new URLSearchParams(await c.req.text());
      const refused = await drills.start(form.get('system') ?? '', drillOf(form, clock.now()));
      return refused === null ? c.redirect(path, 303) : draw(c, locale, refused);
    });
    app.post(`${path}/end`, limited, async (c) => {
      const form = new URLSearchParams(await c.req.text());
      await drills.end(form.get('system') ?? '', form.get('id') ?? '');
      return c.redirect(path, 303);
    });
    app.all(path, () => methodNotAllowed(['GET', 'POST']));
    app.all(`${path}/end`, () => methodNotAllowed(['POST']));
  }
  app.onError((err) => {
    log.warn({ err }, 'the simulators did not answer');
    return problem({
      status: 502,
      title: 'The simulators did not take it',
      detail: 'Try again in a moment.',
    });
  });
  return app;
}

/**
 * What the simulators' API wants of each kind; fields of other kinds that the form sent too are
 * left out.
 */
function drillOf(form: URLSearchParams, now: number): Record<string, unknown> {
  const kind = form.get('kind') ?? '';
  const minutes = Number(form.get('minutes'));
  const number = (name: string) => ({ [name]: Number(form.get(name)) });
  const choice = (name: string) => (form.get(name) ? { [name]: form.get(name) } : {});
  const common = { kind, until: inMinutes(now, minutes) };
  switch (kind) {
    case 'latency':
      return { ...common, ...choice('function'), ...number('ms') };
    case 'error_code':
      return { ...common, ...choice('function'), ...number('code') };
    case 'outage':
    case 'maintenance':
    case 'throttling':
      return { ...common, ...choice('function') };
    case 'slow_sync':
      return { ...common, ...number('rate') };
    case 'stalled_sync':
      return common;
    default:
      return { ...common, ...choice('format') };
  }
}

/** Nonsense becomes the present, which the simulators refuse. */
function inMinutes(now: number, minutes: number): string {
  const until = now + minutes * 60_000;
  return new Date(Math.abs(until) < 8.64e15 ? until : now).toISOString();
}

function fromElsewhere(): Response {
  return problem({
    status: 403,
    title: 'Only this page may do that',
    detail: 'Press the button on the page itself; the request names another origin, or none.',
  });
}
