import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notifySettings } from '../channels/settings.ts';
import { ask } from './request.ts';
import { fakeClock, openSite, type Site, siteConfiguration, startPage } from './site.ts';

/** What readers and administrators send while another program holds the lock of the database. */

let site: Site;
let page: Awaited<ReturnType<typeof startPage>>;
let other: Database.Database;
let token: string;

beforeAll(async () => {
  const notify = notifySettings({ from: 'status@example.invalid' });
  site = await openSite({ ...siteConfiguration(), notify }, 0);
  token = await site.store.renewAdminToken();
  page = await startPage({ site, clock: fakeClock() });
  other = new Database(join(site.data_dir, 'test.db'));
  other.exec('begin immediate');
});
afterAll(async () => {
  other.close();
  await page.stop();
  await site.close();
});

const FORM = 'channel=email&email=wang%40a.example&scope=all&kinds=incident&locale=zh-CN';
const TEXT = { 'zh-CN': '维护', en: 'Maintenance' };
const HEADERS = {
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin',
};

test.each([
  ['zh-CN', '暂时存不下来'],
  ['en', 'Cannot be stored right now'],
  ['ja', '現在保存できません'],
])('a form in %s is answered by a page that says that it was not stored', async (...given) => {
  const [locale, words] = given;
  const url = `${page.url}/${locale}/subscribe`;
  const answer = await ask(url, { method: 'POST', headers: HEADERS, body: FORM });
  expect(answer.status).toBe(503);
  expect(answer.headers['content-type']).toContain('text/html');
  expect(answer.headers['content-language']).toBe(locale);
  expect(answer.headers['retry-after']).toBe('10');
  expect(answer.text).toContain(words);
});

test('the API answers with a problem document', async () => {
  const answer = await ask(`${page.url}/api/v1/maintenances`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      components: ['beijing.download'],
      texts: { title: TEXT, description: TEXT },
      announced_from: '2026-11-25T00:00:00Z',
      announced_until: '2026-11-25T01:00:00Z',
      expected_recovery_at: '2026-11-25T01:00:00Z',
    }),
  });
  expect([answer.status, answer.headers['retry-after']]).toEqual([503, '10']);
  expect(answer.headers['content-type']).toContain('application/problem+json');
});
