import type { ChangeCommand } from '../../../../model/maintenance/commands.ts';
import type { MaintenanceAction } from '../../../../model/maintenance/life-cycle.ts';
import type { Handlers } from '../../../kit/route.ts';
import { resourceHandlers } from '../resource.ts';
import type { ApiWing } from '../wing.ts';
import { answerOutcome, answerStale } from './answers.ts';
import { wireDifferences } from './differences.ts';
import {
  actionOperations,
  createOperation,
  extendOperation,
  getOperation,
  listOperation,
  reviseOperation,
  updateOperation,
} from './operations.ts';
import { type ChangeHeaders, fromWire, preconditionsOf, revisionOf, toWire } from './wire.ts';

/** All maintenances. */
export function collectionHandlers(wing: ApiWing, path: string): Handlers {
  const { store, commands, configuration } = wing;
  const { page } = configuration;
  const resource = wing.newResource(path);

  resource.openapi(listOperation, async (c) => {
    const { status = [], limit } = c.req.valid('query');
    const statuses = Array.isArray(status) ? status : [status];
    const listed = await store.maintenances({
      limit,
      ...(statuses.length > 0 ? { statuses } : {}),
    });
    c.header('cache-control', 'no-store');
    return c.json({ maintenances: listed.map((it) => toWire(it, page)) }, 200);
  });

  resource.openapi(createOperation, async (c) => {
    const { announce, text, ...plan } = c.req.valid('json');
    const { 'idempotency-key': key = null } = c.req.valid('header');
    const name = announce ? 'announce' : 'create';
    const created = await commands.create({ name, plan: fromWire(plan), text }, { key });
    return answerOutcome(created, page, 201);
  });

  return resourceHandlers(resource);
}

/** One maintenance. */
export function itemHandlers(wing: ApiWing, path: string): Handlers {
  const { page } = wing.configuration;
  const resource = wing.newResource(path);

  resource.openapi(getOperation, async (c) => {
    const maintenance = await wing.store.maintenance(c.req.valid('param').id);
    if (maintenance === null) return answerOutcome({ result: 'missing' }, page);
    return answerOutcome({ result: 'same', maintenance }, page);
  });

  resource.openapi(reviseOperation, async (c) => {
    const { text, ...plan } = c.req.valid('json');
    const command = { name: 'revise', plan: fromWire(plan), text } as const;
    return execute(wing, c.req.valid('param').id, command, c.req.valid('header'));
  });

  return resourceHandlers(resource);
}

export function extendHandlers(wing: ApiWing, path: string): Handlers {
  const resource = wing.newResource(path);
  resource.openapi(extendOperation, async (c) => {
    const { announced_until, expected_recovery_at, text } = c.req.valid('json');
    const command = {
      name: 'extend' as const,
      announced_until: Date.parse(announced_until),
      ...(expected_recovery_at ? { expected_recovery_at: Date.parse(expected_recovery_at) } : {}),
      text,
    };
    return execute(wing, c.req.valid('param').id, command, c.req.valid('header'));
  });
  return resourceHandlers(resource);
}

/** Actions without parameters except an optional text. */
export function actionHandlers(name: Exclude<MaintenanceAction, 'extend'>) {
  return (wing: ApiWing, path: string): Handlers => {
    const resource = wing.newResource(path);
    resource.openapi(actionOperations[name], async (c) => {
      const command = { name, ...c.req.valid('json') };
      return execute(wing, c.req.valid('param').id, command, c.req.valid('header'));
    });
    return resourceHandlers(resource);
  };
}

/** Progress updates. */
export function updateHandlers(wing: ApiWing, path: string): Handlers {
  const resource = wing.newResource(path);
  resource.openapi(updateOperation, async (c) => {
    const command = { name: 'comment', text: c.req.valid('json').text } as const;
    return execute(wing, c.req.valid('param').id, command, c.req.valid('header'));
  });
  return resourceHandlers(resource);
}

async function execute(
  wing: ApiWing,
  id: string,
  command: ChangeCommand,
  headers: ChangeHeaders,
): Promise<Response> {
  const outcome = await wing.commands.execute(id, command, preconditionsOf(command, headers));
  if (outcome.result === 'stale') {
    const revisions = await wing.store.planRevisions(id);
    const revision = revisionOf(headers['if-match']);
    const seen = revisions.find((it) => it.revision === revision) ?? null;
    return answerStale(outcome.current, wireDifferences(outcome.current, seen, command));
  }
  return answerOutcome(outcome, wing.configuration.page);
}
