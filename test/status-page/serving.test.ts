import { describe, expect, test } from 'vitest';
import { ask } from './request.ts';
import {
  breakDownload,
  fakeClock,
  NOW,
  openSite,
  seedHistory,
  siteConfiguration,
  startPage,
  until,
} from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
  },
  once: true,
});

const get = (path: string, headers: Record<string, string> = {}) =>
  ask(`${page.url}${path}`, { headers });

describe('the front page', () => {
  test.each([
    [undefined, 'zh-CN'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-GB,en;q=0.9', 'en'],
    ['fr,en;q=0.5,zh;q=0.3', 'en'],
    ['fr', 'zh-CN'],
    ['en;q=0, zh;q=0.1', 'zh-CN'],
    ['ja', 'ja'],
    ['ja-JP,ja;q=0.9,en;q=0.8', 'ja'],
    ['fr,ja-JP;q=0.5,en;q=0.3', 'ja'],
    ['nonsense;q=x,,;', 'zh-CN'],
  ])('for Accept-Language %s answers 200 in %s', async (accept_language, locale) => {
    const answer = await get('/', accept_language ? { 'accept-language': accept_language } : {});
    expect(answer.status).toBe(200);
    expect(answer.headers['content-language']).toBe(locale);
    expect(answer.headers.vary).toBe('Accept-Encoding, Accept-Language');
    expect(answer.text).toContain(`<html lang="${locale}"`);
  });

  test('does not depend on the language asked for where the address names one', async () => {
    const answer = await get('/en/?x=1', { 'accept-language': 'zh-CN' });
    expect(answer.text).toContain('<html lang="en"');
    expect(answer.headers.vary).toBe('Accept-Encoding');
  });

  test('never takes its own address from the request', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
    expect((await get('/en/', headers)).status).toBe(421);
    const answer = await get('/en/', { 'x-forwarded-host': 'evil.example' });
    expect(answer.text).toContain('href="https://status.example.invalid/en/"');
    expect(answer.text).not.toContain('evil.example');
  });

  test('may be stored but must be asked for again, and lets nothing inline run', async () => {
    const { headers, text } = await get('/zh-CN/');
    expect(headers['cache-control']).toContain('max-age=0');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(text).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/);
  });

  test('loads one style sheet of its own, other pages those of their parts', async () => {
    const sheetsOf = async (path: string) =>
      [...(await get(path)).text.matchAll(/"\/assets\/(\w+)-0\.css"/g)].map(([, name]) => name);
    expect(await sheetsOf('/zh-CN/')).toEqual(['demo_front']);
    expect(await sheetsOf('/en/incidents/abc123def456')).toEqual(['page', 'article']);
    expect(await sheetsOf('/en/subscribe')).toEqual(['page', 'article', 'forms']);
    expect(await sheetsOf('/en/demo/mailbox')).toEqual(['page', 'article', 'demo']);
    expect(await sheetsOf('/admin/en/sign-in')).toEqual(['page', 'article', 'forms', 'admin']);
    const plain_site = await openSite(siteConfiguration({ demo: false }));
    const plain = await startPage({ site: plain_site, clock: fakeClock() });
    const { text } = await ask(`${plain.url}/en/`);
    expect(text.match(/\/assets\/\w+-0\.css/g)).toEqual(['/assets/page-0.css']);
    expect(text).not.toContain('<button');
    await plain.stop();
    await plain_site.close();
  });

  test('carries no marks of the template engine', async () => {
    expect((await get('/zh-CN/')).text).not.toMatch(/<!--|<\?/);
  });
});

describe('encodings and validators', () => {
  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['', undefined],
    ['identity', undefined],
  ])('Accept-Encoding "%s" gets %s', async (accept_encoding, encoding) => {
    const plain = await get('/zh-CN/');
    const answer = await get('/zh-CN/', { 'accept-encoding': accept_encoding });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(Number(answer.headers['content-length'])).toBe(answer.bytes.length);
    expect(answer.text).toBe(plain.text);
    if (encoding) expect(answer.bytes.length).toBeLessThan(plain.bytes.length / 3);
  });

  test('each encoding and language has its own strong tag, which gets a 304', async () => {
    const asked = [
      { 'accept-encoding': 'br' },
      { 'accept-encoding': 'gzip' },
      {},
      { 'accept-language': 'en' },
    ];
    const tags = new Set<string>();
    for (const headers of asked) {
      const { etag = '' } = (await get('/', headers)).headers;
      expect(etag).toMatch(/^"[^"]+"$/);
      tags.add(etag);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const answer = await get('/', { ...headers, 'if-none-match': known });
        expect([answer.status, answer.bytes.length, answer.headers.etag]).toEqual([304, 0, etag]);
      }
      expect((await get('/', { ...headers, 'if-none-match': '"other"' })).status).toBe(200);
    }
    expect(tags.size).toBe(asked.length);
  });

  test('HEAD answers like GET without a body', async () => {
    const head = await ask(`${page.url}/api/v2/status.json`, { method: 'HEAD' });
    const { headers } = await get('/api/v2/status.json');
    expect(head.status).toBe(200);
    expect(head.bytes).toHaveLength(0);
    expect(head.headers['content-length']).toBe(headers['content-length']);
    expect(head.headers.etag).toBe(headers.etag);
  });

  test('assets may be kept for good', async () => {
    const answer = await get('/assets/page-0.js');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });
});

