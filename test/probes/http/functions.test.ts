import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../model/vocabulary.ts';
import { type Got, lineOfSite, measured, sendJson, startPortal } from './portal.ts';

const KNOWN = '26000000000000000001';
const KEYS = `
known: { number: '${KNOWN}', issued: '20260302100000' }
unknown: { number: '26000000000000000002' }`;

/** What each answer of the last request is judged as. */
type Case = [what: string, status: number, body: unknown, outcome: Outcome, detail: string | null];

const answering = (status: number, body: unknown) =>
  startPortal((_, response) => sendJson(response, body, status));

describe('a login', () => {
  const settings = `
secrets: { password: { env: WORD } }
codes: { json: $.code, ok: '0', outcomes: { E401: credential } }
login:
  - post: /login
    safe: true
    json: { user: me, password: '\${password}' }
    capture: { session: { json: $.token } }`;
  const site = (url: string) => ({
    url,
    functions: ['login'],
    settings,
    env: { WORD: 'hush-hush' },
    environment: 'production',
  });

  test.for<Case>([
    ['a session', 200, { code: '0', token: 'a1' }, 'ok', null],
    ['no session', 200, { code: '0' }, 'system', 'step 1: nothing at json $.token'],
    ['an empty one', 200, { code: '0', token: '' }, 'system', 'step 1: nothing at json $.token'],
    ['credentials refused', 200, { code: 'E401' }, 'credential', 'step 1: code E401'],
    ['the same by its status', 401, {}, 'credential', 'step 1: HTTP 401'],
    ['its own failure', 500, {}, 'system', 'step 1: HTTP 500'],
  ])('that brings %s: HTTP %i', async ([_, status, body, outcome, detail]) => {
    const portal = await answering(status, body);
    const found = await measured(site(portal.url), 'login');
    expect(found).toMatchObject({ outcome, detail });
    expect(JSON.stringify(found)).not.toContain('hush-hush');
    expect(portal.got[0]?.body.toString()).toBe('{"user":"me","password":"hush-hush"}');
  });

  test('written once is its own failure in a login, and waited for elsewhere', async () => {
    const portal = await answering(500, {});
    const once = `${KEYS}
login: [&login { post: /in, prerequisite: login, expect: { json: { $.in: yes } } }]
download: [*login, { get: '/files/\${number}' }]`;
    const both = { url: portal.url, functions: ['login', 'download'], settings: once };
    expect(await measured(both, 'login')).toMatchObject({ outcome: 'system' });
    expect(await measured(both, 'download')).toMatchObject({ reason: 'waits_for_login' });
  });

  test('by a cookie is seen by the page behind it', async () => {
    const portal = await startPortal(({ url, headers }, response) => {
      const is_in = headers.cookie === 'sid=7';
      if (url === '/login') response.setHeader('set-cookie', 'sid=7; Path=/');
      sendJson(response, url === '/login' ? {} : { user: is_in ? 'me' : null });
    });
    const by_cookie = `
login:
  - { post: /login, form: { user: me } }
  - { get: /me, expect: { json: { $.user: me } } }`;
    const in_sandbox = { url: portal.url, functions: ['login'], settings: by_cookie };
    expect(await measured(in_sandbox, 'login')).toMatchObject({ outcome: 'ok' });
  });
});

describe('an interface', () => {
  const settings = `
codes: { json: $.code, ok: '0', outcomes: { E9106: user_data, E9999: degraded } }
api:
  - post: /api
    safe: true
    form: { method: none }
    expect: { status: [200, 400], json: { $.code: E9106 } }`;

  test.for<Case>([
    ['the documented error', 200, { code: 'E9106' }, 'ok', null],
    ['the same with its status', 400, { code: 'E9106' }, 'ok', null],
    ['no error where one is due', 200, { code: '0' }, 'system', null],
    ['another documented one', 200, { code: 'E9999' }, 'degraded', 'step 1: code E9999'],
    ['an unknown one', 200, { code: 'E1' }, 'system', 'step 1: code E1'],
    ['it with a status of failures', 500, { code: 'E9106' }, 'user_data', 'step 1: code E9106'],
    ['none', 500, {}, 'system', 'step 1: HTTP 500'],
    ['a refusal', 403, {}, 'throttled', 'step 1: HTTP 403'],
  ])('that answers with %s: HTTP %i', async ([_, status, body, outcome, detail]) => {
    const portal = await answering(status, body);
    const site = { url: portal.url, functions: ['api'], settings, environment: 'production' };
    const found = await measured(site, 'api');
    expect(found).toMatchObject({ outcome });
    if (detail !== null) expect(found.detail).toBe(detail);
  });

  test('that is maintained is not the documented error', async () => {
    const portal = await startPortal((_, response) => {
      response.writeHead(503, { 'content-type': 'text/html' });
      response.end('<title>系统维护中</title>');
    });
    const site = { url: portal.url, functions: ['api'], settings };
    expect(await measured(site, 'api')).toMatchObject({ outcome: 'maintenance' });
  });
});

