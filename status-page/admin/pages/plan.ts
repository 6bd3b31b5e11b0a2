import { randomId } from '../../../model/ids.ts';
import { PLAN_FIELDS } from '../../../model/maintenance/difference.ts';
import { allows, isStartFixed } from '../../../model/maintenance/life-cycle.ts';
import { planOf } from '../../../model/maintenance/plan.ts';
import type { MaintenanceProblem } from '../../../model/maintenance/problems.ts';
import type { Maintenance, MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import type { Handlers } from '../../kit/route.ts';
import { type Comparison, compareForm, undecided } from '../comparison.ts';
import { type AdminContext, formTokenOf } from '../context.ts';
import {
  fieldOf,
  localTimeProblems,
  NO_VALUES,
  type PlanValues,
  planFrom,
  valuesFrom,
  valuesOf,
} from '../fields.ts';
import { problemTexts } from '../problems.ts';
import type { PlanForm } from '../view-models.ts';
import { planFormPage, SUBMITS } from '../views/plan-form.ts';
import { answerAdmin, answerNotFound, redirectToMaintenance } from './answer.ts';
import { answerComparison } from './comparison.ts';
import type { AdminWing } from './wing.ts';

/** The form of a new maintenance. Preserves invalid input. */
export function newMaintenanceHandlers(wing: AdminWing): Handlers {
  const { commands, configuration } = wing;
  const { zone } = configuration.page;
  return {
    GET: (c: AdminContext) => {
      const form = { ...newForm(c, wing), values: NO_VALUES, key: randomId() };
      return answerAdmin(c, planFormPage(c.var.words, form));
    },
    POST: async (c: AdminContext) => {
      const { form, words } = c.var;
      const values = valuesFrom(form);
      const key = fieldOf(form, 'key') || randomId();
      const announced = fieldOf(form, 'submit') === 'announce';
      const name = announced ? 'announce' : 'create';
      const plan = planFrom(values, zone);
      const outcome = await commands.create({ name, plan }, { key });
      if ('maintenance' in outcome)
        return redirectToMaintenance(c, outcome.maintenance.id, announced ? 'announced' : 'saved');
      if (outcome.result !== 'refused') return answerNotFound(c);
      const found = [...localTimeProblems(plan, zone, values), ...outcome.problems];
      const problems = problemTexts(found, words, zone);
      return answerAdmin(
        c,
        planFormPage(words, { ...newForm(c, wing), values, key, problems }),
        422,
      );
    },
  };
}

/** The form to edit a maintenance. */
export function editMaintenanceHandlers(wing: AdminWing): Handlers {
  const { store } = wing;
  return {
    GET: async (c: AdminContext<'/:id'>) => {
      const maintenance = await store.maintenance(c.req.param('id'));
      if (maintenance === null) return answerNotFound(c);
      if (!allows(maintenance.status, 'revise')) return redirectToMaintenance(c, maintenance.id);
      return answerPlanForm(c, wing, { maintenance });
    },
    POST: async (c: AdminContext<'/:id'>) => {
      const maintenance = await store.maintenance(c.req.param('id'));
      return maintenance === null ? answerNotFound(c) : edit(c, wing, maintenance);
    },
  };
}

/** Saves the form if it showed how things stand; else asks about what differs. */
async function edit(
  c: AdminContext<'/:id'>,
  wing: AdminWing,
  now: MaintenanceWithUpdates,
): Promise<Response> {
  const { store, commands } = wing;
  const { form, page } = c.var;
  const { zone } = page;
  const { id } = now;
  const revisions = await store.planRevisions(id);
  const compared = compareForm({ form, zone, now, revisions, fields: PLAN_FIELDS });
  const { merged, problems, values, differences, isAsCompared: isAsSeen } = compared;
  if (differences.length > 0 && !allows(now.status, 'revise'))
    return redirectToMaintenance(c, id, 'not_now');
  if (!compared.is_current || undecided(compared).length > 0)
    return askAboutPlan(c, wing, compared);
  const again = { maintenance: now, values: valuesOf(merged, zone, values) };
  const submitted = fieldOf(form, 'submit');
  if (submitted === 'edit') return answerPlanForm(c, wing, again);
  const name = submitted === 'announce' ? 'announce' : 'revise';
  const outcome = await commands.execute(id, { name, plan: merged }, { isAsSeen });
  switch (outcome.result) {
    case 'done':
      return redirectToMaintenance(c, id, name === 'announce' ? 'announced' : 'saved');
    case 'same':
      return redirectToMaintenance(c, id, name === 'announce' ? 'announced' : 'as_asked');
    case 'missing':
      return answerNotFound(c);
    case 'stale':
      return edit(c, wing, outcome.current);
    case 'refused': {
      if (outcome.problems.some(({ code }) => code === 'wrong_status'))
        return redirectToMaintenance(c, id, 'not_now');
      return answerPlanForm(c, wing, { ...again, problems: [...problems, ...outcome.problems] });
    }
  }
}

export interface ShownPlan {
  maintenance: Maintenance;
  /** Without them, those of its plan. */
  values?: PlanValues;
  problems?: MaintenanceProblem[];
}

/** The form of a maintenance: 422 with problems. */
export function answerPlanForm(
  c: AdminContext,
  wing: AdminWing,
  { maintenance, values, problems = [] }: ShownPlan,
): Response {
  const { words, page } = c.var;
  const form = {
    ...editForm(c, wing, maintenance),
    values: values ?? valuesOf(planOf(maintenance), page.zone),
    problems: problemTexts(problems, words, page.zone),
  };
  return answerAdmin(c, planFormPage(words, form), problems.length > 0 ? 422 : 200);
}

function askAboutPlan(c: AdminContext, wing: AdminWing, comparison: Comparison): Response {
  const { words } = c.var;
  const submits = buttonsOf(comparison.now).map((value) => ({
    value,
    label: words.text(SUBMITS[value]),
    is_primary: value !== 'draft',
  }));
  const further = { value: 'edit', label: words.text('difference.edit'), is_primary: false };
  const buttons = [...submits, further];
  return answerComparison(c, wing, { comparison, action: 'edit', buttons, fields: PLAN_FIELDS });
}

function newForm(c: AdminContext, { groups, input_locales }: AdminWing): Omit<PlanForm, 'values'> {
  return {
    id: null,
    problems: {},
    groups,
    form_token: formTokenOf(c),
    zone: c.var.page.zone,
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
  maintenance: Maintenance,
): Omit<PlanForm, 'values'> {
  return {
    ...newForm(c, wing),
    id: maintenance.id,
    seen: maintenance,
    has_begun: isStartFixed(maintenance.status),
    buttons: buttonsOf(maintenance),
  };
}

function buttonsOf({ status }: Maintenance): PlanForm['buttons'] {
  return allows(status, 'announce') ? ['announce', 'draft'] : ['revise'];
}
