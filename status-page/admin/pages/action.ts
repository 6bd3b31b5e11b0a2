import { fromLocalTime, toLocalTime } from '../../../model/local-time.ts';
import type { ChangeCommand } from '../../../model/maintenance/commands.ts';
import { allows, type MaintenanceAction } from '../../../model/maintenance/life-cycle.ts';
import type { MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import type { Handlers } from '../../kit/route.ts';
import { type AdminContext, formTokenOf } from '../context.ts';
import { fieldOf, wholeNumberOf } from '../fields.ts';
import { problemTexts } from '../problems.ts';
import type { NewTimes, ProblemTexts } from '../view-models.ts';
import { confirmPage } from '../views/confirm.ts';
import { answerAdmin, answerNotFound, redirectToMaintenance } from './answer.ts';
import type { AdminWing } from './wing.ts';

/**
 * Handlers of announce, start, extend, end and cancel: GET asks for confirmation, POST executes.
 */
export function adminActionHandlers(action: MaintenanceAction) {
  return (wing: AdminWing): Handlers => ({
    GET: (c: AdminContext<'/:id'>) => ask(c, action, wing),
    POST: (c: AdminContext<'/:id'>) => execute(c, action, wing),
  });
}

async function ask(
  c: AdminContext<'/:id'>,
  action: MaintenanceAction,
  wing: AdminWing,
): Promise<Response> {
  const { zone } = c.var.page;
  const maintenance = await wing.store.maintenance(c.req.param('id'));
  if (maintenance === null) return answerNotFound(c);
  if (!allows(maintenance.status, action))
    return redirectToMaintenance(c, maintenance.id, 'not_now');
  const { announced_until, expected_recovery_at } = maintenance;
  const times = {
    announced_until: toLocalTime(zone, announced_until),
    expected_recovery_at: toLocalTime(zone, expected_recovery_at),
  };
  return answerAdmin(c, page(c, wing, { action, maintenance, times }));
}

async function execute(
  c: AdminContext<'/:id'>,
  action: MaintenanceAction,
  wing: AdminWing,
): Promise<Response> {
  const { store, commands } = wing;
  const { form, words } = c.var;
  const { zone } = c.var.page;
  const id = c.req.param('id');
  const times = {
    announced_until: fieldOf(form, 'announced_until'),
    expected_recovery_at: fieldOf(form, 'expected_recovery_at'),
  };
  const seen = wholeNumberOf(form, 'seen');
  const outcome = await commands.execute(id, commandOf(action, times, zone), { seen });
  switch (outcome.result) {
    case 'done':
    case 'same':
      return redirectToMaintenance(c, id, DONE[action]);
    case 'missing':
      return answerNotFound(c);
    case 'stale':
      return redirectToMaintenance(c, id, 'not_now');
    case 'refused': {
      const maintenance = await store.maintenance(id);
      const possible = maintenance !== null && allows(maintenance.status, action);
      if (!possible || action !== 'extend') return redirectToMaintenance(c, id, 'not_now');
      const problems = problemTexts(outcome.problems, words, zone);
      return answerAdmin(c, page(c, wing, { action, maintenance, times, problems }), 422);
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

/** The action to confirm. */
interface Question {
  action: MaintenanceAction;
  maintenance: MaintenanceWithUpdates;
  times: NewTimes;
  problems?: ProblemTexts;
}

function page(c: AdminContext, { groups }: AdminWing, question: Question) {
  const form_token = formTokenOf(c);
  return confirmPage(c.var.words, { groups, form_token, problems: {}, ...question });
}
