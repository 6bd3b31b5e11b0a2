import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { methodNotAllowed } from '../../http/methods.ts';
import { isSameOrigin } from '../../http/origin.ts';
import { problem } from '../../http/problem.ts';
import type { Log } from '../../model/ports.ts';
import type { Languages } from '../../model/vocabulary.ts';
import { DRILL_NAMES, type Drills } from './drills.ts';

/**
 * `POST /demo/drills/{name}`: breaks or mends the demo, then sends the visitor back to the page.
 */
export function drillButtonRoutes({
  drills,
  languages,
  log,
}: {
  drills: Drills;
  languages: Languages;
  log: Log;
}): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.post('/:name', async (c) => {
    const name = DRILL_NAMES.find((it) => it === c.req.param('name'));
    if (name === undefined) return c.notFound();
    // No other site can break the demo from a visitor's browser.
    if (!isSameOrigin(c)) {
      return problem({
        status: 403,
        title: 'Only this page may do that',
        detail: 'Press the button on the page itself; the request names another origin, or none.',
      });
    }
    try {
      await drills.run(name);
    } catch (err) {
      log.warn({ err, drill: name }, 'the drill was not taken');
      return problem({
        status: 502,
        title: 'The simulators did not take it',
        detail: 'Try again in a moment.',
      });
    }
    const locale = languages.find((it) => it === c.req.query('lang'));
    return c.redirect(locale ? `/${locale}/` : '/', 303);
  });
  app.all('/:name', () => methodNotAllowed(['POST']));
  return app;
}
