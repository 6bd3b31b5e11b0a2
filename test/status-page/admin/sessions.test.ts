import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../../model/time.ts';
import { type Answer, ask } from '../request.ts';
import { NOW, startPage } from '../site.ts';
import { type Browser, formFields, openBrowser } from './browser.ts';
import { FILLED_MAINTENANCE, NEW_MAINTENANCE } from './new-maintenance.ts';
import { type Office, openOffice } from './office.ts';

let office: Office;
let browser: Browser;
beforeEach(async () => {
  office = await openOffice();
  browser = openBrowser(office);
});
afterEach(() => office.close());

describe('signing in', () => {
  test('is asked for everywhere, and leads to the list', async () => {
    for (const path of ['/', '/maintenances/new', '/maintenances/abc123def456']) {
      const { status, headers } = await browser.get(`/admin/en${path}`);
      expect([path, status, headers.location]).toEqual([path, 303, '/admin/en/sign-in']);
    }
    const { status, headers } = await browser.signIn(` ${office.token} `);
    expect([status, headers.location]).toEqual([303, '/admin/en/']);
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).toMatch(
      /^piaokuang_admin=[\w.-]+; Path=\/admin; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/,
    );
    const list = await browser.get('/admin/en/');
    expect([list.status, list.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(list.text).toContain('No maintenance yet.');
    expect(cookie).not.toContain(office.token);
    expect(list.text).not.toContain(office.token);
  });

  test('D8: with a wrong token is told ever later, and the right one never waits', async () => {
    const guess = () => openBrowser(office).signIn('guess');
    const began = performance.now();
    for (let i = 0; i < 5; i += 1) {
      const { status, text, headers } = await guess();
      expect([status, headers['set-cookie']]).toEqual([401, undefined]);
      expect(text).toContain('This is not the token.');
    }
    // The fourth waits for 0.25 s, the fifth for 0.5 s.
    expect(performance.now() - began).toBeGreaterThan(700);

    // The sixth to the tenth wait for 1 to 8 s; who guesses on meanwhile is sent away.
    const held = Promise.allSettled(Array.from({ length: 5 }, guess));
    const refused = await until429(guess);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.text).toContain('Too many attempts; please try again in');
    expect((await browser.signIn(office.token)).status).toBe(303);
    expect((await browser.get('/admin/en/')).status).toBe(200);
    await office.close();
    await held;
    office = await openOffice();
  });

  async function until429(guess: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const answer = await guess();
      if (answer.status === 429) return answer;
    }
  }

  test('without a token is no guess, and is never held', async () => {
    const began = performance.now();
    for (let i = 0; i < 20; i += 1) {
      const { status, text } = await openBrowser(office).signIn(' ');
      expect(status).toBe(401);
      expect(text).toContain('This is not the token.');
    }
    // A guess after twenty failures would wait for 8 s.
    expect((await openBrowser(office).signIn('guess')).status).toBe(401);
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  const statusWith = async (cookie: string) =>
    (await ask(`${office.url}/admin/en/`, { headers: { cookie } })).status;

  test('ends after twelve hours, by another token, by tampering', async () => {
    await browser.signIn(office.token);
    const { cookie } = browser;
    expect(await statusWith(cookie)).toBe(200);
    const [id, nonce, expires, signature] = cookie.split('.');
    expect(await statusWith([id, nonce, `${expires}0`, signature].join('.'))).toBe(303);
    for (const rubbish of ['x', '=', '%0d%0a', '.', '.x'])
      expect([rubbish, await statusWith(cookie + rubbish)]).toEqual([rubbish, 303]);
    expect(await statusWith('piaokuang_admin=....')).toBe(303);

    office.clock.set(NOW + 12 * HOUR);
    expect(await statusWith(cookie)).toBe(303);
    office.clock.set(NOW);
    expect(await statusWith(cookie)).toBe(200);
    await office.site.store.renewAdminToken();
    expect(await statusWith(cookie)).toBe(303);
  });

  test('D1: ends by signing out for every copy of the cookie, also over a restart', async () => {
    await browser.signIn(office.token);
    const { cookie } = browser;
    const other = openBrowser(office);
    await other.signIn(office.token);
    const list = await browser.get('/admin/en/');
    const { form_token } = formFields(list.text, '/admin/en/sign-out');
    const left = await browser.submit(list, '/admin/en/sign-out', {});
    expect(left.headers['set-cookie']?.[0]).toMatch(/^piaokuang_admin=; .*Max-Age=0/);

    expect(await statusWith(cookie)).toBe(303);
    const body = String(new URLSearchParams({ form_token: String(form_token) }));
    const headers = {
      cookie,
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    };
    expect(
      (await ask(office.url + NEW_MAINTENANCE, { method: 'POST', headers, body })).status,
    ).toBe(403);
    expect(await statusWith(other.cookie)).toBe(200);

    const again = await startPage({ site: office.site, clock: office.clock });
    const asked = async (it: string) =>
      (await ask(`${again.url}/admin/en/`, { headers: { cookie: it } })).status;
    expect([await asked(cookie), await asked(other.cookie)]).toEqual([303, 200]);
    await again.stop();
  });

  test('D1: leaves nothing in the database that opens a session', async () => {
    await browser.signIn(office.token);
    const [, nonce = ''] = browser.cookie.split('.');
    await browser.submit(await browser.get('/admin/en/'), '/admin/en/sign-out', {});
    const { data_dir } = office.site;
    const files = readdirSync(data_dir).map((name) => readFileSync(join(data_dir, name), 'latin1'));
    expect(files.join('')).toContain('ended_session');
    expect(files.join('')).not.toContain(nonce);
  });
});

describe('what another site sends', () => {
  test.each([
    ['another origin', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }],
    [
      'another origin, from an older browser',
      { 'sec-fetch-site': '', origin: 'https://evil.example' },
    ],
  ])('is refused: %s', async (_, headers) => {
    await browser.signIn(office.token);
    const page = await browser.get(NEW_MAINTENANCE);
    const answer = await browser.submit(
      page,
      NEW_MAINTENANCE,
      { ...FILLED_MAINTENANCE, submit: 'announce' },
      headers,
    );
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('did not come from the administration');
    expect(await office.site.store.maintenances({ limit: 1 })).toEqual([]);
  });

  test('is refused without the token of the session, or with that of another', async () => {
    await browser.signIn(office.token);
    const page = await browser.get(NEW_MAINTENANCE);
    const other = openBrowser(office);
    await other.signIn(office.token);
    const theirs = formFields((await other.get(NEW_MAINTENANCE)).text, NEW_MAINTENANCE)
      .form_token as string;
    for (const form_token of [null, '', theirs]) {
      const answer = await browser.submit(page, NEW_MAINTENANCE, {
        ...FILLED_MAINTENANCE,
        submit: 'announce',
        form_token,
      });
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('please sign in again');
    }
    expect(await office.site.store.maintenances({ limit: 1 })).toEqual([]);
  });
});
