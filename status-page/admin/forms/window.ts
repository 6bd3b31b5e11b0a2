import type { Hono } from 'hono';
import { randomId } from '../../../model/ids.ts';
import type { MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import type { Language } from '../views/language.ts';
import { type UpdateDraft, type WindowView, windowPage } from '../views/window.ts';
import type { DeskContext, DeskEnv } from './desk.ts';
import { fieldOf, localizedFrom, NO_TEXT } from './fields.ts';
import { addressOf } from './plan.ts';
import { type AdminContext, problemsByField, sessionOf } from './within.ts';

/** One maintenance as it stands, and posting progress. */
export function windowRoutes(
  app: Hono<DeskEnv>,
  { desk, maintenances, groups, zone, clock }: AdminContext,
): void {
  app.get('/maintenances/:id', async (c) => {
    const maintenance = await maintenances.find(c.req.param('id'));
    if (maintenance === null) return desk.notFound(c);
    const notice = noticeOf(c.req.query('note'), maintenance, c.var.language);
    return desk.show(c, windowPage(c.var.language, await view(c, maintenance, { notice })));
  });

  app.post('/maintenances/:id/updates', async (c) => {
    const { form, language } = c.var;
    const id = c.req.param('id');
    const key = fieldOf(form, 'key') || randomId();
    const text = localizedFrom(form, 'text');
    const outcome = await maintenances.execute(id, { name: 'comment', text }, { key });
    if (outcome.result === 'done' || outcome.result === 'same') {
      return c.redirect(addressOf(c, id, 'posted'), 303);
    }
    const maintenance = await maintenances.find(id);
    if (maintenance === null || outcome.result !== 'refused') return desk.notFound(c);
    const problems = problemsByField(outcome.problems, language, zone);
    const draft = { text, problems, key };
    const text_problem = Object.values(problems)[0] ?? '';
    const notice = { is: 'problem' as const, text: text_problem };
    return desk.show(c, windowPage(language, await view(c, maintenance, { draft, notice })), 422);
  });

  async function view(
    c: DeskContext,
    maintenance: MaintenanceWithUpdates,
    { notice = null, draft = emptyDraft() }: Partial<Pick<WindowView, 'notice' | 'draft'>>,
  ): Promise<WindowView> {
    return {
      maintenance,
      excluded: await maintenances.excludedTime(maintenance.id),
      groups,
      session: sessionOf(c),
      now: clock.now(),
      notice,
      draft,
    };
  }
}

function emptyDraft(): UpdateDraft {
  return { text: NO_TEXT, problems: {}, key: randomId() };
}

const NOTES = [
  'saved',
  'announced',
  'started',
  'extended',
  'ended',
  'cancelled',
  'posted',
] as const;

/**
 * What an address may ask to be said on top: a closed set, so that a link cannot put words in our
 * mouth.
 */
function noticeOf(
  note: string | undefined,
  { status }: MaintenanceWithUpdates,
  { words }: Language,
): WindowView['notice'] {
  if (note === 'not_now') {
    const params = { status: words.text(`maintenance_status.${status}`) };
    return { is: 'problem', text: words.text('confirm.not_now', params) };
  }
  const done = NOTES.find((it) => it === note);
  return done ? { is: 'done', text: words.text(`done.${done}`) } : null;
}
