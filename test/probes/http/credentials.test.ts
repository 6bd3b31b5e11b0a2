import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { selfSigned } from '../certificates.ts';
import { lineOfSite, measured, sendJson, startPortal } from './portal.ts';

/** What says nothing of the function that needs the token. */
const WAITS = ['prerequisite', 'waits_for_login'] as const;
const NEXT_YEAR = new Date(Date.now() + 365 * 86_400_000);

describe('a client certificate', () => {
  /** A server that answers whom it is shown this certificate by; the folder has it and the key. */
  async function startStrict() {
    const [server_pair, client] = [selfSigned(NEXT_YEAR), selfSigned(NEXT_YEAR)];
    const shown: string[] = [];
    const server = createServer(
      { ...server_pair, ca: client.cert, requestCert: true, rejectUnauthorized: true },
      ({ socket }, response) => {
        shown.push(String((socket as TLSSocket).getPeerCertificate().subject.CN));
        response.end('ok');
      },
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const folder = mkdtempSync(join(tmpdir(), 'mtls-'));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    });
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, server_pair.cert);
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, ca, shown, env: { CERT: client.cert, KEY: client.key } };
  }

  test('is shown to a server that asks for it', async () => {
    const { shown, ...server } = await startStrict();
    const settings = `
client_certificate: { certificate: { env: CERT }, key: { env: KEY } }
reach: [{ get: / }]`;
    const site = { ...server, functions: ['reach'], settings };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    expect(shown).toEqual(['Piaokuang TEST']);
  });

  test('that is missing is a credential', async () => {
    const { shown, ...server } = await startStrict();
    const site = { ...server, functions: ['reach'], settings: 'reach: [{ get: / }]' };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'credential' });
    expect(shown).toEqual([]);
  });
});

