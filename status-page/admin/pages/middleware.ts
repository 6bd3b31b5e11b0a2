import type { MiddlewareHandler } from 'hono';
import { limitBody } from '../../../http/body.ts';
import { isSameOrigin } from '../../../http/origin.ts';
import { MAX_MAINTENANCE_BYTES } from '../../commands/limits.ts';
import type { AdminEnv } from '../context.ts';
import { fieldOf } from '../fields.ts';
import type { Sessions } from '../session.ts';
import { adminBase } from '../view-models.ts';
import { adminMessagePage } from '../views/message.ts';
import { signInPage } from '../views/sign-in.ts';
import { answerAdmin } from './answer.ts';

/** Middleware that loads the session. */
export function loadSession(sessions: Sessions): MiddlewareHandler<AdminEnv> {
  return async (c, next) => {
    c.set('session', await sessions.read(c.req.header('cookie')));
    return next();
  };
}

export const limitAdminForm: MiddlewareHandler<AdminEnv> = limitBody(MAX_MAINTENANCE_BYTES, (c) => {
  const message = adminMessagePage(c.var.words, {
    title: 'admin.title',
    about: 'form.too_large',
    back: 'maintenance_details.back',
  });
  return answerAdmin(c, message, 413);
});

/** Reads the form of a POST; refuses cross-site requests. */
export const readAdminForm: MiddlewareHandler<AdminEnv> = async (c, next) => {
  if (c.req.method !== 'POST') return next();
  if (!isSameOrigin(c, c.var.page.public_url)) {
    const message = adminMessagePage(c.var.words, {
      title: 'admin.title',
      about: 'sign_in.other_site',
      back: 'list.title',
    });
    return answerAdmin(c, message, 403);
  }
  c.set('form', await c.req.formData().catch(() => new FormData()));
  return next();
};

/** Redirects to sign-in without a session, and refuses forms of another session. */
export const requireSession: MiddlewareHandler<AdminEnv> = async (c, next) => {
  const { words, session } = c.var;
  if (c.req.method !== 'POST') {
    return session === null ? c.redirect(`${adminBase(words)}/sign-in`, 303) : next();
  }
  if (session?.form_token === fieldOf(c.var.form, 'form_token')) return next();
  c.set('session', null);
  return answerAdmin(c, signInPage(words, words.text('sign_in.expired')), 403);
};
