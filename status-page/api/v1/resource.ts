import { OpenAPIHono } from '@hono/zod-openapi';
import type { Handler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Method } from '../../../http/methods.ts';
import type { PageEnv } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import { brokenJson, invalidRequest, notJson } from './problems.ts';

/** A route of the API. Requests are validated against its operations. */
export type Resource = OpenAPIHono<PageEnv>;

export function createResource(): Resource {
  const resource: Resource = new OpenAPIHono({
    defaultHook: (checked) =>
      checked.success ? undefined : invalidRequest(checked.target, checked.error),
  });
  resource.onError((error) => {
    if (!(error instanceof HTTPException)) throw error;
    return error.status === 415 ? notJson() : brokenJson();
  });
  return resource;
}

/**
 * The operations of a resource as handlers of the route `path`.
 * @throws when one of them describes another path
 */
export function resourceHandlers(resource: Resource, path: string): Handlers {
  const answer: Handler = (c) => resource.fetch(c.req.raw, c.env);
  const operations = resource.routes.filter(({ method }) => method !== 'ALL');
  const stray = operations.find((it) => it.path !== path);
  if (stray) throw new Error(`${stray.method} ${stray.path} is in the row of ${path}`);
  return Object.fromEntries(operations.map(({ method }) => [method as Method, answer]));
}
