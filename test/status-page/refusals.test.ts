import { describe, expect, test } from 'vitest';
import { ask } from './request.ts';
import { fakeClock, openSite, seedHistory, startPage } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({ prepare: seedHistory, once: true });

/** As Chromium 140 and Firefox 142 ask for a page. */
const CHROMIUM =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,' +
  '*/*;q=0.8';
const FIREFOX = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

interface Asked {
  accept?: string;
  language?: string;
  method?: string;
  headers?: Record<string, string>;
}

const get = (path: string, { accept, language, method = 'GET', headers = {} }: Asked = {}) =>
  ask(page.url + path, {
    method,
    headers: {
      ...headers,
      ...(accept === undefined ? {} : { accept }),
      ...(language === undefined ? {} : { 'accept-language': language }),
    },
  });

describe('P4: a wrong address in a browser', () => {
  test.each([
    ['/zh-CN/incidents/aaaaaaaaaaaa', 'en', 'zh-CN', '这个地址没有内容'],
    ['/en/nothing', 'zh-CN', 'en', 'There is nothing at this address'],
    ['/EN/', 'zh-CN', 'en', 'There is nothing at this address'],
    ['/nothing', 'en-GB,en;q=0.9', 'en', 'There is nothing at this address'],
    ['/ja/nothing', 'en', 'ja', 'このアドレスには何もありません'],
    ['/nothing', 'ja-JP,ja;q=0.9', 'ja', 'このアドレスには何もありません'],
    ['/nothing', 'fr', 'zh-CN', '这个地址没有内容'],
    ['/fr/', 'zh-CN', 'zh-CN', '这个地址没有内容'],
    ['/assets/nothing.js', 'zh-CN', 'zh-CN', '这个地址没有内容'],
  ])('%s, asked in %s, is a page in %s', async (path, language, locale, title) => {
    for (const accept of [CHROMIUM, FIREFOX]) {
      const { status, headers, text } = await get(path, { accept, language });
      expect(status).toBe(404);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['content-language']).toBe(locale);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers.vary).toBe('Accept, Accept-Language');
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
      expect(text).toContain(`<html lang="${locale}"`);
      expect(text).toContain(`<h1>${title}</h1>`);
      expect(text).toContain(`<a class="button" href="/${locale}/">`);
      expect(text).toContain('<meta name="robots" content="noindex">');
    }
  });

  test.each([
    ['/nothing', undefined],
    ['/nothing', '*/*'],
    ['/nothing', 'application/json'],
    ['/nothing', 'application/json, text/html;q=0.9'],
    ['/nothing', 'text/html;q=0'],
    ['/api/v2/nothing.json', CHROMIUM],
    ['/api/nothing', FIREFOX],
  ])('%s for Accept %s stays a document for programs', async (path, accept) => {
    const { status, headers, text } = await get(path, accept === undefined ? {} : { accept });
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json']);
    expect(JSON.parse(text)).toMatchObject({ status: 404, title: 'Not found' });
  });
});

test('P4: a method that an address does not have is refused in words', async () => {
  const { status, headers, text } = await get('/zh-CN/', { accept: CHROMIUM, method: 'POST' });
  expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  expect(text).toContain('<h1>这个地址不能这样用</h1>');
  expect(text).toContain('HTTP 405');
});

test('P4: what is not sent from our page, or is no form, is refused in words', async () => {
  const send = (headers: Record<string, string>) =>
    get('/en/subscribe', { accept: FIREFOX, method: 'POST', headers });
  const foreign = await send({ origin: 'https://evil.example' });
  expect([foreign.status, /<h1>(.*?)<\/h1>/.exec(foreign.text)?.[1]]).toEqual([
    403,
    'Not accepted',
  ]);
  const odd = await send({ 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' });
  expect([odd.status, /<h1>(.*?)<\/h1>/.exec(odd.text)?.[1]]).toEqual([415, 'Not done']);
});

test('P4: a failure of ours says that it is the page that failed, with status 500', async () => {
  const site = await openSite();
  await seedHistory(site);
  const broken = await startPage({ site, clock: fakeClock() });
  site.reader.incident = () => Promise.reject(new Error('as a test'));
  const path = `${broken.url}/en/incidents/old000000001`;
  const { status, text } = await ask(path, { headers: { accept: CHROMIUM } });
  expect([status, /<h1>(.*?)<\/h1>/.exec(text)?.[1]]).toEqual([500, 'Something went wrong here']);
  expect(text).not.toContain('as a test');
  expect((await ask(path)).headers['content-type']).toBe('application/problem+json');
  await broken.stop();
  await site.close();
});
