import { expect, test } from 'vitest';
import type { Outcome, Reason } from '../../model/vocabulary.ts';
import { createWeb } from '../../probes/systems/web/driver.ts';
import { exchangeFor, startRawServer } from './raw-server.ts';

const page = (status: number, body = 'hello', more = '') =>
  `HTTP/1.1 ${status} Said\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;

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
  const driver = createWeb({
    id: 'site',
    name: { 'zh-CN': 'site', en: 'site' },
    driver: 'web',
    environment: 'production',
    neutral: false,
    url: `${server.url}/entry`,
    settings: {},
  });
  const reached = await driver.reach?.(exchangeFor(5_000), { path: '/now?x=1', status });
  await server.close();
  expect(server.received[0]).toMatch(/^GET \/entry\/now\?x=1 /);
  expect(reached).toMatchObject(
    expected === null
      ? { ok: true }
      : { ok: false, failure: { outcome: expected[0], reason: expected[1] } },
  );
});
