import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { limitBody } from '../../http/body.ts';
import { clientAddress } from '../../http/client-address.ts';
import { REVALIDATE } from '../../http/headers.ts';
import { methodNotAllowed } from '../../http/methods.ts';
import { negotiateLocale } from '../../http/negotiation.ts';
import { isSameOrigin } from '../../http/origin.ts';
import { problem } from '../../http/problem.ts';
import { spokenLocale } from '../../model/languages.ts';
import type { Languages, Locale } from '../../model/vocabulary.ts';
import { prepare, sendPrepared } from '../serve/prepared.ts';
import { checkChoice, checkSignUp, readChoice, readSignUp } from './input.ts';
import type { Offer } from './offer.ts';
import type { SubscriptionPages } from './pages.ts';
import type { Found, Subscriptions } from './subscriptions.ts';

/** A form is some hundred bytes; a site with many systems sends a few thousand. */
const LARGEST_FORM_BYTES = 16 * 1024;
const FORM_TYPE = 'application/x-www-form-urlencoded';

type App = Hono<{ Bindings: HttpBindings }>;
type Request = Context<{ Bindings: HttpBindings }>;

/**
 * How readers subscribe, confirm, change and end. What a signed link allows needs no other proof.
 */
export function subscriptionRoutes({
  subscriptions,
  pages,
  offer,
}: {
  subscriptions: Subscriptions;
  /** Of each language that is offered. */
  pages: Record<Locale, SubscriptionPages>;
  offer: Offer;
}): App {
  const app: App = new Hono();
  const limited = limitBody(LARGEST_FORM_BYTES, tooLarge);

  for (const locale of offer.languages) {
    const page = pages[locale];

    app.get(`/${locale}/subscribe`, always(locale, page.form()));
    app.post(`/${locale}/subscribe`, limited, async (c) => {
      // No other site can sign people up from its visitors' browsers.
      if (!isSameOrigin(c)) return fromElsewhere();
      const form = await readForm(c);
      if (form === null) return notAForm();
      const input = readSignUp(form, offer);
      const checked = checkSignUp(input, offer);
      if ('problems' in checked) {
        return answer(c, locale, page.form({ input, ...checked, wait_ms: 0 }), 422);
      }
      const wait_ms = await subscriptions.signUp(checked.value, clientAddress(c.env.incoming));
      if (wait_ms > 0) {
        c.header('retry-after', String(Math.ceil(wait_ms / 1_000)));
        return answer(c, locale, page.form({ input, problems: [], wait_ms }), 429);
      }
      return c.redirect(`/${locale}/subscribe/sent`, 303);
    });
    app.get(`/${locale}/subscribe/sent`, always(locale, page.sent()));

    app.get(`/${locale}/subscription/confirm`, async (c) => {
      const token = tokenOf(c);
      const found = await subscriptions.find(token, 'confirm');
      if (typeof found === 'string') return leadsNowhere(c, locale, found);
      if (found.status === 'active') return answer(c, locale, page.already(found));
      return answer(c, locale, page.confirm(found, token));
    });
    app.post(`/${locale}/subscription/confirm`, async (c) => {
      const found = await subscriptions.find(tokenOf(c), 'confirm');
      if (typeof found === 'string') return leadsNowhere(c, locale, found);
      const is_new = await subscriptions.confirm(found);
      return answer(c, locale, is_new ? page.confirmed(found) : page.already(found));
    });

    app.get(`/${locale}/subscription`, async (c) => {
      const token = tokenOf(c);
      const found = await subscriptions.find(token, 'manage');
      if (typeof found === 'string') return leadsNowhere(c, locale, found);
      const saved = c.req.query('saved') !== undefined;
      return answer(c, locale, page.manage(found, { token, saved }));
    });
    app.post(`/${locale}/subscription`, limited, async (c) => {
      const token = tokenOf(c);
      const found = await subscriptions.find(token, 'manage');
      if (typeof found === 'string') return leadsNowhere(c, locale, found);
      const form = await readForm(c);
      if (form === null) return notAForm();
      const input = readChoice(form);
      const checked = checkChoice(input, offer);
      if ('problems' in checked) {
        const sent = { input, ...checked };
        return answer(c, locale, page.manage(found, { token, saved: false, sent }), 422);
      }
      const is_there = await subscriptions.change(found, checked.value);
      if (!is_there) return leadsNowhere(c, locale, 'gone');
      return c.redirect(`/${locale}/subscription?t=${token}&saved=1`, 303);
    });

    app.all(`/${locale}/subscribe`, () => methodNotAllowed(['GET', 'POST']));
    app.all(`/${locale}/subscribe/sent`, () => methodNotAllowed(['GET']));
    app.all(`/${locale}/subscription/confirm`, () => methodNotAllowed(['GET', 'POST']));
    app.all(`/${locale}/subscription`, () => methodNotAllowed(['GET', 'POST']));
  }

  app.get('/unsubscribe', async (c) => {
    const found = await subscriptions.find(tokenOf(c), 'unsubscribe');
    const locale = localeOf(c, found, offer.languages);
    if (typeof found === 'string') return leadsNowhere(c, locale, found);
    return answer(c, locale, pages[locale].unsubscribe(found));
  });
  /**
   * Also what mail programs do for their reader (RFC 8058): no page before, no cookie, and again
   * does no harm.
   */
  app.post('/unsubscribe', async (c) => {
    const found = await subscriptions.find(tokenOf(c), 'unsubscribe');
    const locale = localeOf(c, found, offer.languages);
    if (found === 'forged' || found === 'expired') return leadsNowhere(c, locale, found);
    if (found !== 'gone') await subscriptions.end(found);
    return answer(c, locale, pages[locale].unsubscribed());
  });
  app.all('/unsubscribe', () => methodNotAllowed(['GET', 'POST']));
  return app;

  function leadsNowhere(c: Request, locale: Locale, reason: 'forged' | 'expired' | 'gone') {
    return answer(c, locale, pages[locale].link(reason), reason === 'forged' ? 404 : 410);
  }
}