describe('an issue', () => {
  const issue = (more: string) => `
issue:
  - post: /invoices
    json: { serial: '\${number}', buyer: '\${buyer_name}', total: '\${total_yuan}' }
    expect: { json: { $.state: issued } }
${more}`;
  const site = (url: string, more = '') => ({ url, functions: ['issue'], settings: issue(more) });
  const NUMBERED =
    '    capture: { invoice_number: { json: $.no }, invoice_issued: { json: $.at } }';

  test('sends the synthetic invoice, and is followed by the number that it was given', async () => {
    const answer = { state: 'issued', no: '26000000000000000077', at: '20260302101112' };
    const portal = await answering(200, answer);
    const found = await measured(site(portal.url, NUMBERED), 'issue');
    expect(found).toMatchObject({
      outcome: 'ok',
      accepted: { number: '26000000000000000077', issued: '20260302101112' },
    });
    const sent = JSON.parse(portal.got[0]?.body.toString() ?? '');
    expect(sent).toMatchObject({
      serial: expect.stringMatching(/^\d{20}$/),
      total: expect.stringMatching(/^\d+\.\d\d$/),
    });
  });

  test.for<[string, string, unknown, Outcome, string | null]>([
    ['without its number, is not followed', '', { state: 'issued' }, 'ok', null],
    [
      'of which it says nothing',
      '',
      { state: 'queued' },
      'system',
      'step 1: not as expected: json $.state',
    ],
    [
      'with a number of 8 digits, beside a code, is not followed',
      NUMBERED,
      { state: 'issued', no: '12345678', code: '011002600111', at: '20260302101112' },
      'ok',
      null,
    ],
    [
      'with an id of the system’s own, is not followed',
      NUMBERED,
      { state: 'issued', no: 'D-77', at: '20260302101112' },
      'ok',
      null,
    ],
    [
      'with a date of another form, is not followed',
      NUMBERED,
      { state: 'issued', no: '26000000000000000077', at: '2026-03-02 10:11:12' },
      'ok',
      null,
    ],
    [
      'with a number that is announced and missing',
      NUMBERED,
      { state: 'issued', at: '20260302101112' },
      'system',
      'step 1: nothing at json $.no',
    ],
  ])('%s', async ([_, more, body, outcome, detail]) => {
    const portal = await answering(200, body);
    const found = await measured(site(portal.url, more), 'issue');
    expect(found).toMatchObject({ outcome, accepted: null });
    expect(found.detail).toBe(detail);
  });
});

describe('a delivery', () => {
  const settings = `${KEYS}
deliver:
  - post: /deliveries
    json: { number: '\${number}', to: probe@example.org }
    capture: { id: { json: $.id } }
  - get: /deliveries/\${id}
    repeat: { until: { json: { $.state: delivered } }, every: 100ms, within: 1s }`;
  const portalAfter = (looks: number) => {
    let asked = 0;
    const answer = ({ method }: Got) => {
      if (method === 'POST') return { id: 7 };
      asked += 1;
      return { state: asked > looks ? 'delivered' : 'sending' };
    };
    return startPortal((got, response) => sendJson(response, answer(got)));
  };

  test('of the known invoice is waited for', async () => {
    const portal = await portalAfter(2);
    const site = { url: portal.url, functions: ['deliver'], settings };
    expect(await measured(site, 'deliver')).toMatchObject({ outcome: 'ok' });
    expect(portal.got.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /deliveries',
      'GET /deliveries/7',
      'GET /deliveries/7',
      'GET /deliveries/7',
    ]);
    expect(JSON.parse(portal.got[0]?.body.toString() ?? '')).toMatchObject({ number: KNOWN });
  });

  test('that does not come is a timeout', async () => {
    const portal = await portalAfter(1_000);
    const site = { url: portal.url, functions: ['deliver'], settings };
    expect(await measured(site, 'deliver')).toMatchObject({ outcome: 'timeout' });
  });
});

describe('a verification', () => {
  const settings = `${KEYS}
verify:
  - post: /verify
    safe: true
    form: { number: '\${number}' }
    found: { json: { $.result: '001' } }
    absent: { json: { $.result: '006' } }`;
  const site = (url: string) => ({
    url,
    functions: ['verify'],
    settings,
    environment: 'production',
  });

  test.for<[string, (got: Got) => unknown, Outcome, string | null]>([
    ['tells both apart', ({ body }) => ({ result: of(body, '001', '006') }), 'ok', null],
    ['holds all for genuine', () => ({ result: '001' }), 'system', 'unknown_found'],
    ['holds none for genuine', () => ({ result: '006' }), 'system', 'known_not_found'],
    ['says neither', () => ({ result: '999' }), 'system', 'unexpected_answer'],
  ])('that %s', async ([_, answer, outcome, reason]) => {
    const portal = await startPortal((got, response) => sendJson(response, answer(got)));
    const line = lineOfSite(site(portal.url));
    expect(await line.run('verify', Date.now())).toMatchObject({ outcome, reason });
  });

  function of(body: Buffer, known: string, other: string): string {
    return body.toString() === `number=${KNOWN}` ? known : other;
  }
});

test.for<[string, string]>([
  ['login', 'waits_for_login'],
  ['query', 'waits_for_query'],
  ['true', 'waits_for_other'],
])('a step of another function (%s) that fails is waited for: %s', async ([whose, reason]) => {
  const portal = await answering(500, {});
  const settings = `${KEYS}
download:
  - { get: /first, prerequisite: ${whose} }
  - get: /files/\${number}`;
  const site = { url: portal.url, functions: ['download'], settings };
  expect(await measured(site, 'download')).toMatchObject({
    outcome: 'prerequisite',
    reason,
    detail: 'step 1: system, http_status, HTTP 500',
  });
});
