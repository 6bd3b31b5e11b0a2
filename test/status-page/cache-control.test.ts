import { describe, expect, test } from 'vitest';
import { publishedCacheControl } from '../../status-page/serve/cache-control.ts';
import { ask } from './request.ts';
import { breakDownload, NOW, seedHistory, until } from './site.ts';
import { usePage } from './use-page.ts';

const SHARED = 'public, max-age=0, s-maxage=1, stale-while-revalidate=1';

test.each([
  ['30 s', 30_000, `${SHARED}, stale-if-error=29`],
  ['29.9 s', 29_900, `${SHARED}, stale-if-error=28`],
  ['2 s', 2_000, `${SHARED}, stale-if-error=1`],
  ['1.9 s', 1_900, 'no-cache'],
  ['nothing', 0, 'no-cache'],
  ['less', -5_000, 'no-cache'],
  ['a day, as by a clock that was set back', 86_400_000, `${SHARED}, stale-if-error=60`],
])('O5: no copy outlives what is valid for %s', (_, left_ms, expected) => {
  expect(publishedCacheControl(NOW + left_ms, NOW)).toBe(expected);
});

test('O5: what is not known is seen by all as soon as it is known', () => {
  expect(publishedCacheControl(null, NOW)).toBe(SHARED);
});

describe('O5: caches of others', () => {
  const page = usePage({
    async prepare(site) {
      await seedHistory(site);
      await breakDownload(site);
    },
  });
  const controlOf = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    (await ask(`${page.url}${path}`, { headers, method })).headers['cache-control'];

  test.each([
    '/',
    '/en/',
    '/en/incidents/abc123def456',
    '/api/v2/summary.json',
    '/ja/api/v2/status.json',
    '/api/v1/stages',
    '/history.atom',
    '/en/maintenance.ics',
  ])('may keep %s for seconds, less when less of it is valid', async (path) => {
    expect(await controlOf(path)).toBe(`${SHARED}, stale-if-error=29`);
    expect(await controlOf(path, {}, 'HEAD')).toBe(`${SHARED}, stale-if-error=29`);
    const { etag = '' } = (await ask(`${page.url}${path}`)).headers;
    page.clock.set(NOW + 10_000);
    const again = await ask(`${page.url}${path}`, { headers: { 'if-none-match': etag } });
    expect(again.headers['cache-control']).toBe(`${SHARED}, stale-if-error=19`);
    page.clock.set(NOW + 31_000);
    await until(async () => (await controlOf(path)) === SHARED);
  });

  test.each(['/admin/en/sign-in', '/en/subscription?t=x', '/api/v1/maintenances', '/nothing'])(
    'keep nothing of %s',
    async (path) => {
      expect(await controlOf(path)).toBe('no-store');
    },
  );

  test.each(['/en/subscribe', '/api/openapi.json', '/api/v1/own-troubles', '/api/v1/history'])(
    'ask each time for %s',
    async (path) => {
      expect(await controlOf(path)).toBe('no-cache');
    },
  );
});