describe('a token of OAuth', () => {
  const settings = (more = '') => `
auth:
  oauth: { token_path: /token, client_id: 'a b', client_secret: { env: WORD }${more} }
reach: [{ get: /x }]`;
  const env = { WORD: 's:&' };

  function startIssuer(token: () => [number, unknown], status = () => 200) {
    return startPortal(({ url }, response) => {
      const [code, body] = url === '/token' ? token() : [status(), {}];
      sendJson(response, body, code);
    });
  }

  test('is asked for in a form where it must be (RFC 6749, 2.3.1)', async () => {
    const portal = await startIssuer(() => [200, { access_token: 't', expires_in: 60 }]);
    const more = ', credentials: form, scope: a';
    const site = { url: portal.url, functions: ['reach'], settings: settings(more), env };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    expect(Object.fromEntries(new URLSearchParams(portal.got[0]?.body.toString()))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'a b',
      client_secret: 's:&',
      scope: 'a',
    });
    expect(portal.got[1]?.headers.authorization).toBe('Bearer t');
  });

  test('is asked for anew once it has expired, and once it was refused', async () => {
    let seconds = 60;
    let status = 200;
    let now = 0;
    const portal = await startIssuer(
      () => [200, { access_token: `t${portal.got.length}`, expires_in: seconds }],
      () => status,
    );
    const clock = { now: () => Date.now(), monotonic: () => performance.now() + now };
    const site = { url: portal.url, functions: ['reach'], settings: settings(), env };
    const line = lineOfSite(site, { clock });
    const asked = async () => {
      const before = portal.got.length;
      await line.run('reach', Date.now());
      return portal.got.slice(before).map(({ url }) => url);
    };
    expect(await asked()).toEqual(['/token', '/x']);
    expect(await asked()).toEqual(['/x']);
    // 30 s are to spare.
    now = 31_000;
    expect(await asked()).toEqual(['/token', '/x']);
    status = 401;
    expect(await asked()).toEqual(['/x']);
    status = 200;
    seconds = 0;
    expect(await asked()).toEqual(['/token', '/x']);
    expect(await asked()).toEqual(['/token', '/x']);
    // Whatever its issuer says, it is kept for a day at most.
    seconds = 1e300;
    expect(await asked()).toEqual(['/token', '/x']);
    now += 23 * 3_600_000;
    expect(await asked()).toEqual(['/x']);
    now += 3_600_000;
    expect(await asked()).toEqual(['/token', '/x']);
  });

  test.for<[string, unknown]>([
    ['no time', {}],
    ['a short time', { expires_in: 5 }],
    ['no number', { expires_in: 'soon' }],
  ])('that lasts %s is for the steps of one run', async ([_, more]) => {
    const portal = await startIssuer(() => [
      200,
      { access_token: `t${portal.got.length}`, ...(more as object) },
    ]);
    const two = settings().replace('[{ get: /x }]', '[{ get: /x }, { get: /y }]');
    const line = lineOfSite({ url: portal.url, functions: ['reach'], settings: two, env });
    for (const _run of [1, 2]) {
      expect(await line.run('reach', Date.now())).toMatchObject({ outcome: 'ok' });
    }
    const by = portal.got.map(({ url, headers }) => [url, headers.authorization]);
    expect(by.filter(([url]) => url !== '/token')).toEqual([
      ['/x', 'Bearer t1'],
      ['/y', 'Bearer t1'],
      ['/x', 'Bearer t4'],
      ['/y', 'Bearer t4'],
    ]);
  });

  test('is asked for once by all who need it at once', async () => {
    const portal = await startPortal(({ url }, response) => {
      const token = { access_token: 't', expires_in: 3_600 };
      if (url === '/token') setTimeout(() => sendJson(response, token), 300);
      else sendJson(response, {});
    });
    const line = lineOfSite({ url: portal.url, functions: ['reach'], settings: settings(), env });
    const runs = await Promise.all([1, 2, 3].map(() => line.run('reach', Date.now())));
    expect(runs.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
    expect(portal.got.map(({ url }) => url).toSorted()).toEqual(['/token', '/x', '/x', '/x']);
  });

  test('that another run did not get is asked for again', async () => {
    const portal = await startPortal(({ url }, response) => {
      if (url !== '/token') return sendJson(response, {});
      const is_first = portal.got.length === 1;
      const answer = () => sendJson(response, { access_token: 't' }, is_first ? 500 : 200);
      setTimeout(answer, 300);
    });
    const line = lineOfSite({ url: portal.url, functions: ['reach'], settings: settings(), env });
    const runs = await Promise.all([1, 2].map(() => line.run('reach', Date.now())));
    expect(runs.map(({ outcome }) => outcome)).toEqual(['prerequisite', 'ok']);
  });

  test('is forgotten once a code of theirs refuses it', async () => {
    const by_code = `codes: { json: $.code, outcomes: { E1: credential } }${settings()}`;
    let code = 'E1';
    const portal = await startPortal(({ url }, response) => {
      sendJson(response, url === '/token' ? { access_token: 't', expires_in: 3_600 } : { code });
    });
    const site = { url: portal.url, functions: ['reach'], settings: by_code, env };
    const line = lineOfSite(site);
    expect(await line.run('reach', Date.now())).toMatchObject({ outcome: 'credential' });
    code = 'E0';
    await line.run('reach', Date.now());
    expect(portal.got.map(({ url }) => url)).toEqual(['/token', '/x', '/token', '/x']);
  });

  test('is asked for before the instant of a request is taken', async () => {
    let now = Date.UTC(2026, 2, 2);
    const portal = await startPortal(({ url }, response) => {
      if (url === '/token') now += 5_000;
      sendJson(response, { access_token: 't', expires_in: 3_600 });
    });
    const clock = { now: () => now, monotonic: () => performance.now() };
    const stamped = settings().replace('get: /x', `get: '/x?at=\${now_ms}'`);
    const site = { url: portal.url, functions: ['reach'], settings: stamped, env };
    await lineOfSite(site, { clock }).run('reach', now);
    expect(portal.got[1]?.url).toBe(`/x?at=${Date.UTC(2026, 2, 2, 0, 0, 5)}`);
  });

  test.for<[string, number, unknown, string, string, string]>([
    [
      'a wrong client',
      401,
      { error: 'invalid_client' },
      'credential',
      'http_status',
      'token: HTTP 401',
    ],
    [
      'a wrong request',
      400,
      { error: 'invalid_scope' },
      'credential',
      'http_status',
      'token: HTTP 400',
    ],
    ['an outage', 500, {}, ...WAITS, 'token: system, http_status, HTTP 500'],
    ['too often', 429, {}, ...WAITS, 'token: throttled, http_status, HTTP 429'],
    ['no token', 200, { token: 1 }, ...WAITS, 'token: system, unexpected_answer, no access_token'],
    [
      'a token that ends the header',
      200,
      { access_token: 'a\nb' },
      ...WAITS,
      'token: system, unexpected_answer, no access_token',
    ],
  ])('%s: %i is told, and nothing else sent', async ([_, code, body, outcome, reason, detail]) => {
    const portal = await startIssuer(() => [code, body]);
    const site = { url: portal.url, functions: ['reach'], settings: settings(), env };
    expect(await measured(site, 'reach')).toMatchObject({
      outcome,
      reason,
      detail: `step 1: ${detail}`,
    });
    expect(portal.got).toHaveLength(1);
  });

  test('that a login does not get is the failure of the login', async () => {
    const portal = await startIssuer(() => [500, {}]);
    const login = settings().replace(/reach.*/, 'login: [{ get: /x, expect: { text: x } }]');
    const site = { url: portal.url, functions: ['login'], settings: login, env };
    expect(await measured(site, 'login')).toMatchObject({
      outcome: 'system',
      reason: 'http_status',
      detail: 'step 1: token: HTTP 500',
    });
  });
});

describe('credentials', () => {
  test('go with every step to the system, and nowhere else', async () => {
    const store = await startPortal((_, response) => sendJson(response, {}));
    const portal = await startPortal((_, response) => sendJson(response, { at: `${store.url}/s` }));
    const settings = `
auth: { bearer: { token: { env: WORD } } }
reach:
  - { get: /a, capture: { at: { json: $.at } } }
  - { post: /b, auth: false, form: { a: 1 } }
  - get: \${at}
  - { get: /c, headers: { authorization: Own } }
  - { get: /d }`;
    const site = { url: portal.url, functions: ['reach'], settings, env: { WORD: 'hush-hush' } };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    expect(portal.got.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/a', 'Bearer hush-hush'],
      ['/b', undefined],
      ['/c', 'Own'],
      ['/d', 'Bearer hush-hush'],
    ]);
    expect(store.got.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});
