import type { HttpBindings } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { REVALIDATE } from '../../../http/headers.ts';
import { methodNotAllowed } from '../../../http/methods.ts';
import type { PageSettings } from '../../../model/configuration.ts';
import type { ChangeCommand } from '../../../model/maintenance/commands.ts';
import { MAINTENANCE_ACTIONS } from '../../../model/maintenance/life-cycle.ts';
import type { Log } from '../../../model/ports.ts';
import type { StoreReader } from '../../../store/store.ts';
import type { Attempts } from '../../admin/attempts.ts';
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
import { type ChangeHeaders, fromWire, preconditionsOf, toWire } from './maintenances/wire.ts';

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
  page: PageSettings;
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
    return c.json({ maintenances: listed.map((it) => toWire(it, page)) }, 200);
  });

  app.openapi(createRouteOf, async (c) => {
    const { announce, text, ...plan } = c.req.valid('json');
    const { 'idempotency-key': key = null } = c.req.valid('header');
    const name = announce ? 'announce' : 'create';
    return answer(await maintenances.create({ name, plan: fromWire(plan), text }, { key }), 201);
  });

  app.openapi(getRoute, async (c) => {
    const maintenance = await maintenances.find(c.req.valid('param').id);
    return answer(maintenance ? { result: 'same', maintenance } : { result: 'missing' });
  });

  app.openapi(reviseRoute, async (c) => {
    const { text, ...plan } = c.req.valid('json');
    const command = { name: 'revise', plan: fromWire(plan), text } as const;
    return execute(c.req.valid('param').id, command, c.req.valid('header'));
  });

  app.openapi(extendRoute, async (c) => {
    const { announced_until, expected_recovery_at, text } = c.req.valid('json');
    const command = {
      name: 'extend' as const,
      announced_until: Date.parse(announced_until),
      ...(expected_recovery_at ? { expected_recovery_at: Date.parse(expected_recovery_at) } : {}),
      text,
    };
    return execute(c.req.valid('param').id, command, c.req.valid('header'));
  });

  for (const name of MAINTENANCE_ACTIONS) {
    if (name === 'extend') continue;
    app.openapi(actionRoutes[name], async (c) => {
      const command = { name, ...c.req.valid('json') };
      return execute(c.req.valid('param').id, command, c.req.valid('header'));
    });
  }

  app.openapi(updateRoute, async (c) => {
    const command = { name: 'comment', text: c.req.valid('json').text } as const;
    return execute(c.req.valid('param').id, command, c.req.valid('header'));
  });

  app.all(COLLECTION, () => methodNotAllowed(['GET', 'POST']));
  app.all(`${COLLECTION}/:id`, () => methodNotAllowed(['GET', 'PUT']));
  app.all(`${COLLECTION}/:id/:action`, (c) =>
    COMMANDS.includes(c.req.param('action')) ? methodNotAllowed(['POST']) : c.notFound(),
  );
  app.all(DESCRIPTION, () => methodNotAllowed(['GET']));
  return app;

  async function execute(id: string, command: ChangeCommand, headers: ChangeHeaders) {
    return answer(await maintenances.execute(id, command, preconditionsOf(command, headers)));
  }
}

const COMMANDS = [...MAINTENANCE_ACTIONS, 'updates'] as readonly string[];

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
