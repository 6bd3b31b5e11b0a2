import { expect, test } from 'vitest';
import type { System } from '../../model/configuration.ts';
import type { Outcome, Reason } from '../../model/vocabulary.ts';
import { entryPage } from '../../probes/entry-page.ts';
import { exchangeFor, startRawServer } from './raw-server.ts';

const page = (status: number, body = 'hello', more = '') =>
  `HTTP/1.1 ${status} Said\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;

function site(url: string): System {
  const name = { 'zh-CN': 'site', en: 'site' };
  const environment = 'production';
  return {
    id: 'site',
    name,
    driver: 'web',
    environment,
    neutral: false,
    ca: null,
    url,
    settings: {},
  };
}

const CASES: [string, string, number, [Outcome, Reason] | null][] = [
  ['a page', page(200), 200, null],
  ['the status that is expected', page(403), 403, null],
  ['an error', page(500), 200, ['system', 'http_status']],
  ['a page that should have been refused', page(200), 403, ['system', 'http_status']],
  ['a page that is not there', page(404), 200, ['system', 'http_status']],
  ['a login that is not ours', page(401), 200, ['credential', 'http_status']],
  ['a maintenance page', page(503, 'Scheduled maintenance'), 200, ['maintenance', 'http_status']],
  ['too many requests', page(429), 200, ['throttled', 'http_status']],
  ['half a page', page(200).slice(0, -2), 200, ['network', 'connection_reset']],
  [
    'more than a page',
    page(200, 'x', '').replace('Content-Length: 1', 'Content-Length: 2000001'),
    200,
    ['system', 'answer_too_large'],
  ],
  [
    'a redirect elsewhere',
    page(302, '', 'Location: //x.invalid/\r\n'),
    200,
    ['system', 'redirect_refused'],
  ],
];

test.for(CASES)('%s', async ([, answer, status, expected]) => {
  const server = await startRawServer((socket) => socket.end(answer));
  const driver = entryPage(site(`${server.url}/entry`));
  const reached = await driver.reach?.(exchangeFor(5_000), { path: '/now?x=1', status });
  await server.close();
  expect(server.received[0]).toMatch(/^GET \/entry\/now\?x=1 /);
  expect(reached).toMatchObject(
    expected === null
      ? { ok: true }
      : { ok: false, failure: { outcome: expected[0], reason: expected[1] } },
  );
});

const TITLES: [string, string, Parameters<typeof reach>[1], Outcome | 'reached'][] = [
  [
    'the words in its title',
    '<html><title>\n 全国发票查验平台 </title>',
    { title: '发票查验平台' },
    'reached',
  ],
  ['another title', '<html><title>登录</title>发票查验平台', { title: '发票查验平台' }, 'system'],
  ['no title', '发票查验平台', { title: '发票查验平台' }, 'system'],
  ['enough bytes', 'x'.repeat(100), { min_bytes: 100 }, 'reached'],
  ['too few bytes', 'x'.repeat(99), { min_bytes: 100 }, 'system'],
];

test.for(TITLES)('a page with %s', async ([, body, options, expected]) => {
  expect(await reach(body, options)).toBe(expected);
});

async function reach(body: string, options: { title?: string; min_bytes?: number }) {
  const text = Buffer.from(body);
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n`;
  const server = await startRawServer((socket) =>
    socket.end(Buffer.concat([Buffer.from(head), text])),
  );
  const driver = entryPage(site(server.url));
  const reached = await driver.reach?.(exchangeFor(5_000), { path: '/', status: 200, ...options });
  await server.close();
  if (reached?.ok) return 'reached';
  expect(reached?.failure.reason).toBe('unexpected_answer');
  return reached?.failure.outcome;
}
