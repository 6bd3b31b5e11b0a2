import type { Hono } from 'hono';
import { fromLocalTime, toLocalTime } from '../../../model/local-time.ts';
import type { ChangeCommand } from '../../../model/maintenance/commands.ts';
import {
  allows,
  MAINTENANCE_ACTIONS,
  type MaintenanceAction,
} from '../../../model/maintenance/life-cycle.ts';
import type { MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import { type Confirmation, confirmPage, type NewTimes } from '../views/confirm.ts';
import type { DeskContext, DeskEnv } from './desk.ts';
import { fieldOf } from './fields.ts';
import { addressOf } from './plan.ts';
import { type AdminContext, numberFrom, problemsByField, sessionOf } from './within.ts';

/** Announcing, starting, extending, ending and cancelling: each asks once more, then does it. */
export function confirmRoutes(app: Hono<DeskEnv>, within: AdminContext): void {
  for (const action of MAINTENANCE_ACTIONS) {
    app.get(`/maintenances/:id/${action}`, (c) => ask(c, action, within));
    app.post(`/maintenances/:id/${action}`, (c) => carryOut(c, action, within));
  }
}

async function ask(
  c: DeskContext,
  action: MaintenanceAction,
  within: AdminContext,
): Promise<Response> {
  const { desk, maintenances, zone } = within;
  const maintenance = await maintenances.find(c.req.param('id') ?? '');
  if (maintenance === null) return desk.notFound(c);
  if (!allows(maintenance.status, action)) return notNow(c, maintenance.id);
  const { announced_until, expected_recovery_at } = maintenance;
  const times = {
    announced_until: toLocalTime(zone, announced_until),
    expected_recovery_at: toLocalTime(zone, expected_recovery_at),
  };
  return desk.show(c, page(c, action, { maintenance, times }, within));
}

async function carryOut(
  c: DeskContext,
  action: MaintenanceAction,
  within: AdminContext,
): Promise<Response> {
  const { desk, maintenances, zone } = within;
  const { form, language } = c.var;
  const id = c.req.param('id') ?? '';
  const times = {
    announced_until: fieldOf(form, 'announced_until'),
    expected_recovery_at: fieldOf(form, 'expected_recovery_at'),
  };
  const seen = numberFrom(fieldOf(form, 'seen'));
  const outcome = await maintenances.execute(id, commandOf(action, times, zone), { seen });
  switch (outcome.result) {
    case 'done':
    case 'same':
      return c.redirect(addressOf(c, id, DONE[action]), 303);
    case 'missing':
      return desk.notFound(c);
    case 'stale':
      return notNow(c, id);
    case 'refused': {
      const maintenance = await maintenances.find(id);
      const possible = maintenance !== null && allows(maintenance.status, action);
      if (!possible || action !== 'extend') return notNow(c, id);
      const problems = problemsByField(outcome.problems, language, zone);
      return desk.show(c, page(c, action, { maintenance, times, problems }, within), 422);
    }
  }
}

const DONE = {
  announce: 'announced',
  start: 'started',
  extend: 'extended',
  end: 'ended',
  cancel: 'cancelled',
} as const satisfies Record<MaintenanceAction, string>;

function commandOf(action: MaintenanceAction, times: NewTimes, zone: string): ChangeCommand {
  if (action !== 'extend') return { name: action };
  return {
    name: action,
    announced_until: fromLocalTime(zone, times.announced_until) ?? Number.NaN,
    expected_recovery_at: fromLocalTime(zone, times.expected_recovery_at) ?? Number.NaN,
  };
}

function notNow(c: DeskContext, id: string): Response {
  return c.redirect(addressOf(c, id, 'not_now'), 303);
}

function page(
  c: DeskContext,
  action: MaintenanceAction,
  asked: { maintenance: MaintenanceWithUpdates; times: NewTimes } & Partial<Confirmation>,
  { groups }: AdminContext,
) {
  return confirmPage(c.var.language, {
    action,
    groups,
    session: sessionOf(c),
    problems: {},
    ...asked,
  });
}
