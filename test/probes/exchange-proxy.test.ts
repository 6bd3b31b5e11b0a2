import { afterEach, describe, expect, test } from 'vitest';
import { startTestProxy, type TestProxy, type TestProxyParts } from '../field/proxy.ts';
import { issuedChain } from './certificates.ts';
import { closeServers, HELLO, serve } from './odd-exchange.ts';
import { exchangeFor, get, PATIENT_MS, startRawServer } from './raw-server.ts';

const proxies: TestProxy[] = [];
afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  await closeServers();
});

async function startProxy(parts?: TestProxyParts): Promise<TestProxy> {
  const proxy = await startTestProxy(parts);
  proxies.push(proxy);
  return proxy;
}

const ours = { outcome: 'self', reason: 'proxy_failed' };

describe('through a proxy', () => {
  test('http and https are tunnelled, with name and password', async () => {
    const account = { name: 'office', password: 'a b:c/发' };
    const proxy = await startProxy({ account });
    const chain = issuedChain(new Date('2049-01-01'), new Date('2049-01-01'));
    const plain = await serve((socket) => socket.end(HELLO));
    const secure = await serve((socket) => socket.end(HELLO), chain);
    for (const { url, host } of [plain, secure]) {
      const exchange = exchangeFor(PATIENT_MS, { proxy: proxy.url, ca: chain.root });
      expect(await exchange.send(get(`${url}/a`))).toMatchObject({ ok: true });
      expect(proxy.tunnels.at(-1)).toBe(host);
      const phases = Object.keys(exchange.observed.phases);
      const tls = url.startsWith('https') ? ['tls'] : [];
      expect(phases).toEqual(['connect', ...tls, 'processing', 'transfer']);
    }
    expect(plain.received[0]).toMatch(/^GET \/a HTTP/);
    expect(plain.received[0]).not.toMatch(/proxy-authorization/i);
  });

  test('names are for the proxy to resolve', async () => {
    const server = await serve((socket) => socket.end(HELLO));
    const proxy = await startProxy({ names: { 'erp.internal.invalid': '127.0.0.1' } });
    const url = server.url.replace('127.0.0.1', 'erp.internal.invalid');
    const exchange = exchangeFor(PATIENT_MS, { proxy: proxy.url });
    expect(await exchange.send(get(url))).toMatchObject({ ok: true });
    expect(server.received[0]).toContain(`Host: ${new URL(url).host}\r\n`);
  });

  test('redirects and cookies are as without', async () => {
    const proxy = await startProxy();
    const there = await serve((socket) => socket.end(HELLO));
    const server = await serve((socket) =>
      socket.end(`HTTP/1.1 302 Found\r\nSet-Cookie: a=1\r\nLocation: ${there.url}/in\r\n\r\n`),
    );
    const attempt = await exchangeFor(PATIENT_MS, { proxy: proxy.url }).send(get(server.url));
    expect(attempt.ok && attempt.value.url.href).toBe(`${there.url}/in`);
    expect(there.received[0]).toContain('Cookie: a=1\r\n');
    expect(proxy.tunnels).toHaveLength(2);
  });

  test('a host in a private network is reached only from one', async () => {
    const server = await serve((socket) => socket.end(HELLO));
    const portal = await serve((socket) =>
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ${server.url}/\r\n\r\n`),
    );
    const proxy = await startProxy({ names: { 'portal.example': '127.0.0.1' } });
    const from = portal.url.replace('127.0.0.1', 'portal.example');
    expect(await exchangeFor(PATIENT_MS, { proxy: proxy.url }).send(get(from))).toMatchObject({
      failure: { outcome: 'self', reason: 'redirect_refused' },
    });
    expect(server.received).toHaveLength(0);
  });

  test.for(['localhost', 'erp', 'a.localhost', 'erp.internal', '[::1]', '0.0.0.0'])(
    'nor is %s, by its name',
    async (host) => {
      const portal = await serve((socket) =>
        socket.end(`HTTP/1.1 302 Found\r\nLocation: http://${host}/\r\n\r\n`),
      );
      const proxy = await startProxy({ names: { 'portal.example': '127.0.0.1' } });
      const from = portal.url.replace('127.0.0.1', 'portal.example');
      expect(await exchangeFor(PATIENT_MS, { proxy: proxy.url }).send(get(from))).toMatchObject({
        failure: { outcome: 'self', reason: 'redirect_refused' },
      });
      expect(proxy.tunnels).toHaveLength(1);
    },
  );
});

describe('what a proxy fails at is ours', () => {
  test('a wrong password, and none', async () => {
    const proxy = await startProxy({ account: { name: 'office', password: 'secret' } });
    const wrong = new URL(proxy.url);
    wrong.password = 'other';
    for (const url of [wrong.href, `http://${wrong.host}`]) {
      const attempt = await exchangeFor(PATIENT_MS, { proxy: url }).send(
        get('http://127.0.0.1:2/'),
      );
      expect(attempt).toMatchObject({ failure: { ...ours, detail: 'the proxy answered 407' } });
    }
    expect(proxy.tunnels).toEqual([]);
  });

  test('one that is not there, or whose name is not', async () => {
    const gone = await startRawServer(() => {});
    await gone.close();
    for (const proxy of [gone.url, 'http://nobody.invalid:3128']) {
      const attempt = await exchangeFor(PATIENT_MS, { proxy }).send(get('http://127.0.0.1:2/'));
      expect(attempt).toMatchObject({ failure: ours });
    }
  });

  test.for([
    'HTTP/1.1 403 Forbidden\r\n\r\n',
    'HTTP/1.1 405 Method Not Allowed\r\n\r\n',
    'HTTP/1.1 500 Error\r\n\r\n',
    'SSH-2.0-OpenSSH_9.2\r\n\r\n',
    'HTTP/1.1 200 OK\0\r\n\r\n',
    '',
  ])('"%j" as its answer', async (answer) => {
    const proxy = await serve((socket) => socket.end(answer));
    const attempt = await exchangeFor(PATIENT_MS, { proxy: proxy.url }).send(
      get('http://a.invalid/'),
    );
    expect(attempt).toMatchObject({ failure: ours });
  });
});

describe('what it says of the other side is theirs', () => {
  test.for([502, 503, 504])('%i: it was not reached', async (status) => {
    const proxy = await serve((socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
    const attempt = await exchangeFor(PATIENT_MS, { proxy: proxy.url }).send(
      get('https://a.invalid/'),
    );
    expect(attempt).toMatchObject({
      failure: { outcome: 'network', reason: 'host_unreachable' },
    });
  });

  test('nothing until the deadline: it does not connect', async () => {
    const proxy = await serve(() => {});
    const attempt = await exchangeFor(300, { proxy: proxy.url }).send(get('https://a.invalid/'));
    expect(attempt).toMatchObject({ failure: { outcome: 'timeout', reason: 'timeout_connect' } });
  });

  test('a tunnel whose other end closes', async () => {
    const proxy = await startProxy();
    const server = await serve((socket) => socket.end());
    const attempt = await exchangeFor(PATIENT_MS, { proxy: proxy.url }).send(get(server.url));
    expect(attempt).toMatchObject({ failure: { outcome: 'network', reason: 'connection_reset' } });
  });
});
