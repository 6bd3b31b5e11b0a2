import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { ANY_ORIGIN, REVALIDATE } from '../../../http/headers.ts';
import { HEADERS, problems } from '../../kit/described.ts';
import type { Handlers } from '../../kit/route.ts';
import { eventLine, INGEST_OPERATION } from './ingest.ts';
import { resourceHandlers } from './resource.ts';
import type { ApiWing } from './wing.ts';

const descriptionOperation = createRoute({
  method: 'get',
  operationId: 'getDescription',
  path: '/',
  tags: ['description'],
  summary: 'This document',
  responses: {
    200: {
      description: 'OpenAPI 3.1.',
      headers: { ...HEADERS.cache, ...HEADERS.any_origin },
      content: {
        'application/json': {
          schema: z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }),
        },
      },
    },
    ...problems(429, 500),
  },
});

/** The public description of everything that programs read or send (OpenAPI 3.1). */
export function descriptionHandlers(wing: ApiWing, path: string): Handlers {
  let described: ReturnType<typeof describe> | null = null;
  const resource = wing.newResource(path);
  resource.openapi(descriptionOperation, (c) => {
    // Built once, after all resources are registered.
    described ??= describe(wing);
    return c.json(described as object as Described, 200, {
      ...ANY_ORIGIN,
      'cache-control': REVALIDATE,
    });
  });
  return resourceHandlers(resource);
}

type Described = { openapi: string; paths: object };

function describe({ resources, documents, configuration }: ApiWing) {
  const whole = new OpenAPIHono();
  for (const resource of resources) whole.route('/', resource);
  for (const operation of [...documents, INGEST_OPERATION]) {
    whole.openAPIRegistry.registerPath(operation);
  }
  // No body can refer to the schema of its lines.
  whole.openAPIRegistry.register('InvoiceEvent', eventLine);
  whole.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: "The administrator's token.",
  });
  whole.openAPIRegistry.registerComponent('securitySchemes', 'ingest_token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of ingest.tokens.',
  });
  return whole.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Piaokuang 票况',
      version: 'v1',
      description:
        'What is measured of e-invoice systems, for programs: its state as Statuspage tells it, ' +
        'feeds, a calendar, figures. Announces maintenance; says what is wrong with ourselves. ' +
        'HEAD is answered wherever GET is; OPTIONS names the methods; others are refused with ' +
        '405. Any answer may have further headers that say nothing about its content.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: configuration.page.public_url }],
    tags: [
      { name: 'state', description: 'The Statuspage v2 API.' },
      { name: 'feeds', description: 'Incidents, maintenance and trouble of our own, to follow.' },
      { name: 'maintenance', description: 'Planned disturbances.' },
      { name: 'history', description: 'What was measured, as JSON or CSV.' },
      { name: 'our own side', description: 'What keeps us from measuring.' },
      { name: 'own traffic', description: "Events of a company's own invoices." },
      { name: 'description', description: 'What you are reading.' },
    ],
  });
}
