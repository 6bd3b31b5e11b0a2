import { allows } from '../../../model/maintenance/life-cycle.ts';
import { planOf } from '../../../model/maintenance/plan.ts';
import type { MaintenanceProblem } from '../../../model/maintenance/problems.ts';
import type { MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import type { Handlers } from '../../kit/route.ts';
import { type Comparison, compareForm, undecided } from '../comparison.ts';
import { type AdminContext, formTokenOf } from '../context.ts';
import { EXTENSION_FIELDS, fieldOf, type PlanValues, valuesOf } from '../fields.ts';
import { problemTexts } from '../problems.ts';
import { extensionPage } from '../views/confirm.ts';
import { answerAdmin, answerNotFound, redirectToMaintenance } from './answer.ts';
import { answerComparison } from './comparison.ts';
import type { AdminWing } from './wing.ts';

/** The form of an extension. */
export function extensionHandlers(wing: AdminWing): Handlers {
  const { store } = wing;
  return {
    GET: async (c: AdminContext<'/:id'>) => {
      const maintenance = await store.maintenance(c.req.param('id'));
      if (maintenance === null) return answerNotFound(c);
      if (!allows(maintenance.status, 'extend'))
        return redirectToMaintenance(c, maintenance.id, 'not_now');
      return answerAdmin(c, page(c, wing, { maintenance }));
    },
    POST: async (c: AdminContext<'/:id'>) => {
      const maintenance = await store.maintenance(c.req.param('id'));
      return maintenance === null ? answerNotFound(c) : extend(c, wing, maintenance);
    },
  };
}

async function extend(
  c: AdminContext<'/:id'>,
  wing: AdminWing,
  now: MaintenanceWithUpdates,
): Promise<Response> {
  const { store, commands } = wing;
  const { form, page: settings } = c.var;
  const { id } = now;
  if (!allows(now.status, 'extend')) return redirectToMaintenance(c, id, 'not_now');
  const revisions = await store.planRevisions(id);
  const parts = { form, zone: settings.zone, now, revisions, fields: EXTENSION_FIELDS };
  const compared = compareForm(parts);
  if (!compared.is_current || undecided(compared).length > 0) return ask(c, wing, compared);
  const { merged, problems, values, differences, isAsCompared: isAsSeen } = compared;
  const again = { maintenance: now, values: valuesOf(merged, settings.zone, values) };
  if (fieldOf(form, 'submit') === 'edit') return answerAdmin(c, page(c, wing, again));
  const keeps_all = differences.length > 0 && differences.every(({ side }) => side === 'theirs');
  if (keeps_all) return redirectToMaintenance(c, id, 'as_asked');
  const { announced_until, expected_recovery_at } = merged;
  const command = { name: 'extend', announced_until, expected_recovery_at } as const;
  const outcome = await commands.execute(id, command, { isAsSeen });
  switch (outcome.result) {
    case 'done':
      return redirectToMaintenance(c, id, 'extended');
    case 'same':
      return redirectToMaintenance(c, id, 'as_asked');
    case 'missing':
      return answerNotFound(c);
    case 'stale':
      return extend(c, wing, outcome.current);
    case 'refused': {
      if (outcome.problems.some(({ code }) => code === 'wrong_status'))
        return redirectToMaintenance(c, id, 'not_now');
      const refused = { ...again, problems: [...problems, ...outcome.problems] };
      return answerAdmin(c, page(c, wing, refused), 422);
    }
  }
}

function ask(c: AdminContext, wing: AdminWing, comparison: Comparison): Response {
  const buttons = [
    { value: 'extend', label: c.var.words.text('confirm.extend.submit'), is_primary: true },
    { value: 'edit', label: c.var.words.text('difference.edit'), is_primary: false },
  ];
  const fields = EXTENSION_FIELDS;
  return answerComparison(c, wing, { comparison, action: 'extend', buttons, fields });
}

/** The form with its values; without them, the present times. */
interface Shown {
  maintenance: MaintenanceWithUpdates;
  values?: PlanValues;
  problems?: MaintenanceProblem[];
}

function page(
  c: AdminContext,
  { groups }: AdminWing,
  { maintenance, values, problems = [] }: Shown,
) {
  const { words, page: settings } = c.var;
  const { zone } = settings;
  return extensionPage(words, {
    maintenance,
    groups,
    form_token: formTokenOf(c),
    zone,
    times: (values ?? valuesOf(planOf(maintenance), zone)).times,
    problems: problemTexts(problems, words, zone),
  });
}
