import type { PageContext } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import { DRILL_NAMES } from '../drills.ts';
import { requireOwnButton } from './drills.ts';
import { type DemoWing, withSimulators } from './wing.ts';

/** The buttons of the demo bar: start a drill or recover, then redirect to the page. */
export function drillButtonHandlers(wing: DemoWing): Handlers {
  return {
    POST: [
      requireOwnButton,
      async (c: PageContext<'/:name'>) => {
        const name = DRILL_NAMES.find((it) => it === c.req.param('name'));
        if (name === undefined) return c.notFound();
        return withSimulators(wing, async () => {
          await wing.drills.run(name);
          const locale = c.var.page.languages.find((it) => it === c.req.query('lang'));
          return c.redirect(c.var.words.href(locale ? `/${locale}/` : '/'), 303);
        });
      },
    ],
  };
}
