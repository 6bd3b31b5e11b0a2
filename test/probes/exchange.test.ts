import { setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { issuedChain, selfSigned } from './certificates.ts';
import { exchangeFor, get, type RawServer, startRawServer } from './raw-server.ts';

const servers: RawServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(...args: Parameters<typeof startRawServer>): Promise<RawServer> {
  const server = await startRawServer(...args);
  servers.push(server);
  return server;
}

const HELLO = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const redirect = (location: string, status = 302) =>
  `HTTP/1.1 ${status} Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;

describe('a request', () => {
  test('names us and a contact, asks for plain bytes and a connection of its own', async () => {
    const server = await serve((socket) => socket.end(HELLO));
    await exchangeFor(2_000).send(get(`${server.url}/a?b=c`));
    const [sent = ''] = server.received;
    expect(sent).toMatch(/^GET \/a\?b=c HTTP\/1\.1\r\n/);
    expect(sent).toContain(`user-agent: Piaokuang/${manifest.version} (+ops@example.invalid)\r\n`);
    expect(sent).toContain('accept-encoding: identity\r\n');
    expect(sent).toMatch(/connection: close\r\n/i);
    expect(sent).not.toContain('traceparent');
  });

  test('carries the trace of the run only when told', async () => {
    const server = await serve((socket) => socket.end(HELLO));
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await exchangeFor(2_000, traceparent).send(get(server.url));
    expect(server.received[0]).toContain(`traceparent: ${traceparent}\r\n`);
  });

  test('is sent once, whatever happens to it', async () => {
    const server = await serve((socket) => socket.resetAndDestroy());
    await exchangeFor(2_000).send(get(server.url));
    expect(server.received).toHaveLength(1);
  });
});

test('phases add up to the duration, and absent phases did not happen', async () => {
  const server = await serve((socket) => {
    setTimeout(() => {
      socket.write(HELLO.slice(0, -2));
      setTimeout(() => socket.end(HELLO.slice(-2)), 80);
    }, 80);
  });
  const exchange = exchangeFor(2_000);
  const start = performance.now();
  await exchange.send(get(server.url));
  const took_ms = performance.now() - start;
  const { phases, bytes, http_status } = exchange.observed;
  expect(Object.keys(phases).sort()).toEqual(['connect', 'processing', 'transfer']);
  expect(phases.processing).toBeGreaterThan(70);
  expect(phases.transfer).toBeGreaterThan(50);
  const sum = Object.values(phases).reduce((total, ms) => total + ms, 0);
  expect(sum).toBeLessThanOrEqual(took_ms);
  expect(took_ms - sum).toBeLessThan(500);
  expect({ bytes, http_status }).toEqual({ bytes: 5, http_status: 200 });
});

describe('no connection', () => {
  test('refused', async () => {
    const server = await startRawServer(() => {});
    await server.close();
    expect(await exchangeFor(2_000).send(get(server.url))).toMatchObject({
      failure: { outcome: 'network', reason: 'connection_refused' },
    });
  });

  test('name that nobody has', async () => {
    const exchange = exchangeFor(5_000);
    expect(await exchange.send(get('http://nobody.invalid/'))).toMatchObject({
      failure: { outcome: 'network', reason: 'name_not_resolved' },
    });
    expect(Object.keys(exchange.observed.phases)).toEqual(['resolve']);
  });

  test('an address outside every network', async () => {
    const attempt = await exchangeFor(300).send(get('http://255.255.255.255/'));
    expect(attempt).toMatchObject({ ok: false, failure: { outcome: 'network' } });
  });
});

describe('redirects', () => {
  test('are followed on the same host, and the last answer counts', async () => {
    const server = await serve((socket, request) =>
      socket.end(request.startsWith('GET /a') ? redirect('/b') : HELLO),
    );
    const attempt = await exchangeFor(2_000).send(get(`${server.url}/a`));
    expect(attempt.ok && attempt.value.url.pathname).toBe('/b');
    expect(attempt.ok && attempt.value.status).toBe(200);
  });

  test('in a circle end after five', async () => {
    const server = await serve((socket) => socket.end(redirect('/again')));
    expect(await exchangeFor(2_000).send(get(server.url))).toMatchObject({
      failure: { outcome: 'system', reason: 'redirect_loop' },
    });
    expect(server.received).toHaveLength(6);
  });

  test.for([
    ['another host', 'http://other.invalid/'],
    ['another port', 'http://127.0.0.1:1/'],
    ['another protocol', 'file:///etc/passwd'],
    ['no URL', 'http://['],
  ])('to %s are refused', async ([, location]) => {
    const server = await serve((socket) => socket.end(redirect(location ?? '')));
    expect(await exchangeFor(2_000).send(get(server.url))).toMatchObject({
      failure: { outcome: 'system', reason: 'redirect_refused' },
    });
    expect(server.received).toHaveLength(1);
  });

  test.for([
    '/maintenance.html',
    'https://elsewhere.invalid/weihu/',
    '/%E7%B3%BB%E7%BB%9F%E7%BB%B4%E6%8A%A4',
  ])('to the maintenance page %s are maintenance', async (location) => {
    const server = await serve((socket) => socket.end(redirect(location)));
    expect(await exchangeFor(2_000).send(get(server.url))).toMatchObject({
      failure: { outcome: 'maintenance', reason: 'says_maintenance' },
    });
  });

  test('of a POST are answers, so that nothing is written twice', async () => {
    const server = await serve((socket) => socket.end(redirect('/b', 307)));
    const attempt = await exchangeFor(2_000).send({
      ...get(server.url),
      method: 'POST',
      body: '{}',
    });
    expect(attempt.ok && attempt.value.status).toBe(307);
    expect(server.received).toHaveLength(1);
  });
});

describe('TLS', () => {
  const expires_at = new Date('2049-06-30T00:00:00Z');

  test('a certificate nobody vouches for is refused', async () => {
    const server = await serve((socket) => socket.end(HELLO), selfSigned(expires_at));
    expect(await exchangeFor(2_000).send(get(server.url))).toMatchObject({
      failure: { outcome: 'network', reason: 'certificate_invalid' },
    });
    expect(server.received).toHaveLength(0);
  });

  test('a trusted one is taken and its expiry recorded', async () => {
    const pair = selfSigned(expires_at);
    setDefaultCACertificates([pair.cert]);
    const server = await serve((socket) => socket.end(HELLO), pair);
    const exchange = exchangeFor(2_000);
    expect(await exchange.send(get(server.url))).toMatchObject({ ok: true });
    expect(exchange.observed.certificate_expires_at).toBe(expires_at.getTime());
    expect(exchange.observed.phases.tls).toBeGreaterThan(0);
  });

  test('of a chain the earliest expiry is recorded, over all exchanges of a run', async () => {
    const authority_expires_at = new Date('2031-01-01T00:00:00Z');
    const chain = issuedChain(expires_at, authority_expires_at);
    const long = selfSigned(expires_at);
    setDefaultCACertificates([chain.root, long.cert]);
    const exchange = exchangeFor(2_000);
    for (const tls of [chain, long]) {
      const server = await serve((socket) => socket.end(HELLO), tls);
      expect(await exchange.send(get(server.url))).toMatchObject({ ok: true });
    }
    expect(exchange.observed.certificate_expires_at).toBe(authority_expires_at.getTime());
  });

  test('an expired one and one for another name are refused', async () => {
    const expired = selfSigned(new Date('2021-01-01T00:00:00Z'));
    const sound = selfSigned(expires_at);
    setDefaultCACertificates([expired.cert, sound.cert]);
    const late = await serve((socket) => socket.end(HELLO), expired);
    const other = await serve((socket) => socket.end(HELLO), sound);
    const renamed = other.url.replace('127.0.0.1', 'localhost');
    for (const url of [late.url, renamed]) {
      expect(await exchangeFor(2_000).send(get(url))).toMatchObject({
        failure: { outcome: 'network', reason: 'certificate_invalid' },
      });
    }
  });

  test('plain HTTP on a TLS port is a protocol error', async () => {
    const server = await serve((socket) => socket.end(HELLO));
    const url = server.url.replace('http:', 'https:');
    expect(await exchangeFor(2_000).send(get(url))).toMatchObject({
      failure: { outcome: 'network', reason: 'protocol_error' },
    });
  });

  test('a handshake that never comes is a timeout of that phase', async () => {
    const server = await serve(() => {});
    const url = server.url.replace('http:', 'https:');
    expect(await exchangeFor(300).send(get(url))).toMatchObject({
      failure: { outcome: 'timeout', reason: 'timeout_tls' },
    });
  });
});

test('a run ends with its last response, and what is asked apart is no part of it', async () => {
  const server = await serve((socket) => socket.end(HELLO));
  const exchange = exchangeFor(2_000);
  expect(exchange.endedAt()).toBeNull();
  await exchange.send(get(server.url));
  const ended_at = exchange.endedAt();
  const before = structuredClone(exchange.observed);
  expect(ended_at).toBeLessThanOrEqual(performance.now());
  const apart = exchange.apart();
  expect((await apart.send(get(server.url))).ok).toBe(true);
  expect(apart.observed.bytes).toBe(before.bytes);
  expect(exchange.endedAt()).toBe(ended_at);
  expect(exchange.observed).toEqual(before);
});
