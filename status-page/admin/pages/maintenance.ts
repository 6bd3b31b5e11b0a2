import { maintenanceStatus, type Words } from '../../../messages/index.ts';
import { randomId } from '../../../model/ids.ts';
import { endProposedSince } from '../../../model/maintenance/proposal.ts';
import type { Maintenance, MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import type { Handlers } from '../../kit/route.ts';
import { type AdminContext, formTokenOf } from '../context.ts';
import { fieldOf, localizedFrom, NO_TEXT } from '../fields.ts';
import { problemTexts } from '../problems.ts';
import { isAsRead, readVersion, seenFrom } from '../versions.ts';
import type { MaintenanceDetails, UpdateDraft } from '../view-models.ts';
import { maintenanceDetailsPage } from '../views/maintenance.ts';
import { answerAdmin, answerNotFound, redirectToMaintenance } from './answer.ts';
import type { AdminWing } from './wing.ts';

/** The page of one maintenance. */
export function adminMaintenanceHandlers(wing: AdminWing): Handlers {
  return {
    GET: async (c: AdminContext<'/:id'>) => {
      const maintenance = await wing.store.maintenance(c.req.param('id'));
      if (maintenance === null) return answerNotFound(c);
      const notice = noticeOf(c.req.query('note'), maintenance, c.var.words);
      const details = await detailsOf(c, wing, maintenance, { notice });
      return answerAdmin(c, maintenanceDetailsPage(c.var.words, details));
    },
  };
}

/** Posts a progress update; asks again where it was written about another state of things. */
export function postUpdateHandlers(wing: AdminWing): Handlers {
  const { store, commands } = wing;
  return {
    POST: async (c: AdminContext<'/:id'>) => {
      const { form, words, page } = c.var;
      const id = c.req.param('id');
      const key = fieldOf(form, 'key') || randomId();
      const text = localizedFrom(form, 'text');
      const opened = readVersion(await store.planRevisions(id), seenFrom(form, 'seen'));
      const isAsSeen = (now: Maintenance) => now.status === opened?.status && isAsRead(now, opened);
      const outcome = await commands.execute(id, { name: 'comment', text }, { key, isAsSeen });
      switch (outcome.result) {
        case 'done':
        case 'same':
          return redirectToMaintenance(c, id, 'posted');
        case 'missing':
          return answerNotFound(c);
        case 'stale': {
          const draft = { text, problems: {}, key };
          const notice = { is: 'problem' as const, text: words.text('difference.comment') };
          const shown = { draft, notice, changed: { opened } };
          const details = await detailsOf(c, wing, outcome.current, shown);
          return answerAdmin(c, maintenanceDetailsPage(words, details), 409);
        }
        case 'refused': {
          const maintenance = await store.maintenance(id);
          if (maintenance === null) return answerNotFound(c);
          const problems = problemTexts(outcome.problems, words, page.zone);
          const draft = { text, problems, key };
          const notice = { is: 'problem' as const, text: Object.values(problems)[0] ?? '' };
          const details = await detailsOf(c, wing, maintenance, { draft, notice });
          return answerAdmin(c, maintenanceDetailsPage(words, details), 422);
        }
      }
    },
  };
}

async function detailsOf(
  c: AdminContext,
  wing: AdminWing,
  maintenance: MaintenanceWithUpdates,
  shown: Partial<Pick<MaintenanceDetails, 'notice' | 'changed' | 'draft'>>,
): Promise<MaintenanceDetails> {
  const { notice = null, changed = null, draft = emptyDraft() } = shown;
  const { store } = wing;
  const now = c.var.clock.now();
  const measured = {
    statuses: await store.components(),
    transitions: await store.transitions(now, now),
  };
  return {
    maintenance,
    accounting: await store.maintenanceAccounting(maintenance.id),
    works_since: endProposedSince(maintenance, measured, now),
    groups: wing.groups,
    form_token: formTokenOf(c),
    now,
    notice,
    changed,
    zone: c.var.page.zone,
    draft,
    input_locales: wing.input_locales,
  };
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
  'as_asked',
] as const;

/** The notice selected by the URL: from a closed set, so that links cannot inject text. */
function noticeOf(
  note: string | undefined,
  maintenance: MaintenanceWithUpdates,
  words: Words,
): MaintenanceDetails['notice'] {
  if (note === 'not_now') {
    const params = { status: maintenanceStatus(maintenance, words) };
    return { is: 'problem', text: words.text('confirm.not_now', params) };
  }
  const done = NOTES.find((it) => it === note);
  return done ? { is: 'done', text: words.text(`done.${done}`) } : null;
}
