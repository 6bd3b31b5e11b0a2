import { OpenAPIHono } from '@hono/zod-openapi';
import { REVALIDATE } from '../../../http/headers.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import type { ApiWing } from './wing.ts';

/** The public description of the API (OpenAPI 3.1). */
export function descriptionHandlers(wing: ApiWing): Handlers {
  let described: ReturnType<typeof describe> | null = null;
  return {
    GET: (c: PageContext) => {
      // Built once, after all resources are registered.
      described ??= describe(wing);
      return c.json(described, 200, { 'cache-control': REVALIDATE });
    },
  };
}

function describe({ resources, configuration }: ApiWing) {
  const whole = new OpenAPIHono();
  for (const resource of resources) whole.route('/', resource);
  whole.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: "The administrator's token.",
  });
  return whole.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Piaokuang 票况',
      version: 'v1',
      description:
        'Announces maintenance and tells everyone who asked to be told; says what is wrong with ' +
        'ourselves; hands out what was measured.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: configuration.page.public_url }],
    tags: [
      { name: 'maintenance', description: 'Planned disturbances.' },
      { name: 'history', description: 'What was measured, as JSON or CSV.' },
      { name: 'our own side', description: 'What keeps us from measuring.' },
    ],
  });
}
