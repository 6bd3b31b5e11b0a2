import type { Handlers } from '../../kit/route.ts';
import type { AdminContext } from '../context.ts';
import { fieldOf } from '../fields.ts';
import { adminBase } from '../view-models.ts';
import { signInPage } from '../views/sign-in.ts';
import { answerAdmin } from './answer.ts';
import type { AdminWing } from './wing.ts';

/** Redirects `/admin` to the negotiated language. */
export function homeHandlers(): Handlers {
  return {
    GET: (c: AdminContext) => {
      c.header('vary', 'Accept-Language');
      return c.redirect(`${adminBase(c.var.words)}/`, 302);
    },
  };
}

export function signInHandlers(wing: AdminWing): Handlers {
  const { sessions, attempts, log } = wing;
  return {
    GET: (c: AdminContext) => answerAdmin(c, signInPage(c.var.words)),
    POST: async (c: AdminContext) => {
      const { words, form, client } = c.var;
      const token = fieldOf(form, 'token').trim();
      // Nothing was guessed.
      if (token === '') return answerAdmin(c, signInPage(words, words.text('sign_in.wrong')), 401);
      const session = await sessions.open(token);
      if (session === null) {
        const seconds = await attempts.failed(client);
        if (seconds > 0) {
          c.header('retry-after', String(seconds));
          const problem = words.text('sign_in.wait', { seconds: String(seconds) });
          return answerAdmin(c, signInPage(words, problem), 429);
        }
        log.warn({}, 'wrong administrator token');
        return answerAdmin(c, signInPage(words, words.text('sign_in.wrong')), 401);
      }
      attempts.succeeded(client);
      log.info({}, 'administrator signed in');
      c.header('set-cookie', sessions.cookie(session));
      return c.redirect(`${adminBase(words)}/`, 303);
    },
  };
}

export function signOutHandlers({ sessions, log }: AdminWing): Handlers {
  return {
    POST: async (c: AdminContext) => {
      if (c.var.session !== null) await sessions.end(c.var.session);
      log.info({}, 'administrator signed out');
      c.header('set-cookie', sessions.cookie(null));
      return c.redirect(`${adminBase(c.var.words)}/sign-in`, 303);
    },
  };
}
