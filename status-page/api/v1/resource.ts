import { OpenAPIHono } from '@hono/zod-openapi';
import type { Handler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Method } from '../../../http/methods.ts';
import type { PageEnv } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import { brokenJson, invalidRequest, notJson } from './problems.ts';

/** The operations of one route. Requests are validated against their descriptions. */
export type Resource = OpenAPIHono<PageEnv>;

/** The resource of the route `path`, to which the paths of its operations are relative. */
export function createResource(path: string): Resource {
  const resource: Resource = new OpenAPIHono({
    defaultHook: (checked) =>
      checked.success ? undefined : invalidRequest(checked.target, checked.error),
  });
  return resource.basePath(path);
}

/** The operations of a resource, each with the validation of its input before it. */
export function resourceHandlers({ routes }: Resource): Handlers {
  const by_method = Map.groupBy(routes, ({ method }) => method as Method);
  return Object.fromEntries(
    [...by_method].map(([method, own]) => [method, own.map((it) => refusingBody(it.handler))]),
  );
}

/** Validation throws when it cannot read the body. */
function refusingBody(handler: Handler): Handler {
  return async (c, next) => {
    try {
      return await handler(c, next);
    } catch (error) {
      if (!(error instanceof HTTPException)) throw error;
      return error.status === 415 ? notJson() : brokenJson();
    }
  };
}
