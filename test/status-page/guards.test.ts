import { describe, expect, it, test } from 'vitest';
import { LOCALES } from '../../model/vocabulary.ts';
import { ROUTES, type Route } from '../../status-page/routes.ts';
import { expandPath } from '../../status-page/serve/route-table.ts';
import { formFields, openBrowser } from './admin/browser.ts';
import { ask } from './request.ts';
import { usePage } from './use-page.ts';

/** Who is let in where: each rule is asked for at every row of the table, whatever it holds. */

const page = usePage({ once: true });

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const OURS = { ...FORM, 'sec-fetch-site': 'same-origin' };
const ANOTHER = { ...FORM, 'sec-fetch-site': 'cross-site' };

/** Without an id that is there: a guard asks before anybody looks. */
function pathsOf({ path }: Route): string[] {
  return expandPath(path, LOCALES, { id: 'mnt000000001', name: 'recover', file: 'page-0.js' });
}

function named(routes: readonly Route[]) {
  return routes.map((route) => [route.path, route] as const);
}

it('leaves exactly these rows open where a wing is closed', () => {
  expect(ROUTES.filter(({ is_open }) => is_open).map(({ path }) => path)).toEqual([
    '/admin',
    '/admin/:lang',
    '/admin/:lang/sign-in',
    '/api/openapi.json',
    '/api/v1/history',
    '/api/v1/own-troubles',
    '/api/v1/stages',
  ]);
});

describe('the administration asks who does not sign in to do so', () => {
  const closed = ROUTES.filter(({ wing, is_open }) => wing === 'admin' && !is_open);

  test.each(named(closed))('%s', async (_, route) => {
    for (const path of pathsOf(route)) {
      const sign_in = `/admin/${path.split('/')[2]}/sign-in`;
      for (const method of route.methods) {
        const asked = await ask(page.url + path, { method, headers: OURS });
        const answer = [method, path, asked.status, asked.headers.location];
        if (method === 'GET') expect(answer).toEqual([method, path, 303, sign_in]);
        else {
          expect(answer).toEqual([method, path, 403, undefined]);
          expect(asked.text).toContain(`action="${sign_in}"`);
        }
      }
    }
  });
});

describe('our own API asks for the token', () => {
  const closed = ROUTES.filter(({ wing, is_open }) => wing === 'api/v1' && !is_open);

  test.each(named(closed))('%s', async (_, route) => {
    for (const path of pathsOf(route)) {
      for (const method of route.methods) {
        const { status, headers } = await ask(page.url + path, { method });
        expect([method, path, status]).toEqual([method, path, 401]);
        expect(headers['www-authenticate']).toContain('Bearer');
      }
    }
  });
});

describe('no other site can send a form from the browser of a visitor', () => {
  /** Nobody but who has the link can send these, whatever page they come from. */
  const SIGNED = [
    '/:lang/subscription/confirm',
    '/:lang/subscription',
    '/unsubscribe',
    '/:lang/alerts/acknowledge',
  ];
  /** To the API a browser sends no token by itself. */
  const forms = ROUTES.filter(({ wing, methods }) => wing !== 'api/v1' && methods.includes('POST'));
  const signed = forms.filter(({ path }) => SIGNED.includes(path));
  const unsigned = forms.filter(({ path }) => !SIGNED.includes(path));

  it('knows the rows that want a signed link', () => {
    expect(signed).toHaveLength(SIGNED.length);
  });

  test.each(named(signed))('%s, which wants a signed link', async (_, route) => {
    for (const path of pathsOf(route)) {
      const { status } = await ask(page.url + path, { method: 'POST', headers: ANOTHER });
      expect([path, status]).toEqual([path, 404]);
    }
  });

  test.each(named(unsigned))('%s', async (_, route) => {
    // The visitor is signed in, and the other site knows even the token of the form.
    const visitor = openBrowser(page);
    await visitor.signIn(await page.site.store.renewAdminToken());
    const { text } = await visitor.get('/admin/en/');
    const { form_token } = formFields(text, '/admin/en/sign-out');
    const body = String(new URLSearchParams({ form_token: String(form_token) }));
    const headers = { ...ANOTHER, cookie: visitor.cookie };
    for (const path of pathsOf(route)) {
      const { status } = await ask(page.url + path, { method: 'POST', headers, body });
      expect([path, status]).toEqual([path, 403]);
    }
    expect((await visitor.get('/admin/en/')).status).toBe(200);
  });
});
