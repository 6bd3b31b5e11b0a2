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
  });

  test.for<[string, number, unknown, string, string]>([
    ['a wrong client', 401, { error: 'invalid_client' }, 'credential', 'http_status'],
    ['a wrong request', 400, { error: 'invalid_scope' }, 'credential', 'http_status'],
    ['an outage', 500, {}, 'system', 'http_status'],
    ['too often', 429, {}, 'throttled', 'http_status'],
    ['no token', 200, { token: 1 }, 'system', 'unexpected_answer'],
    ['a token that ends the header', 200, { access_token: 'a\nb' }, 'system', 'unexpected_answer'],
  ])('%s: %i is told, and nothing else sent', async ([_, code, body, outcome, reason]) => {
    const portal = await startIssuer(() => [code, body]);
    const site = { url: portal.url, functions: ['reach'], settings: settings(), env };
    expect(await measured(site, 'reach')).toMatchObject({ outcome, reason });
    expect(portal.got).toHaveLength(1);
  });
});
