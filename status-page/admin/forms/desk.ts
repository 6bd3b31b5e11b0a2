import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { negotiateLocale } from '../../../http/negotiation.ts';
import { isSameOrigin } from '../../../http/origin.ts';
import type { PageSettings } from '../../../model/configuration.ts';
import type { Languages, Locale } from '../../../model/vocabulary.ts';
import type { Session, Sessions } from '../session.ts';
import { type AdminPage, adminDocument } from '../views/document.ts';
import { createLanguage, type Language } from '../views/language.ts';
import { signInPage, wordPage } from '../views/sign-in.ts';
import { fieldOf } from './fields.ts';

export interface DeskEnv {
  Bindings: HttpBindings;
  Variables: {
    language: Language;
    /** null: nobody has signed in. */
    session: Session | null;
    /** What a form sent. */
    form: FormData;
  };
}
export type DeskContext = Context<DeskEnv>;

/** What every route of the forms does first, and how it answers. */
export interface Desk {
  /** Knows the language and who has signed in. */
  greet: MiddlewareHandler<DeskEnv>;
  /** Refuses what another site made a browser send; reads the form. */
  takeForm: MiddlewareHandler<DeskEnv>;
  /** Sends whoever has not signed in to do so, and refuses forms of another session. */
  requireSession: MiddlewareHandler<DeskEnv>;
  show(c: DeskContext, page: AdminPage, status?: Status): Response;
  notFound(c: DeskContext): Response;
  tooLarge(c: DeskContext): Response;
}

type Status = 200 | 401 | 403 | 404 | 409 | 413 | 422 | 429;

export function createDesk({
  sessions,
  page,
  styles,
}: {
  sessions: Sessions;
  page: PageSettings;
  styles: readonly string[];
}): Desk {
  const languages = new Map(page.languages.map((locale) => [locale, createLanguage(locale, page)]));

  function show(c: DeskContext, shown: AdminPage, status: Status = 200): Response {
    const { language, session } = c.var;
    const html = adminDocument({ ...shown, session, language, page, styles });
    return c.html(html, status, {
      'cache-control': 'no-store',
      'content-language': language.locale,
    });
  }

  return {
    show,

    async greet(c, next) {
      const language = languages.get(c.req.param('lang') as Locale);
      if (!language) return c.notFound();
      c.set('language', language);
      c.set('session', await sessions.read(c.req.header('cookie')));
      return next();
    },

    async takeForm(c, next) {
      const { words } = c.var.language;
      if (!isSameOrigin(c)) {
        const back = { href: `${c.var.language.base}/`, text: words.text('list.title') };
        const [title, about] = [words.text('admin.title'), words.text('sign_in.other_site')];
        return show(c, wordPage({ title, about, back }), 403);
      }
      c.set('form', await c.req.formData().catch(() => new FormData()));
      return next();
    },

    async requireSession(c, next) {
      const { language, session } = c.var;
      if (c.req.method === 'GET') {
        return session === null ? c.redirect(`${language.base}/sign-in`, 303) : next();
      }
      if (session?.form_token === fieldOf(c.var.form, 'form_token')) return next();
      c.set('session', null);
      return show(
        c,
        signInPage(language, { problem: language.words.text('sign_in.expired') }),
        403,
      );
    },

    notFound(c) {
      const { words, base } = c.var.language;
      const back = { href: `${base}/`, text: words.text('window.back') };
      const [title, about] = [words.text('not_found.title'), words.text('not_found.about')];
      return show(c, wordPage({ title, about, back }), 404);
    },

    tooLarge(c) {
      const { words, base } = c.var.language;
      const back = { href: `${base}/`, text: words.text('window.back') };
      return show(
        c,
        wordPage({ title: words.text('admin.title'), about: words.text('form.too_large'), back }),
        413,
      );
    },
  };
}

/** `/admin` in the language that the browser asks for. */
export function adminHome(c: Context, languages: Languages): Response {
  const locale = negotiateLocale(c.req.header('accept-language'), languages);
  return c.redirect(`/admin/${locale}/`, 302);
}
