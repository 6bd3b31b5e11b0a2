import { afterEach, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { closeServers, HELLO, serve } from './odd-exchange.ts';
import { exchangeFor, get, PATIENT_MS, startRawServer } from './raw-server.ts';

afterEach(closeServers);

describe('a request', () => {
  test('names us and a contact, asks for plain bytes and a connection of its own', async () => {
    const server = await serve((socket) => socket.end(HELLO));
    await exchangeFor(PATIENT_MS).send(get(`${server.url}/a?b=c`));
    const [sent = ''] = server.received;
    expect(sent).toMatch(/^GET \/a\?b=c HTTP\/1\.1\r\n/);
    expect(sent).toContain(`User-Agent: Piaokuang/${manifest.version} (+ops@example.invalid)\r\n`);
    expect(sent).toContain('Accept-Encoding: identity\r\n');
    expect(sent).toMatch(/connection: close\r\n/i);
    expect(sent).not.toMatch(/traceparent/i);
  });

  test('carries the trace of the run only when told', async () => {
    const server = await serve((socket) => socket.end(HELLO));
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await exchangeFor(PATIENT_MS, { traceparent }).send(get(server.url));
    expect(server.received[0]).toContain(`Traceparent: ${traceparent}\r\n`);
  });

  test('is sent once, whatever happens to it', async () => {
    const server = await serve((socket) => socket.resetAndDestroy());
    await exchangeFor(PATIENT_MS).send(get(server.url));
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
  const exchange = exchangeFor(PATIENT_MS);
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
    expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
      failure: { outcome: 'network', reason: 'connection_refused' },
    });
  });

  test('name that nobody has', async () => {
    const exchange = exchangeFor(PATIENT_MS);
    expect(await exchange.send(get('http://nobody.invalid/'))).toMatchObject({
      failure: { outcome: 'network', reason: 'name_not_resolved' },
    });
    expect(Object.keys(exchange.observed.phases)).toEqual(['resolve']);
  });

  test('no route, which is for us to find', async () => {
    const attempt = await exchangeFor(300).send(get('http://127.255.255.255/'));
    expect(attempt).toMatchObject({
      failure: { outcome: 'network', reason: 'host_unreachable', detail: 'ENETUNREACH in connect' },
    });
  });
});
