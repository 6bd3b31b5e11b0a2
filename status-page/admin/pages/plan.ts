import { randomId } from '../../../model/ids.ts';
import { allows, isStartFixed } from '../../../model/maintenance/life-cycle.ts';
import { planOf } from '../../../model/maintenance/plan.ts';
import type { Maintenance } from '../../../model/maintenance.ts';
import type { CommandOutcome } from '../../commands/maintenances.ts';
import type { Handlers } from '../../kit/route.ts';
import { type AdminContext, formTokenOf } from '../context.ts';
import { fieldOf, NO_VALUES, planFrom, valuesFrom, valuesOf, wholeNumberOf } from '../fields.ts';
import { problemTexts } from '../problems.ts';
import type { PlanForm } from '../view-models.ts';
import { planFormPage } from '../views/plan-form.ts';
import { answerAdmin, answerNotFound, redirectToMaintenance } from './answer.ts';
import type { AdminWing } from './wing.ts';

/** The form of a new maintenance. Preserves invalid input. */
export function newMaintenanceHandlers(wing: AdminWing): Handlers {
  const { commands, configuration } = wing;
  return {
    GET: (c: AdminContext) => {
      const form = { ...newForm(c, wing), values: NO_VALUES, key: randomId() };
      return answerAdmin(c, planFormPage(c.var.words, form));
    },
    POST: async (c: AdminContext) => {
      const { form } = c.var;
      const values = valuesFrom(form);
      const key = fieldOf(form, 'key') || randomId();
      const announced = fieldOf(form, 'submit') === 'announce';
      const name = announced ? 'announce' : 'create';
      const plan = planFrom(values, configuration.page.zone);
      const outcome = await commands.create({ name, plan }, { key });
      if ('maintenance' in outcome)
        return redirectToMaintenance(c, outcome.maintenance.id, announced ? 'announced' : 'saved');
      return answerAgain(c, outcome, { ...newForm(c, wing), values, key });
    },
  };
}

/** The form to edit a maintenance. */
export function editMaintenanceHandlers(wing: AdminWing): Handlers {
  const { store, commands, configuration } = wing;
  const { zone } = configuration.page;
  return {
    GET: async (c: AdminContext<'/:id'>) => {
      const maintenance = await store.maintenance(c.req.param('id'));
      if (maintenance === null) return answerNotFound(c);
      if (!allows(maintenance.status, 'revise')) return redirectToMaintenance(c, maintenance.id);
      const values = valuesOf(planOf(maintenance), zone);
      const form = { ...editForm(c, wing, maintenance), values };
      return answerAdmin(c, planFormPage(c.var.words, form));
    },
    POST: async (c: AdminContext<'/:id'>) => {
      const id = c.req.param('id');
      const { form } = c.var;
      const values = valuesFrom(form);
      const announced = fieldOf(form, 'submit') === 'announce';
      const seen = wholeNumberOf(form, 'seen');
      const name = announced ? 'announce' : 'revise';
      const command = { name, plan: planFrom(values, zone) } as const;
      const outcome = await commands.execute(id, command, { seen });
      if ('maintenance' in outcome)
        return redirectToMaintenance(c, id, announced ? 'announced' : 'saved');
      const maintenance = await store.maintenance(id);
      if (maintenance === null) return answerNotFound(c);
      const over = !allows(maintenance.status, 'revise');
      if (outcome.result === 'stale' && over) return redirectToMaintenance(c, id, 'not_now');
      return answerAgain(c, outcome, { ...editForm(c, wing, maintenance), values });
    },
  };
}

/** The form with the refused input and its problems. */
function answerAgain(
  c: AdminContext,
  outcome: Exclude<CommandOutcome, { maintenance: Maintenance }>,
  form: PlanForm,
): Response {
  const { words, page } = c.var;
  switch (outcome.result) {
    case 'refused': {
      const problems = problemTexts(outcome.problems, words, page.zone);
      return answerAdmin(c, planFormPage(words, { ...form, problems }), 422);
    }
    case 'stale':
      return answerAdmin(
        c,
        planFormPage(words, { ...form, notice: words.text('form.stale') }),
        409,
      );
    case 'missing':
      return answerNotFound(c);
  }
}

function newForm(c: AdminContext, { groups, input_locales }: AdminWing): Omit<PlanForm, 'values'> {
  return {
    id: null,
    problems: {},
    notice: null,
    groups,
    form_token: formTokenOf(c),
    seen: null,
    key: null,
    has_begun: false,
    input_locales,
    buttons: ['announce', 'draft'],
  };
}

function editForm(
  c: AdminContext,
  wing: AdminWing,
  { id, status, updated_at }: Maintenance,
): Omit<PlanForm, 'values'> {
  return {
    ...newForm(c, wing),
    id,
    seen: updated_at,
    has_begun: isStartFixed(status),
    buttons: allows(status, 'announce') ? ['announce', 'draft'] : ['revise'],
  };
}
