import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { SECOND } from '../../model/time.ts';
import { ask } from '../status-page/request.ts';
import { breakDownload, NOW, seedHistory, until } from '../status-page/site.ts';
import { usePage } from '../status-page/use-page.ts';
import { holdPage } from './held-page.ts';
import { type Nginx, startNginx } from './nginx.ts';

/** The shipped site file, in the nginx that is installed. */

const page = usePage({
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
  },
});
let nginx: Nginx;
beforeEach(async () => {
  nginx = await startNginx(page.url);
});
afterEach(() => nginx.stop());

const BADGE = '/badge/beijing.download.svg';
const get = (path: string, headers: Record<string, string> = {}) =>
  ask(nginx.url + path, { headers });

async function cacheStatus(path: string, headers: Record<string, string> = {}) {
  return (await get(path, headers)).headers['x-cache-status'];
}

test('O5: a second reader is answered from the cache, as the first was from the page', async () => {
  for (const path of [BADGE, '/embed/beijing.download.json', '/embed.js', '/favicon.svg']) {
    const first = await get(path, { 'accept-encoding': 'gzip, br' });
    const second = await get(path, { 'accept-encoding': 'br;q=1.0' });
    const seen = [first, second].map(({ status, headers }) => [status, headers['x-cache-status']]);
    expect([path, ...seen]).toEqual([path, [200, 'MISS'], [200, 'HIT']]);
    expect(second.text).toBe(first.text);
    const etag = second.headers.etag ?? '';
    const again = await get(path, { 'accept-encoding': 'br', 'if-none-match': etag });
    expect([again.status, again.headers['x-cache-status']]).toEqual([304, 'HIT']);
  }
});

test('O5: what ends is asked for again by browsers, what stays is not', async () => {
  const kept = async (path: string) => (await get(path)).headers['cache-control'];
  expect(await kept(BADGE)).toBe('no-cache');
  expect(await kept('/embed/beijing.download.json')).toBe('no-cache');
  expect(await kept('/embed.js')).toBe('public, max-age=31536000, immutable');
  expect(await kept('/favicon.svg')).toBe('public, max-age=86400');
});

test.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['en-GB,en;q=0.9', 'en'],
  ['fr-FR,fr;q=0.9,ja;q=0.8,en;q=0.7', 'ja'],
  ['fr', 'zh-CN'],
  ['zh-TW,zh;q=0.9', 'zh-CN'],
  ['eng,jam,ja', 'ja'],
  ['', 'zh-CN'],
])('O5: a browser that wants "%s" shares the copy in %s', async (wanted, locale) => {
  const first = await get(BADGE, { 'accept-language': locale });
  const second = await get(BADGE, { 'accept-language': wanted });
  expect(second.headers['x-cache-status']).toBe('HIT');
  expect(second.headers['content-language']).toBe(locale);
  expect(second.text).toBe(first.text);
  const front = await get('/', { 'accept-language': wanted });
  expect(front.headers['content-language']).toBe(locale);
});

test('O5: a query other than a language makes no more copies', async () => {
  expect(await cacheStatus(`${BADGE}?lang=en`)).toBe('MISS');
  expect(await cacheStatus(`${BADGE}?lang=en`, { 'accept-language': 'zh-CN' })).toBe('HIT');
  for (const query of ['?x=1', '?lang=en&x=1', '?lang=fr']) {
    for (let i = 0; i < 2; i += 1) expect(await cacheStatus(BADGE + query)).toBe('BYPASS');
  }
});

test('O5: nothing of administrators, subscribers and tokens is kept', async () => {
  const paths = [
    '/admin/zh-CN/sign-in',
    '/admin/zh-CN/',
    '/api/v1/maintenances',
    '/zh-CN/subscribe',
    '/zh-CN/subscription',
    '/unsubscribe',
    '/zh-CN/demo/mailbox',
  ];
  for (const path of paths) {
    for (let i = 0; i < 2; i += 1) {
      const { status, headers } = await get(path);
      expect([path, headers['x-cache-status']]).toEqual([path, undefined]);
      expect(status).toBeLessThan(500);
    }
  }
  expect(await cacheStatus(BADGE, { authorization: 'Bearer x' })).toBe('BYPASS');
});