describe('what does not exist or is not allowed', () => {
  test.each([
    '/fr/',
    '/zh-CN/incidents/aaaaaaaaaaaa',
    "/zh-CN/incidents/1'or'1",
    '/api/v2/nothing.json',
    '/en/../etc/passwd',
    '/%00',
    '/demo/drills',
  ])('%s is a 404 problem', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['content-security-policy']).toBeDefined();
    expect(JSON.parse(answer.text)).toMatchObject({ status: 404, title: 'Not found' });
  });

  test.each([
    ['POST', '/', 'GET, HEAD'],
    ['DELETE', '/zh-CN/', 'GET, HEAD'],
    ['PUT', '/api/v2/summary.json', 'GET, HEAD'],
    ['POST', '/live', 'GET, HEAD'],
    ['POST', '/en/incidents/abc123def456', 'GET, HEAD'],
  ])('%s %s is a 405 problem that names what is allowed', async (method, path, allow) => {
    const answer = await ask(`${page.url}${path}`, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    expect(JSON.parse(answer.text)).toMatchObject({ status: 405 });
  });

  test('a language without its slash leads to the page', async () => {
    const answer = await get('/en');
    expect([answer.status, answer.headers.location]).toEqual([308, '/en/']);
  });
});

describe('the page of an incident', () => {
  test('has the timeline and the failed measurements by minute', async () => {
    const { status, text, headers } = await get('/zh-CN/incidents/abc123def456');
    expect(status).toBe(200);
    expect(headers['content-language']).toBe('zh-CN');
    expect(text).toContain('北京电子发票（模拟）：下载中断');
    expect(text).toContain('下载：正常 → 中断');
    const rows = text.match(/<tr><th scope="row">.*?<\/tr>/g) ?? [];
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatch(
      /13:42.*下载 <span>PDF.*系统报错.*对方报错 <small>HTTP 503<\/small>.*>4</,
    );
  });

  test('speaks the language of its address and can be revalidated', async () => {
    const answer = await get('/en/incidents/abc123def456');
    expect(answer.text).toContain('Beijing e-invoices (simulated): Download down');
    const again = await get('/en/incidents/abc123def456', {
      'if-none-match': answer.headers.etag ?? '',
    });
    expect(again.status).toBe(304);
  });
});

test('requests are counted by class of route and status', async () => {
  await get('/assets/page-0.js');
  await get('/nothing');
  const counted = /fapiao_page_requests_total\{route="other",status="404"\} [1-9]/;
  await until(async () => counted.test(await page.metrics()));
  expect(await page.metrics()).toMatch(
    /fapiao_page_requests_total\{route="asset",status="200"\} [1-9]/,
  );
});

test('turns grey even when the database cannot be read any more', async () => {
  const other = await openSite();
  await seedHistory(other);
  const other_clock = fakeClock();
  const lonely = await startPage({ site: other, clock: other_clock });
  await other.reader.close();
  const text = async () => (await ask(`${lonely.url}/zh-CN/`)).text;
  expect(await text()).toContain('测量的功能全部正常');
  other_clock.set(NOW + 60_000);
  await until(async () => (await text()).includes('现在无法判断'));
  expect((await ask(`${lonely.url}/api/v2/status.json`)).text).toContain('"minor"');
  await lonely.stop();
  await other.close();
});

test('turns grey by itself when nobody measures any more', async () => {
  expect((await get('/zh-CN/')).text).toContain('下载中断');
  const { etag = '' } = (await get('/zh-CN/')).headers;
  page.clock.set(NOW + 60_000);
  await until(async () => (await get('/zh-CN/')).headers.etag !== etag);
  const { text } = await get('/zh-CN/');
  expect(text).toContain('现在无法判断');
  const heads = text.match(/<live-component>.*?<h3>.*?<\/h3>/g) ?? [];
  expect(heads).toHaveLength(4);
  for (const head of heads) expect(head).toContain('<span class="is-unknown">未知</span>');
  const { status } = JSON.parse((await get('/api/v2/status.json')).text);
  expect(status.indicator).toBe('minor');
});
