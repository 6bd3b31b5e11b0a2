import { expect, test } from 'vitest';
import { aMaintenance, saveMaintenance } from './maintenances.ts';
import { ask } from './request.ts';
import { siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

/** A page that offers one of the languages only. */
const configuration = siteConfiguration();
const page = usePage({
  configuration: { ...configuration, page: { ...configuration.page, languages: ['en'] } },
  prepare: (site) => saveMaintenance(site, aMaintenance()),
  once: true,
});

const get = (path: string, headers: Record<string, string> = {}) =>
  ask(page.url + path, { headers });

test('the front page is in it, whatever a browser asks for', async () => {
  const { status, headers, text } = await get('/', { 'accept-language': 'zh-CN' });
  expect([status, headers['content-language']]).toEqual([200, 'en']);
  expect(text).not.toContain('hreflang="zh-CN"');
  expect(text).not.toContain('/zh-CN/');
});

test.each([
  '/zh-CN/',
  '/zh-CN/subscribe',
  '/zh-CN/maintenances/mnt000000001',
  '/zh-CN/history.atom',
  '/zh-CN/demo/mailbox',
  '/admin/zh-CN/sign-in',
])('%s is not there, but in English', async (path) => {
  expect((await get(path)).status).toBe(404);
  expect((await get(path.replace('zh-CN', 'en'))).status).toBe(200);
});

test('feed, calendar and API without a language are in it', async () => {
  expect((await get('/history.atom')).text).toContain('Database upgrade');
  expect((await get('/maintenance.ics')).text).toContain('Database upgrade');
  expect((await get('/api/v2/scheduled-maintenances.json')).text).toContain('Database upgrade');
});

test('the administration is in it, and asks for every text that is required', async () => {
  const { headers } = await get('/admin', { 'accept-language': 'zh-CN' });
  expect(headers.location).toBe('/admin/en/');
});

test('nobody can subscribe in another', async () => {
  const form = await get('/en/subscribe');
  expect(form.text).toContain('value="en"');
  expect(form.text).not.toContain('value="zh-CN"');
  const sent = await ask(`${page.url}/en/subscribe`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    body: 'channel=email&email=a@example.com&scope=all&kinds=incident&locale=zh-CN',
  });
  expect([sent.status, sent.text.includes('Choose a language.')]).toEqual([422, true]);
});
