import { z } from '@hono/zod-openapi';
import { ANY_ORIGIN, REVALIDATE } from '../../../http/headers.ts';
import { FIGURE_NUMBERS } from '../../../model/figure-numbers.ts';
import type { ComponentView } from '../../../model/overview.ts';
import { KNOWN_STAGES, STAGES_OVER_MS, TOLD_STAGES } from '../../../model/stage.ts';
import { iso } from '../../../model/time.ts';
import {
  componentName,
  type DescribedOperation,
  HEADERS,
  instant,
  notModified,
  orNull,
  problems,
} from '../../kit/described.ts';
import type { DocumentSource } from '../../serve/publication.ts';

const PATH = '/api/v1/stages';
const { median_from, p95_from } = FIGURE_NUMBERS;

const some = z.number().int().min(1);
const ms = z.number().min(0);

const reachedStage = z
  .object({
    stage: z.enum(TOLD_STAGES),
    n: some.openapi({ description: 'Invoices of which it is known how long they took.' }),
    median_ms: orNull(ms).openapi({ description: `null: n is below ${median_from}.` }),
    p95_ms: orNull(ms).openapi({ description: `null: n is below ${p95_from}.` }),
  })
  .openapi('ReachedStage', {
    description: 'How long after their acceptance invoices were there: values that were observed.',
  });

const waitingAtStage = z
  .object({
    stage: z.enum(KNOWN_STAGES),
    n: some,
    oldest_accepted_at: instant,
  })
  .openapi('WaitingAtStage', {
    description: 'Invoices that wait, of which this is the last stage that is known.',
  });

const stagesOfComponent = z
  .object({
    component: componentName,
    simulated: z.boolean().openapi({ description: 'Whether an invoice is.' }),
    reached: z.array(reachedStage).max(TOLD_STAGES.length),
    waiting: orNull(z.array(waitingAtStage).max(KNOWN_STAGES.length)).openapi({
      description: 'null: it is not known now which wait.',
    }),
  })
  .openapi('StagesOfComponent');

const stagesDocument = z
  .object({
    over_ms: z.literal(STAGES_OVER_MS).openapi({
      description: 'Of the stages that were reached in the last so many milliseconds.',
    }),
    components: z.array(stagesOfComponent).openapi({
      description: 'Those of whose invoices more is known than that they were accepted.',
    }),
  })
  .openapi('Stages');

const OPEN_HEADERS = { ...HEADERS.cache, ...HEADERS.etag, ...HEADERS.vary, ...HEADERS.any_origin };

export const STAGES_OPERATION: DescribedOperation = {
  method: 'get',
  operationId: 'getStages',
  path: PATH,
  tags: ['own traffic'],
  summary: 'How long invoices take to each stage, and at which those are that wait',
  responses: {
    200: {
      description: 'As it is published.',
      headers: OPEN_HEADERS,
      content: { 'application/json': { schema: stagesDocument } },
    },
    304: notModified(OPEN_HEADERS),
    ...problems(503),
  },
};

/** The stages of followed invoices, rendered for every overview. */
export function createStagesDocument(): DocumentSource {
  return {
    paths: [PATH],
    documentsOf({ systems }) {
      const components = systems.flatMap((it) => it.components.flatMap(stagesOfView));
      const body = { over_ms: STAGES_OVER_MS, components };
      return [
        {
          path: PATH,
          body: JSON.stringify(body satisfies z.input<typeof stagesDocument>),
          headers: {
            ...ANY_ORIGIN,
            'content-type': 'application/json; charset=utf-8',
            'cache-control': REVALIDATE,
          },
        },
      ];
    },
  };
}

function stagesOfView({ id, stages }: ComponentView) {
  if (stages === null) return [];
  const { reached, waiting, simulated } = stages;
  const dated = waiting?.map(({ oldest_accepted_at, ...its }) => ({
    ...its,
    oldest_accepted_at: iso(oldest_accepted_at),
  }));
  return { component: id, simulated, reached, waiting: dated ?? null };
}
