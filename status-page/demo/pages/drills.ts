import type { MiddlewareHandler } from 'hono';
import { limitBody } from '../../../http/body.ts';
import { requireSameOrigin } from '../../../http/origin.ts';
import { answerArticle } from '../../kit/answer.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import { drillOf } from '../drill-input.ts';
import { drillsPage } from '../views/drills.ts';
import { type DemoWing, withSimulators } from './wing.ts';

const MAX_FORM_BYTES = 4_096;

/** Prevents other sites from starting drills through a visitor's browser. */
export const requireOwnButton = requireSameOrigin('Press the button on the page itself');

const checkForm: MiddlewareHandler[] = [requireOwnButton, limitBody(MAX_FORM_BYTES)];

/** Active drills of the simulated systems, and forms to start any drill. */
export function drillPageHandlers(wing: DemoWing): Handlers {
  return {
    GET: (c: PageContext) => withSimulators(wing, () => answer(c, wing, null)),
    POST: [
      ...checkForm,
      (c: PageContext) =>
        withSimulators(wing, async () => {
          const form = new URLSearchParams(await c.req.text());
          const drill = drillOf(form, wing.clock.now());
          const refused = await wing.drills.start(form.get('system') ?? '', drill);
          return refused === null ? backToPage(c) : answer(c, wing, refused);
        }),
    ],
  };
}

/** Ends a drill. */
export function endDrillHandlers(wing: DemoWing): Handlers {
  return {
    POST: [
      ...checkForm,
      (c: PageContext) =>
        withSimulators(wing, async () => {
          const form = new URLSearchParams(await c.req.text());
          await wing.drills.end(form.get('system') ?? '', form.get('id') ?? '');
          return backToPage(c);
        }),
    ],
  };
}

function backToPage(c: PageContext): Response {
  const { words } = c.var;
  return c.redirect(words.href(`/${words.locale}/demo/drills`), 303);
}

/** `refused`: the simulators' reason for refusing a drill. */
async function answer(c: PageContext, wing: DemoWing, refused: string | null): Promise<Response> {
  const { words } = c.var;
  const article = {
    title: words.text('drills.title'),
    description: words.text('drills.about'),
    path: 'demo/drills',
    body: drillsPage(await wing.drills.list(), { words, refused }),
    styles: ['forms', 'demo'] as const,
  };
  return answerArticle(c, article, refused === null ? 200 : 422);
}
