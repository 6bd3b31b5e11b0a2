import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../../model/time.ts';
import { aMaintenance, saveMaintenance } from '../maintenances.ts';
import { type Answer, ask } from '../request.ts';
import { NOW, startPage } from '../site.ts';
import { type Browser, formFields, openBrowser } from './browser.ts';
import { type Office, openOffice } from './office.ts';

let office: Office;
let browser: Browser;
beforeEach(async () => {
  office = await openOffice();
  browser = openBrowser(office);
});
afterEach(() => office.close());

const NEW = '/admin/en/maintenances/new';

/** Times in the page's zone, China: two days after 2026-11-21T14:32. */
const FILLED = {
  components: ['beijing.query', 'beijing.download'],
  announced_from: '2026-11-23T22:00',
  announced_until: '2026-11-24T00:30',
  expected_recovery_at: '2026-11-24T01:00',
  'texts.title.zh-CN': '升级下载服务',
  'texts.title.en': 'Upgrade of downloads',
  'texts.description.zh-CN': '更换服务器。',
  'texts.description.en': 'New servers.',
};

async function create(given: Record<string, string | string[] | null> = {}) {
  const page = await browser.get(NEW);
  return browser.submit(page, NEW, { ...FILLED, submit: 'announce', ...given });
}

/** The only maintenance there is. */
async function only() {
  const [maintenance] = await office.site.store.maintenances({ limit: 2 });
  if (!maintenance) throw new Error('there is none');
  return maintenance;
}

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
    expect((await ask(office.url + NEW, { method: 'POST', headers, body })).status).toBe(403);
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
    const page = await browser.get(NEW);
    const answer = await browser.submit(page, NEW, { ...FILLED, submit: 'announce' }, headers);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('did not come from the administration');
    expect(await office.site.store.maintenances({ limit: 1 })).toEqual([]);
  });

  test('is refused without the token of the session, or with that of another', async () => {
    await browser.signIn(office.token);
    const page = await browser.get(NEW);
    const other = openBrowser(office);
    await other.signIn(office.token);
    const theirs = formFields((await other.get(NEW)).text, NEW).form_token as string;
    for (const form_token of [null, '', theirs]) {
      const answer = await browser.submit(page, NEW, { ...FILLED, submit: 'announce', form_token });
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('please sign in again');
    }
    expect(await office.site.store.maintenances({ limit: 1 })).toEqual([]);
  });
});

