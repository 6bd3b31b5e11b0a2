import { expect, test } from 'vitest';
import { ask } from './request.ts';
import { breakDownload, seedHistory } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({
  once: true,
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
  },
});

const get = async (path: string, accept_language?: string) => {
  const headers = accept_language === undefined ? {} : { 'accept-language': accept_language };
  const answer = await ask(`${page.url}${path}`, { headers });
  const { 'content-language': language, vary } = answer.headers;
  return { ...answer, language, vary, json: JSON.parse(answer.text) };
};

const NAMES = {
  'zh-CN': '北京电子发票（模拟）：下载中断',
  en: 'Beijing e-invoices (simulated): Download down',
};

test.each([
  [undefined, 'zh-CN'],
  ['en-GB,en;q=0.9', 'en'],
  ['fr, en;q=0.1', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['fr', 'zh-CN'],
] as const)('O7: with Accept-Language %s names are in %s', async (asked, locale) => {
  const { status, language, vary, json } = await get('/api/v2/incidents/unresolved.json', asked);
  expect([status, language, vary]).toEqual([200, locale, 'Accept-Encoding, Accept-Language']);
  expect(json.incidents[0].name).toBe(NAMES[locale]);
  expect(json.incidents[0].shortlink).toContain(`/${locale}/incidents/`);
});

test('O7: a language in the path counts, whatever the header asks for', async () => {
  const { status, language, vary, json } = await get('/en/api/v2/summary.json', 'zh-CN');
  expect([status, language, vary]).toEqual([200, 'en', 'Accept-Encoding']);
  expect(json.incidents[0].name).toBe(NAMES.en);
  expect(json.components.map((it: { name: string }) => it.name)).toContain(
    'Beijing e-invoices (simulated) · Download',
  );
  expect(json.status.description).toBe('Major Service Outage');
});

test('O7: the same in each language is told at both addresses', async () => {
  const by_path = await get('/ja/api/v2/components.json');
  const by_header = await get('/api/v2/components.json', 'ja');
  expect(by_header.text).toBe(by_path.text);
  expect(by_header.headers.etag).toBe(by_path.headers.etag);
});

test('O7: a browser is answered with a problem document below a language too', async () => {
  const answer = await ask(`${page.url}/en/api/v2/nothing.json`, {
    headers: { accept: 'text/html' },
  });
  expect([answer.status, answer.headers['content-type']]).toEqual([
    404,
    'application/problem+json',
  ]);
});
