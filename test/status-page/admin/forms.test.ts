import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../../model/time.ts';
import { aMaintenance, saveMaintenance } from '../maintenances.ts';
import { ask } from '../request.ts';
import { NOW } from '../site.ts';
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

async function create(given: Record<string, string | string[] | null> = {}) {
  const page = await browser.get(NEW_MAINTENANCE);
  return browser.submit(page, NEW_MAINTENANCE, {
    ...FILLED_MAINTENANCE,
    submit: 'announce',
    ...given,
  });
}

/** The only maintenance there is. */
async function only() {
  const [maintenance] = await office.site.store.maintenances({ limit: 2 });
  if (!maintenance) throw new Error('there is none');
  return maintenance;
}

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
    const page = await browser.get(NEW_MAINTENANCE);
    const sent = { ...FILLED_MAINTENANCE, submit: 'announce' };
    const answers = [
      await browser.submit(page, NEW_MAINTENANCE, sent),
      await browser.submit(page, NEW_MAINTENANCE, sent),
    ];
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
    expect(formFields(edit.text, `${at}/edit`)).toMatchObject(FILLED_MAINTENANCE);
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
    expect(formFields(again.text, `/admin/en/maintenances/${id}/edit`)).toMatchObject(
      FILLED_MAINTENANCE,
    );
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
    const kept = formFields(answer.text, NEW_MAINTENANCE);
    for (const [name, value] of Object.entries({ ...FILLED_MAINTENANCE, ...given })) {
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
    expect((await post(NEW_MAINTENANCE, `a=${'x'.repeat(270_000)}`, form)).status).toBe(413);
    expect((await post(NEW_MAINTENANCE, '{}', 'application/json')).status).toBe(403);
    expect((await post(NEW_MAINTENANCE, '--x', 'multipart/form-data; boundary=y')).status).toBe(
      403,
    );
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