describe('a maintenance by forms', () => {
  beforeEach(async () => {
    await browser.signIn(office.token);
  });

  test('is announced in the zone of the page, shown, and in the list', async () => {
    const sent = await create();
    const { id, ...it } = await only();
    expect([sent.status, sent.headers.location]).toEqual([
      303,
      `/admin/en/maintenances/${id}?note=announced`,
    ]);
    expect(it).toMatchObject({
      status: 'scheduled',
      components: ['beijing.query', 'beijing.download'],
      announced_from: Date.parse('2026-11-23T22:00+08:00'),
      announced_until: Date.parse('2026-11-24T00:30+08:00'),
      expected_recovery_at: Date.parse('2026-11-24T01:00+08:00'),
      texts: { stays_open: null, workaround: null, title: { en: 'Upgrade of downloads' } },
    });
    const shown = await browser.get(String(sent.headers.location));
    expect(shown.text).toContain('Announced; subscribers are being told.');
    expect(shown.text).toContain('Mon, Nov 23, 22:00 – Tue, Nov 24, 00:30 was announced in time');
    expect((await browser.get('/admin/en/')).text).toContain(`/admin/en/maintenances/${id}"`);
    expect((await browser.get(`/admin/zh-CN/maintenances/${id}`)).text).toContain('升级下载服务');
  });

  test('sent twice by a double click is there once', async () => {
    const page = await browser.get(NEW);
    const sent = { ...FILLED, submit: 'announce' };
    const answers = [await browser.submit(page, NEW, sent), await browser.submit(page, NEW, sent)];
    expect(answers[1]?.headers.location).toBe(answers[0]?.headers.location);
    expect((await only()).updates).toHaveLength(1);
    expect(await office.site.store.maintenances({ limit: 9 })).toHaveLength(1);
  });

  test('starts as a draft that the administration knows, and is announced from there', async () => {
    await create({ submit: 'draft' });
    const { id, status } = await only();
    expect(status).toBe('draft');
    const page = await browser.get(`/admin/en/maintenances/${id}`);
    expect(page.text).not.toContain(`href="/en/maintenances/${id}"`);
    const at = `/admin/en/maintenances/${id}/announce`;
    const asked = await browser.get(at);
    expect(asked.text).toContain('Announce this maintenance?');
    expect((await only()).status).toBe('draft');
    await browser.submit(asked, at, {});
    expect((await only()).status).toBe('scheduled');
  });

  test('is revised, started, extended, told of, ended, each after asking once more', async () => {
    await create();
    const { id } = await only();
    const at = `/admin/en/maintenances/${id}`;
    const edit = await browser.get(`${at}/edit`);
    expect(formFields(edit.text, `${at}/edit`)).toMatchObject(FILLED);
    await browser.submit(edit, `${at}/edit`, { components: ['beijing.query'], submit: 'revise' });
    expect(await only()).toMatchObject({ revision: 2, components: ['beijing.query'] });

    await browser.submit(await browser.get(`${at}/start`), `${at}/start`, {});
    expect((await only()).status).toBe('in_progress');

    office.clock.set(NOW + HOUR);
    const times = { announced_until: '2026-11-24T20:00', expected_recovery_at: '2026-11-24T21:00' };
    const extended = await browser.submit(await browser.get(`${at}/extend`), `${at}/extend`, times);
    expect(extended.status).toBe(303);
    expect((await only()).announced_until).toBe(Date.parse('2026-11-24T20:00+08:00'));

    const words = { 'text.zh-CN': '还要一会儿。', 'text.en': 'A little longer.' };
    await browser.submit(await browser.get(at), `${at}/updates`, words);
    await browser.submit(await browser.get(`${at}/end`), `${at}/end`, {});
    const it = await only();
    expect([it.status, it.updates.map(({ code }) => code)]).toEqual([
      'verifying',
      ['announced', 'revised', 'started', 'extended', 'text', 'ended'],
    ]);
    const over = await browser.get(at);
    expect(over.text).toContain('A little longer.');
    expect(over.text).toContain('This maintenance is completed or cancelled');
  });

  test('that passed unseen is said to have passed, and can be commented on', async () => {
    const at = '/admin/en/maintenances/mnt000000001';
    const passed = { announced_from: NOW - 2 * HOUR, announced_until: NOW - HOUR };
    await saveMaintenance(office.site, aMaintenance({ status: 'verifying', ...passed }));
    const words = { 'text.zh-CN': '如期进行了。', 'text.en': 'It took place.' };
    await browser.submit(await browser.get(at), `${at}/updates`, words);
    const { text } = await browser.get(at);
    expect(text).toContain('but you can tell of it below.');
    expect(text).not.toContain('This maintenance is over');
    expect(text).toContain('It took place.');
    // The update is tagged as the maintenance is.
    expect(text).not.toContain('being verified');
    expect(text.match(/Its announced time has passed/g)).toHaveLength(3);
  });

  test('is cancelled after asking once more; then nothing is offered any more', async () => {
    await create();
    const { id } = await only();
    const at = `/admin/en/maintenances/${id}/cancel`;
    await browser.submit(await browser.get(at), at, {});
    expect((await only()).status).toBe('cancelled');
    const again = await browser.get(at);
    expect([again.status, again.headers.location]).toEqual([
      303,
      `/admin/en/maintenances/${id}?note=not_now`,
    ]);
    expect((await browser.get(String(again.headers.location))).text).toContain(
      'It is now “Cancelled”, so this cannot be done.',
    );
  });

  test('a draft whose start has passed is not announced but corrected', async () => {
    await create({ submit: 'draft' });
    const { id } = await only();
    const at = `/admin/en/maintenances/${id}/announce`;
    const asked = await browser.get(at);
    office.clock.set(Date.parse('2026-11-23T22:30+08:00'));
    await browser.signIn(office.token);
    const details = await browser.get(`/admin/en/maintenances/${id}`);
    expect(details.text).toMatch(/Not announced \d+ \w+ ahead, so what is down in it counts/);
    const again = await browser.submit(await browser.get(at), at, {});
    expect([asked.status, again.status]).toEqual([200, 422]);
    expect(again.text).toContain('id="announced_from-problem">Expected a time after now');
    expect(formFields(again.text, `/admin/en/maintenances/${id}/edit`)).toMatchObject(FILLED);
    expect((await only()).status).toBe('draft');
  });
});

