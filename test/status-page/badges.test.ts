import { describe, expect, test } from 'vitest';
import { SECOND } from '../../model/time.ts';
import { cacheControlUntil } from '../../status-page/serve/cache-control.ts';
import { ask } from './request.ts';
import { aStatus, breakDownload, NOW, seedHistory, siteConfiguration, until } from './site.ts';
import { usePage } from './use-page.ts';

const page = usePage({
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
    await site.store.record({
      components: [
        aStatus('beijing.query', 'unknown', {
          notes: [{ code: 'not_judged', outcome: 'throttled', reason: null, ended_at: NOW }],
          valid_until: null,
        }),
      ],
      changes: [{ kind: 'state', ref: 'beijing.query', at: NOW }],
    });
  },
});

const get = (path: string, headers: Record<string, string> = {}) =>
  ask(`${page.url}${path}`, { headers });
const titleOf = (svg: string) => /<title[^>]*>(.*?)<\/title>/.exec(svg)?.[1];
const stateClass = (svg: string) => /^<svg [^>]*class="([^"]*)"/.exec(svg)?.[1];

describe('O6: a badge', () => {
  test.each([
    ['upload', 'pinduoduo.upload', '拼多多发票（模拟） · 上传 · 正常', 'is-operational'],
    ['download', 'beijing.download', '北京电子发票（模拟） · 下载 · 中断', 'is-major'],
    ['query', 'beijing.query', '北京电子发票（模拟） · 查询 · 未知：被限流', 'is-unknown'],
  ])('of %s names the function, its state in words and who measures', async (_, id, said, it) => {
    const { status, headers, text } = await get(`/badge/${id}.svg`);
    expect([status, headers['content-type']]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect(titleOf(text)).toBe(`${said} · 非官方，由票况演示测量`);
    expect(stateClass(text)).toBe(it);
    expect(text).toMatch(/^<svg [^>]*role="img" aria-labelledby="title" lang="zh-CN"/);
    for (const shown of said.split(' · ').slice(1)) expect(text).toContain(shown);
  });

  test.each<[asked: string, headers: Record<string, string>, locale: string, word: string]>([
    ['/badge/beijing.download.svg', {}, 'zh-CN', '中断'],
    ['/badge/beijing.download.svg', { 'accept-language': 'en-GB,en;q=0.9' }, 'en', 'Down'],
    ['/badge/beijing.download.svg?lang=ja', { 'accept-language': 'en' }, 'ja', '停止'],
    ['/badge/beijing.download.svg?lang=fr', { 'accept-language': 'en' }, 'en', 'Down'],
    ['/en/badge/beijing.download.svg', { 'accept-language': 'ja' }, 'en', 'Down'],
  ])('%s with %j is in %s', async (asked, sent, locale, word) => {
    const { headers, text } = await get(asked, sent);
    expect(headers['content-language']).toBe(locale);
    expect(text).toContain(`>${word}</text>`);
    const negotiated = !asked.startsWith('/en/');
    const vary = negotiated ? 'Accept-Encoding, Accept-Language' : 'Accept-Encoding';
    expect(headers.vary).toBe(vary);
  });

  test('may be shown anywhere, runs nothing and loads nothing', async () => {
    const { headers, text } = await get('/badge/beijing.download.svg');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    const policy = headers['content-security-policy'];
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; /);
    expect(text).not.toMatch(/<script|\son\w+=|href|url\((?!#)|@import/);
  });

  test('is asked for again by its tag', async () => {
    const { headers } = await get('/badge/beijing.download.svg');
    const again = await get('/badge/beijing.download.svg', { 'if-none-match': headers.etag ?? '' });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    expect(again.headers['cache-control']).toBe(headers['cache-control']);
  });

  test('is kept by caches until its state is not valid any more, and not longer', async () => {
    const lifetimeAt = async (ms: number) => {
      page.clock.set(NOW + ms);
      return (await get('/badge/beijing.download.svg')).headers['cache-control'];
    };
    // Valid until 30 s after NOW.
    const until_30 = 'public, max-age=5, stale-while-revalidate=25, stale-if-error=25';
    expect(await lifetimeAt(0)).toBe(until_30);
    expect(await lifetimeAt(26_500)).toBe(
      'public, max-age=3, stale-while-revalidate=0, stale-if-error=0',
    );
  });

  test('turns grey by itself and says that nothing is known', async () => {
    page.clock.set(NOW + 60 * SECOND);
    await until(async () => (await get('/badge/pinduoduo.upload.svg')).text.includes('未知'));
    const { text, headers } = await get('/badge/pinduoduo.upload.svg');
    expect(stateClass(text)).toBe('is-unknown');
    expect(text).not.toContain('>正常<');
    expect(headers['cache-control']).toBe('public, max-age=5');
  });

  test.each([
    '/badge/beijing.issue.svg',
    '/badge/nothing.svg',
    '/badge/beijing.query.png',
    '/badge/beijing.query',
    '/fr/badge/beijing.query.svg',
    '/badge/..%2Fbeijing.query.svg',
  ])('%s is a 404 problem', async (path) => {
    const { status, headers } = await get(path);
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json']);
  });
});

describe('what a name may hold', () => {
  const given = siteConfiguration();
  const named = (name: string) => ({
    ...given,
    systems: given.systems.map((it) => ({ ...it, name: { 'zh-CN': name, en: name } })),
  });
  const hostile = usePage({
    configuration: named('<a href="x">&\u0001</a>'),
    prepare: seedHistory,
    once: true,
  });
  const long = usePage({
    configuration: named('发'.repeat(200)),
    prepare: seedHistory,
    once: true,
  });

  test('markup is text, and what XML forbids is left out', async () => {
    const { text } = await ask(`${hostile.url}/badge/beijing.query.svg`);
    expect(titleOf(text)).toMatch(/^&lt;a href=&quot;x&quot;&gt;&amp;&lt;\/a&gt; · 查询 · 正常 ·/);
    expect(text).not.toContain('<a ');
    expect(text).not.toContain('\u0001');
  });

  test('a long one is cut where it is shown, the state is not', async () => {
    const { text } = await ask(`${long.url}/badge/beijing.query.svg`);
    expect(titleOf(text)).toContain(`${'发'.repeat(200)} · 查询`);
    expect(text).toContain(`>${'发'.repeat(25)}…</text>`);
    expect(text).toContain('>正常</text>');
  });
});

test.each([
  [null, 'public, max-age=5'],
  [0, 'public, max-age=0, stale-while-revalidate=0, stale-if-error=0'],
  [-5_000, 'public, max-age=0, stale-while-revalidate=0, stale-if-error=0'],
  [999, 'public, max-age=0, stale-while-revalidate=0, stale-if-error=0'],
  [5_999, 'public, max-age=5, stale-while-revalidate=0, stale-if-error=0'],
  [60_000, 'public, max-age=5, stale-while-revalidate=55, stale-if-error=55'],
])('what is valid for %s ms more is kept no longer', (ms, expected) => {
  expect(cacheControlUntil(ms === null ? null : NOW + ms, NOW)).toBe(expected);
});
