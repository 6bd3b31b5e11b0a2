import { allows, type MaintenanceAction } from '../../../model/maintenance/life-cycle.ts';
import type { MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import type { Handlers } from '../../kit/route.ts';
import { type AdminContext, formTokenOf } from '../context.ts';
import { isAsRead, readVersion, seenFrom } from '../versions.ts';
import type { ChangedMeanwhile } from '../view-models.ts';
import { confirmPage } from '../views/confirm.ts';
import { answerAdmin, answerNotFound, redirectToMaintenance } from './answer.ts';
import { answerPlanForm } from './plan.ts';
import type { AdminWing } from './wing.ts';

type PlainAction = Exclude<MaintenanceAction, 'extend'>;

/** Handlers of announce, start, end and cancel: GET asks for confirmation, POST executes. */
export function adminActionHandlers(action: PlainAction) {
  return (wing: AdminWing): Handlers => ({
    GET: (c: AdminContext<'/:id'>) => ask(c, action, wing),
    POST: (c: AdminContext<'/:id'>) => execute(c, action, wing),
  });
}

async function ask(
  c: AdminContext<'/:id'>,
  action: PlainAction,
  wing: AdminWing,
): Promise<Response> {
  const maintenance = await wing.store.maintenance(c.req.param('id'));
  if (maintenance === null) return answerNotFound(c);
  if (!allows(maintenance.status, action))
    return redirectToMaintenance(c, maintenance.id, 'not_now');
  return answerAdmin(c, page(c, wing, { action, maintenance, changed: null }));
}

/** Asks again where the maintenance is not as it was when it was asked before. */
async function execute(
  c: AdminContext<'/:id'>,
  action: PlainAction,
  wing: AdminWing,
): Promise<Response> {
  const id = c.req.param('id');
  const opened = readVersion(await wing.store.planRevisions(id), seenFrom(c.var.form, 'seen'));
  const isAsSeen = (now: MaintenanceWithUpdates) =>
    // What cannot be done any more was done already, or is refused.
    !allows(now.status, action) || isAsRead(now, opened);
  const outcome = await wing.commands.execute(id, { name: action }, { isAsSeen });
  switch (outcome.result) {
    case 'done':
    case 'same':
      return redirectToMaintenance(c, id, DONE[action]);
    case 'missing':
      return answerNotFound(c);
    case 'stale': {
      const question = { action, maintenance: outcome.current, changed: { opened } };
      return answerAdmin(c, page(c, wing, question), 409);
    }
    case 'refused': {
      const { problems } = outcome;
      const maintenance = await wing.store.maintenance(id);
      if (maintenance === null || problems.some(({ code }) => code === 'wrong_status'))
        return redirectToMaintenance(c, id, 'not_now');
      return answerPlanForm(c, wing, { maintenance, problems });
    }
  }
}

const DONE = {
  announce: 'announced',
  start: 'started',
  end: 'ended',
  cancel: 'cancelled',
} as const satisfies Record<PlainAction, string>;

/** The action to confirm. */
interface Question {
  action: PlainAction;
  maintenance: MaintenanceWithUpdates;
  changed: ChangedMeanwhile | null;
}

function page(c: AdminContext, { groups }: AdminWing, question: Question) {
  const { words, page } = c.var;
  const form_token = formTokenOf(c);
  return confirmPage(words, { groups, form_token, zone: page.zone, ...question });
}