describe('bad input', () => {
  beforeEach(async () => {
    await browser.signIn(office.token);
  });

  test.each<[string, Record<string, string | string[] | null>, string, string]>([
    ['no scope', { components: null }, 'components', 'Expected at least one function.'],
    ['a function that is none', { components: 'a.b' }, 'components', 'There is no function a.b.'],
    ['no start', { announced_from: '' }, 'announced_from', 'Expected a date and a time.'],
    [
      'a day that is none',
      { announced_from: '2026-02-30T10:00' },
      'announced_from',
      'Expected a date',
    ],
    [
      'a start in the past',
      { announced_from: '2026-11-21T14:00' },
      'announced_from',
      'Expected a time after now (2026-11-21 14:32).',
    ],
    [
      'an end before the start',
      { announced_until: '2026-11-23T21:00' },
      'announced_until',
      'Expected a time after the start, 2026-11-23 22:00.',
    ],
    [
      'recovery before the end',
      { expected_recovery_at: '2026-11-24T00:00' },
      'expected_recovery_at',
      'Expected no earlier than the end',
    ],
    ['no title', { 'texts.title.en': ' ' }, 'texts.title.en', 'Expected a text'],
    [
      'half a workaround',
      { 'texts.workaround.zh-CN': '请用其他系统。' },
      'texts.workaround.en',
      'Expected a text',
    ],
    [
      'a text too long',
      { 'texts.description.en': 'x'.repeat(2_001) },
      'texts.description.en',
      'Expected 2000 characters at most.',
    ],
  ])('is told at its field and kept: %s', async (_, given, field, words) => {
    const answer = await create(given);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`<a href="#${field}">`);
    expect(answer.text).toContain(`id="${field}-problem">${words}`);
    if (field !== 'components') expect(answer.text).toContain('aria-invalid="true"');
    const kept = formFields(answer.text, NEW);
    for (const [name, value] of Object.entries({ ...FILLED, ...given })) {
      if (name !== 'components') expect([name, kept[name]]).toEqual([name, value]);
    }
    expect(await office.site.store.maintenances({ limit: 1 })).toEqual([]);
  });

  test('of new times and of words is told there too', async () => {
    await create();
    const { id } = await only();
    const at = `/admin/en/maintenances/${id}`;
    await browser.submit(await browser.get(`${at}/start`), `${at}/start`, {});
    const earlier = { announced_until: '2026-11-23T23:00' };
    const extended = await browser.submit(
      await browser.get(`${at}/extend`),
      `${at}/extend`,
      earlier,
    );
    expect(extended.status).toBe(422);
    expect(extended.text).toContain(
      'id="announced_until-problem">Expected a time after the present end',
    );
    expect(formFields(extended.text, `${at}/extend`)).toMatchObject(earlier);

    const half = { 'text.zh-CN': '进展', 'text.en': '' };
    const posted = await browser.submit(await browser.get(at), `${at}/updates`, half);
    expect(posted.status).toBe(422);
    expect(posted.text).toContain('id="text.en-problem">Expected a text');
    expect(formFields(posted.text, `${at}/updates`)).toMatchObject(half);
    expect((await only()).updates).toHaveLength(2);
  });

  const HOSTILE = `</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>'&lt;`;

  test('markup stays text wherever it is shown', async () => {
    await create({
      'texts.title.en': HOSTILE,
      'texts.title.zh-CN': HOSTILE,
      'texts.description.en': HOSTILE,
      'texts.workaround.en': HOSTILE,
      'texts.workaround.zh-CN': HOSTILE,
    });
    const { id, texts } = await only();
    expect(texts.title.en).toBe(HOSTILE);
    const at = `/admin/en/maintenances/${id}`;
    const page = await browser.get(at);
    await browser.submit(page, `${at}/updates`, { 'text.zh-CN': HOSTILE, 'text.en': HOSTILE });
    for (const path of ['/admin/en/', at, `${at}/edit`, `${at}/cancel`]) {
      const { text } = await browser.get(path);
      expect([path, text.includes('<script'), text.includes('<img')]).toEqual([path, false, false]);
      expect(text).toContain('&lt;script&gt;');
    }
    const edit = await browser.get(`${at}/edit`);
    expect(formFields(edit.text, `${at}/edit`)['texts.workaround.en']).toBe(HOSTILE);
  });

  test('of an unexpected kind gets an answer', async () => {
    const post = (path: string, body: string, type: string) =>
      ask(office.url + path, {
        method: 'POST',
        headers: { cookie: browser.cookie, 'sec-fetch-site': 'same-origin', 'content-type': type },
        body,
      });
    const form = 'application/x-www-form-urlencoded';
    expect((await post(NEW, `a=${'x'.repeat(270_000)}`, form)).status).toBe(413);
    expect((await post(NEW, '{}', 'application/json')).status).toBe(403);
    expect((await post(NEW, '--x', 'multipart/form-data; boundary=y')).status).toBe(403);
    expect((await browser.get('/admin/en/maintenances/nowhere00000')).status).toBe(404);
    expect((await browser.get('/admin/en/maintenances/nowhere00000/start')).status).toBe(404);
    expect((await browser.get('/admin/fr/')).status).toBe(404);
  });
});

test('/admin goes to the language that the browser asks for', async () => {
  const to = async (path: string, language: string) =>
    (await ask(office.url + path, { headers: { 'accept-language': language } })).headers.location;
  expect(await to('/admin', 'en-GB')).toBe('/admin/en/');
  expect(await to('/admin', '')).toBe('/admin/zh-CN/');
  expect(await to('/admin/en', '')).toBe('/admin/en/');
});
