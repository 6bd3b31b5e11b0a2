import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { problem } from '../../../http/problem.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import type { PublicWing } from './wing.ts';

/** The live stream of the front page. */
export function liveHandlers({ broadcast }: PublicWing): Handlers {
  return {
    GET: (c: PageContext) => {
      if (c.req.method === 'HEAD') {
        return c.body(null, 200, { 'content-type': 'text/event-stream' });
      }
      const listening = {
        client: c.var.client,
        have: c.req.query('have') ?? null,
        shows_components: c.req.query('components') !== 'none',
      };
      if (broadcast.connect(c.env.outgoing, listening)) return RESPONSE_ALREADY_SENT;
      return problem({
        status: 503,
        title: 'Too many live connections',
        detail: 'The page itself is still fresh; reload it.',
        headers: { 'retry-after': '30' },
      });
    },
  };
}