test('O5: the stream comes as it is sent', async () => {
  const first = await new Promise<string>((resolve, reject) => {
    const asked = request(`${nginx.url}/live`, (response) => {
      response.once('data', (chunk) => {
        resolve(String(chunk));
        asked.destroy();
      });
    });
    asked.once('error', reject);
    asked.end();
  });
  expect(first).toContain('event: ');
});

test('O5: readers have the copy while nginx asks for a newer one', async () => {
  const held = await holdPage(page.url);
  const before = await startNginx(held.url);
  onTestFinished(async () => {
    await before.stop();
    await held.close();
  });
  const shown = async () => {
    const { headers } = await ask(`${before.url}/zh-CN/`);
    return headers['x-cache-status'];
  };
  // Fresh for a second, and shown for another: a machine that misses that one tries again.
  await until(async () => {
    held.release();
    await until(async () => (await shown()) === 'HIT');
    held.hold();
    for (;;) {
      const seen = await Promise.race([shown(), sleep(3 * SECOND, 'waits')]);
      if (seen !== 'HIT') return seen === 'STALE' || seen === 'UPDATING';
    }
  });
  await until(() => held.waiting() === 1);
  held.release();
  await until(async () => (await shown()) === 'HIT');
});

test('O5: a copy is shown while the page is away, until its state has run out', async () => {
  // Valid for 8 s more: 5 fresh, 3 only if the page does not answer.
  page.clock.set(NOW + 22 * SECOND);
  const asked_at = performance.now();
  expect((await get(BADGE)).text).toContain('中断');
  await page.stop();
  const seen: [s: number, status: number, cached: unknown][] = [];
  await until(async () => {
    const { status, headers, text } = await get(BADGE);
    const s = (performance.now() - asked_at) / SECOND;
    seen.push([s, status, headers['x-cache-status']]);
    if (status === 503) expect(text).toContain('现在的状态未知');
    return status === 503;
  });
  expect(seen.some(([, status, cached]) => status === 200 && cached === 'STALE')).toBe(true);
  // nginx counts whole seconds; a busy machine looks late.
  for (const [s, status] of seen) if (status === 200) expect(s).toBeLessThan(10);
});

/** The answer to a callback, of which the body may be only announced. */
function call(url: string, body: string, announced = body.length) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders }>((resolve, reject) => {
    const headers = { 'content-length': announced };
    const sent = request(url, { method: 'POST', headers, agent: false }, (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
      sent.destroy();
    });
    sent.once('error', reject);
    sent.write(body);
    if (announced === body.length) sent.end();
  });
}

test('O5: the secret of a callback is logged nowhere, whatever becomes of it', async () => {
  const secret = 'a-secret_of-the-address';
  const path = `/ingest/callbacks/till/${secret}`;
  const came: number[] = [];
  const collector = createServer(async (incoming, outgoing) => {
    let bytes = 0;
    for await (const part of incoming) bytes += part.length;
    came.push(bytes);
    outgoing.writeHead(bytes > 1024 * 1024 ? 413 : 200).end();
  });
  await new Promise<void>((resolve) => void collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  const before = await startNginx(page.url, `http://127.0.0.1:${port}`);
  onTestFinished(async () => {
    await before.stop();
    collector.close();
  });
  const large = 1024 * 1024 + 1;
  expect((await call(before.url + path, 'a=1')).status).toBe(200);
  // What is too large is for the collector to say, so far as it can.
  expect((await call(before.url + path, 'x'.repeat(large))).status).toBe(413);
  expect(came).toEqual([3, large]);
  expect((await call(before.url + path, 'x', 2 * 1024 * 1024 + 1)).status).toBe(413);
  expect((await call(before.plain_url + path, 'a=1')).status).toBe(403);
  const led_on = await call(`${before.plain_url}/zh-CN/?from=plain`, 'a=1');
  expect([led_on.status, led_on.headers.location]).toEqual([
    301,
    'https://127.0.0.1/zh-CN/?from=plain',
  ]);
  collector.closeAllConnections();
  await new Promise((resolve) => void collector.close(resolve));
  const away = await call(before.url + path, 'a=1');
  expect([away.status, away.headers['retry-after']]).toEqual([503, '10']);
  await until(async () => before.logged().includes('from=plain'));
  expect(before.logged()).not.toContain(secret);
  expect(came).toHaveLength(2);
});
