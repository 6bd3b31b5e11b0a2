import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { answerPage } from '../../kit/answer.ts';
import type { AdminContext } from '../context.ts';
import { type AdminPage, adminBase } from '../view-models.ts';
import { adminDocument } from '../views/document.ts';
import { adminMessagePage } from '../views/message.ts';

export function answerAdmin(
  c: AdminContext,
  shown: AdminPage,
  status: ContentfulStatusCode = 200,
): Response {
  const { session, page, words } = c.var;
  const form_token = session?.form_token ?? null;
  return answerPage(c, adminDocument(shown, { form_token, page, words }), status);
}

/** The response for an unknown maintenance. */
export function answerNotFound(c: AdminContext): Response {
  const message = adminMessagePage(c.var.words, {
    title: 'not_found.title',
    about: 'not_found.about',
    back: 'maintenance_details.back',
  });
  return answerAdmin(c, message, 404);
}

/** Redirects to the page of a maintenance; `note` selects the notice shown on top. */
export function redirectToMaintenance(c: AdminContext, id: string, note?: string): Response {
  const address = `${adminBase(c.var.words)}/maintenances/${id}`;
  return c.redirect(note === undefined ? address : `${address}?note=${note}`, 303);
}