/** A page that is the same for everybody, made once: a crowd costs no rendering. */
function always(locale: Locale, html: string) {
  const prepared = prepare(html, { ...htmlIn(locale), 'cache-control': REVALIDATE });
  return async (c: Request) => {
    sendPrepared(c.env.incoming, c.env.outgoing, await prepared);
    return RESPONSE_ALREADY_SENT;
  };
}

function htmlIn(locale: Locale) {
  return { 'content-type': 'text/html; charset=utf-8', 'content-language': locale };
}

function tokenOf(c: Request): string {
  return c.req.query('t') ?? '';
}

/** The subscriber's language, else the browser's. */
function localeOf(c: Request, found: Found, languages: Languages): Locale {
  return typeof found === 'string'
    ? negotiateLocale(c.req.header('accept-language'), languages)
    : spokenLocale(found.locale, languages);
}

/** Never kept anywhere: the address of the page is a key. */
function answer(
  c: Request,
  locale: Locale,
  html: string,
  status: 200 | 404 | 410 | 422 | 429 = 200,
) {
  return c.body(html, status, {
    ...htmlIn(locale),
    'cache-control': 'no-store',
  });
}

/** null: it is something else than a form. */
async function readForm(c: Request): Promise<URLSearchParams | null> {
  const [type] = (c.req.header('content-type') ?? '').split(';');
  if (type?.trim().toLowerCase() !== FORM_TYPE) return null;
  return new URLSearchParams(await c.req.text());
}

function fromElsewhere(): Response {
  return problem({
    status: 403,
    title: 'Only this page may do that',
    detail: 'Use the form on the page itself; the request names another origin, or none.',
  });
}

function notAForm(): Response {
  return problem({ status: 415, title: 'Not a form', detail: `Expected ${FORM_TYPE}.` });
}

function tooLarge(): Response {
  return problem({
    status: 413,
    title: 'The form is too large',
    detail: `Expected at most ${LARGEST_FORM_BYTES} bytes.`,
  });
}
