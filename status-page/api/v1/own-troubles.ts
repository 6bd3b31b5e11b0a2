import { createRoute, z } from '@hono/zod-openapi';
import { ANY_ORIGIN, REVALIDATE } from '../../../http/headers.ts';
import { GAP_CAUSES, type Gap } from '../../../model/component.ts';
import { OWN_TROUBLES, type OwnTrouble } from '../../../model/own-trouble.ts';
import { ownTroublesOf, withoutKnown } from '../../../model/process-trouble.ts';
import { DAY, iso, isoOrNull } from '../../../model/time.ts';
import { HEADERS, instant, problems } from '../../kit/described.ts';
import type { Handlers } from '../../kit/route.ts';
import { resourceHandlers } from './resource.ts';
import type { ApiWing } from './wing.ts';

/** How far back the lists go. */
const LISTED_MS = 90 * DAY;

const ownTrouble = z
  .object({
    kind: z.enum(OWN_TROUBLES),
    line: z.string().nullable().openapi({ description: 'null: all of this installation.' }),
    since: instant,
    until: instant.nullable().openapi({ description: 'null: it goes on.' }),
    end_seen: z.boolean().openapi({ description: 'false: it goes on, or nobody saw its end.' }),
  })
  .openapi('OwnTrouble');

const gap = z
  .object({ from: instant, to: instant, cause: z.enum(GAP_CAUSES) })
  .openapi('Gap', { description: 'A time that we did not measure, or could not record.' });

const lists = z
  .object({
    own_troubles: z.array(ownTrouble).openapi({ description: 'Newest first.' }),
    gaps: z.array(gap).openapi({ description: 'Newest first.' }),
  })
  .openapi('OwnTroubles');

const listOperation = createRoute({
  method: 'get',
  operationId: 'getOwnTroubles',
  path: '/',
  tags: ['our own side'],
  summary: 'What is or was wrong with ourselves, and what we did not measure, in the last 90 days',
  responses: {
    200: {
      description: 'Nothing here says anything about the systems that are measured.',
      headers: { ...HEADERS.cache, ...HEADERS.any_origin },
      content: { 'application/json': { schema: lists } },
    },
    ...problems(429, 500, 503),
  },
});

/** Trouble of our own and gaps. Public; the details are for operators and not among them. */
export function ownTroublesHandlers(wing: ApiWing, path: string): Handlers {
  const { reader, clock } = wing;
  const resource = wing.newResource(path);
  resource.openapi(listOperation, async (c) => {
    const now = clock.now();
    const recorded = await reader.ownTroubles(now - LISTED_MS, now + 1);
    const open = recorded.filter(({ until }) => until === null);
    const unrecorded = ownTroublesOf(wing.processTroubles?.() ?? [], now);
    const troubles = [...recorded, ...withoutKnown(unrecorded, open)];
    const gaps = await reader.gaps(now - LISTED_MS, now);
    const headers = { ...ANY_ORIGIN, 'cache-control': REVALIDATE };
    const body = {
      own_troubles: troubles.map(troubleOf).reverse(),
      gaps: gaps.map(gapOf).reverse(),
    };
    return c.json(body, 200, headers);
  });
  return resourceHandlers(resource);
}

function troubleOf({ kind, line, since, until, is_end_unseen = false }: OwnTrouble) {
  const end_seen = until !== null && !is_end_unseen;
  return { kind, line, since: iso(since), until: isoOrNull(until), end_seen };
}

function gapOf({ from, to, cause }: Gap) {
  return { from: iso(from), to: iso(to), cause };
}
