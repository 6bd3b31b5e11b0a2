import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../model/time.ts';
import { type Got, lineOfSite, sendJson, startPortal } from './portal.ts';

/** Looks at followed invoices: what anybody may say of one is compared with what is of none. */

const OTHER = { number: '26000000000000000009', issued: '20260302100000' };
const NONE = '26000000000000000002';
const KEYS = `
known: { number: '26000000000000000001', issued: '20260302100000' }
unknown: { number: '${NONE}', issued: '20260302100000' }`;

/** As in config/systems/webdav.yaml. */
const STORE = `${KEYS}
query:
  - head: /\${number}.pdf
    found: { status: 200 }
    absent: { status: 404 }`;
const WORDS = `${KEYS}
query:
  - get: /view/\${number}
    found: { text: '\${number}' }
    absent: { status: 404 }`;
const VALUES = `${KEYS}
query:
  - get: /\${number}
    found: { json: { $.no: '\${number}' } }
    absent: { status: 404 }`;

async function lookAt(settings: string, statusOf: (got: Got) => number, body = '') {
  const portal = await startPortal((got, response) => {
    const number = /\d{20}/.exec(got.url)?.[0] ?? '';
    response.writeHead(statusOf(got), { 'content-type': 'text/html' });
    response.end(body.replaceAll('NUMBER', number));
  });
  const line = lineOfSite({ url: portal.url, functions: ['query', 'sync'], settings });
  const look = await line.look('sync', OTHER);
  return { look, asked: portal.got.map(({ url }) => /\d{20}/.exec(url)?.[0]) };
}

const LOGIN = '<form action="/login?back=/view/NUMBER"><input type="password"></form>';

describe('an invoice is not there because', () => {
  test.each([
    ['all is answered with 200', STORE, ''],
    ['a login names the address that it was asked for', WORDS, LOGIN],
  ])('%s', async (_, settings, body) => {
    const { look, asked } = await lookAt(settings, () => 200, body);
    expect(look).toMatchObject({
      finding: 'failed',
      outcome: 'system',
      reason: 'unexpected_answer',
    });
    expect(asked).toEqual([OTHER.number, NONE]);
  });
});

test('what anybody may say counts if it is not said of one that does not exist', async () => {
  const { look, asked } = await lookAt(STORE, ({ url }) => (url.includes(NONE) ? 404 : 200));
  expect(look).toMatchObject({ finding: 'found', outcome: 'ok', reason: null });
  expect(asked).toEqual([OTHER.number, NONE]);
});

test('where that is not said, nothing is known', async () => {
  const { look } = await lookAt(STORE, ({ url }) => (url.includes(NONE) ? 502 : 200));
  expect(look).toMatchObject({ finding: 'failed', outcome: 'system', reason: 'http_status' });
});

test('an absent one, and one that a value shows, is asked for once', async () => {
  expect(await lookAt(STORE, () => 404)).toMatchObject({
    look: { finding: 'absent', outcome: 'ok' },
    asked: [OTHER.number],
  });
  const portal = await startPortal((_, response) => sendJson(response, { no: OTHER.number }));
  const line = lineOfSite({ url: portal.url, functions: ['query', 'sync'], settings: VALUES });
  expect(await line.look('sync', OTHER)).toMatchObject({ finding: 'found' });
  expect(portal.got).toHaveLength(1);
});

test('the time of an arrival is that of its own answer', async () => {
  let later_ms = 0;
  const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + later_ms };
  const portal = await startPortal(({ url }, response) => {
    const is_none = url.includes(NONE);
    if (is_none) later_ms = 10_000;
    response.writeHead(is_none ? 404 : 200).end();
  });
  const parts = { url: portal.url, functions: ['query', 'sync'], settings: STORE };
  const look = await lineOfSite(parts, { clock }).look('sync', OTHER);
  expect([look.finding, later_ms]).toEqual(['found', 10_000]);
  expect(look.duration_ms).toBeLessThan(10_000);
});
