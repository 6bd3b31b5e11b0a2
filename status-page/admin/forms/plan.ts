import type { Hono } from 'hono';
import { randomId } from '../../../model/ids.ts';
import { allows, keepsStart } from '../../../model/maintenance/life-cycle.ts';
import { planOf } from '../../../model/maintenance/plan.ts';
import type { Maintenance } from '../../../model/maintenance.ts';
import type { CommandOutcome } from '../../commands/maintenances.ts';
import { type PlanForm, planFormPage } from '../views/plan-form.ts';
import type { DeskContext, DeskEnv } from './desk.ts';
import { fieldOf, NO_VALUES, planFrom, valuesFrom, valuesOf } from './fields.ts';
import { type AdminContext, numberFrom, problemsByField, sessionOf } from './within.ts';

/** Writing a maintenance, new or again. What was typed is kept until it is right. */
export function planRoutes(app: Hono<DeskEnv>, within: AdminContext): void {
  const { desk, maintenances, groups, zone } = within;

  app.get('/maintenances/new', (c) =>
    desk.show(c, planFormPage(c.var.language, { ...blank(c), values: NO_VALUES, key: randomId() })),
  );

  app.post('/maintenances/new', async (c) => {
    const { form } = c.var;
    const values = valuesFrom(form);
    const key = fieldOf(form, 'key') || randomId();
    const announced = fieldOf(form, 'submit') === 'announce';
    const name = announced ? 'announce' : 'create';
    const outcome = await maintenances.create({ name, plan: planFrom(values, zone) }, { key });
    const again = { ...blank(c), values, key };
    return after(c, outcome, again, announced ? 'announced' : 'saved');
  });

  app.get('/maintenances/:id/edit', async (c) => {
    const maintenance = await maintenances.find(c.req.param('id'));
    if (maintenance === null) return desk.notFound(c);
    if (!allows(maintenance.status, 'revise')) return c.redirect(addressOf(c, maintenance.id), 303);
    const values = valuesOf(planOf(maintenance), zone);
    return desk.show(c, planFormPage(c.var.language, { ...editing(c, maintenance), values }));
  });

  app.post('/maintenances/:id/edit', async (c) => {
    const id = c.req.param('id');
    const { form, language } = c.var;
    const values = valuesFrom(form);
    const announced = fieldOf(form, 'submit') === 'announce';
    const seen = numberFrom(fieldOf(form, 'seen'));
    const before = await maintenances.find(id);
    if (before === null) return desk.notFound(c);
    const name = announced && allows(before.status, 'announce') ? 'announce' : 'revise';
    const command = { name, plan: planFrom(values, zone) } as const;
    const outcome = await maintenances.execute(id, command, { seen });
    const maintenance = (await maintenances.find(id)) ?? before;
    const again = { ...editing(c, maintenance), values };
    if (outcome.result === 'stale') {
      if (!allows(maintenance.status, 'revise'))
        return c.redirect(addressOf(c, id, 'not_now'), 303);
      const notice = language.words.text('form.stale');
      return desk.show(c, planFormPage(language, { ...again, notice }), 409);
    }
    return after(c, outcome, again, announced ? 'announced' : 'saved');
  });

  function after(c: DeskContext, outcome: CommandOutcome, again: PlanForm, done: string) {
    const { language } = c.var;
    if (outcome.result === 'done' || outcome.result === 'same') {
      return c.redirect(addressOf(c, outcome.maintenance.id, done), 303);
    }
    if (outcome.result !== 'refused') return desk.notFound(c);
    const problems = problemsByField(outcome.problems, language, zone);
    return desk.show(c, planFormPage(language, { ...again, problems }), 422);
  }

  function blank(c: DeskContext): Omit<PlanForm, 'values'> {
    return {
      id: null,
      problems: {},
      notice: null,
      groups,
      session: sessionOf(c),
      seen: null,
      key: null,
      has_begun: false,
      buttons: ['announce', 'draft'],
    };
  }

  function editing(c: DeskContext, { id, status, updated_at }: Maintenance) {
    return {
      ...blank(c),
      id,
      seen: updated_at,
      has_begun: keepsStart(status),
      buttons: allows(status, 'announce')
        ? (['announce', 'draft'] as const)
        : (['revise'] as const),
    };
  }
}

/** Of the page of one maintenance, and what it shall say on top. */
export function addressOf(c: DeskContext, id: string, note?: string): string {
  return `${c.var.language.base}/maintenances/${id}${note ? `?note=${note}` : ''}`;
}
