import type { HttpBindings } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { REVALIDATE } from '../../../http/headers.ts';
import { methodNotAllowed } from '../../../http/methods.ts';
import type { Log } from '../../../model/ports.ts';
import type { StoreReader } from '../../../store/store.ts';
import type { Attempts } from '../../admin/attempts.ts';
import { ACTIONS } from '../../commands/actions.ts';
import type { Maintenances } from '../../commands/maintenances.ts';
import { limitApiBody, requireToken } from './guard.ts';
import { brokenJson, createAnswers, notJson } from './maintenances/answers.ts';
import {
  actionRoutes,
  createRouteOf,
  extendRoute,
  getRoute,
  listRoute,
  reviseRoute,
  updateRoute,
} from './maintenances/routes.ts';
import { fromWire, preconditionsOf, toWire } from './maintenances/wire.ts';

const COLLECTION = '/api/v1/maintenances';
const DESCRIPTION = '/api/openapi.json';

/** The API of administration and its description at `/api/openapi.json`, which needs no token. */
export function createAdminApi({
  maintenances,
  store,
  attempts,
  page,
  log,
}: {
  maintenances: Maintenances;
  store: Pick<StoreReader, 'isAdminToken'>;
  attempts: Attempts;
  page: { public_url: string; zone: string };
  log: Log;
}): OpenAPIHono<{ Bindings: HttpBindings }> {
  const { answer, invalid } = createAnswers(page);
  const app = new OpenAPIHono<{ Bindings: HttpBindings }>({
    defaultHook: (checked) => (checked.success ? undefined : invalid(checked)),
  });
  app.onError((error) => {
    if (!(error instanceof HTTPException)) throw error;
    return error.status === 415 ? notJson() : brokenJson();
  });
  app.use(`${COLLECTION}/*`, requireToken({ store, attempts, log }), limitApiBody);
  describe(app, page.public_url);

  app.openapi(listRoute, async (c) => {
    const { status = [], limit } = c.req.valid('query');
    const statuses = Array.isArray(status) ? status : [status];
    const listed = await maintenances.list({ limit, ...(statuses.length > 0 ? { statuses } : {}) });
    c.header('cache-control', 'no-store');
    return c.json({ maintenances: listed.map((it) => toWire(it, page.public_url)) }, 200);
  });

  app.openapi(createRouteOf, async (c) => {
    const { announce: announced, text, ...plan } = c.req.valid('json');
    const { 'idempotency-key': key = null } = c.req.valid('header');
    return answer(await maintenances.create({ ...fromWire(plan), text }, { announced, key }), 201);
  });

  app.openapi(getRoute, async (c) => {
    const maintenance = await maintenances.find(c.req.valid('param').id);
    return answer(maintenance ? { result: 'same', maintenance } : { result: 'missing' });
  });

  app.openapi(reviseRoute, async (c) => {
    const { text, ...plan } = c.req.valid('json');
    const manner = preconditionsOf('revise', c.req.valid('header'));
    return answer(
      await maintenances.revise(c.req.valid('param').id, { ...fromWire(plan), text }, manner),
    );
  });

  app.openapi(extendRoute, async (c) => {
    const { announced_until, expected_recovery_at, text } = c.req.valid('json');
    const order = {
      action: 'extend' as const,
      announced_until: Date.parse(announced_until),
      ...(expected_recovery_at ? { expected_recovery_at: Date.parse(expected_recovery_at) } : {}),
      text,
    };
    const manner = preconditionsOf('extend', c.req.valid('header'));
    return answer(await maintenances.act(c.req.valid('param').id, order, manner));
  });

  for (const action of ['announce', 'start', 'end', 'cancel'] as const) {
    app.openapi(actionRoutes[action], async (c) => {
      const manner = preconditionsOf(action, c.req.valid('header'));
      return answer(
        await maintenances.act(c.req.valid('param').id, { action, ...c.req.valid('json') }, manner),
      );
    });
  }

  app.openapi(updateRoute, async (c) => {
    const manner = preconditionsOf('comment', c.req.valid('header'));
    return answer(
      await maintenances.comment(c.req.valid('param').id, c.req.valid('json').text, manner),
    );
  });

  app.all(COLLECTION, () => methodNotAllowed(['GET', 'POST']));
  app.all(`${COLLECTION}/:id`, () => methodNotAllowed(['GET', 'PUT']));
  app.all(`${COLLECTION}/:id/:action`, (c) =>
    COMMANDS.includes(c.req.param('action')) ? methodNotAllowed(['POST']) : c.notFound(),
  );
  app.all(DESCRIPTION, () => methodNotAllowed(['GET']));
  return app;
}

const COMMANDS = [...ACTIONS, 'updates'] as readonly string[];

function describe(app: OpenAPIHono<{ Bindings: HttpBindings }>, public_url: string): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: "The administrator's token.",
  });
  let made: ReturnType<typeof description> | null = null;
  app.get(DESCRIPTION, (c) => {
    // Made once, when every route is there: anybody may ask for it.
    made ??= description();
    return c.json(made, 200, { 'cache-control': REVALIDATE });
  });

  function description() {
    return app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Piaokuang 票况',
        version: 'v1',
        description: 'Announces maintenance and tells everyone who asked to be told.',
        license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      },
      servers: [{ url: public_url }],
      tags: [{ name: 'maintenance', description: 'Planned disturbances.' }],
    });
  }
}
