import { createServer } from 'node:http';
import { afterEach, describe, expect, it, test } from 'vitest';
import { createAddressOf } from '../../http/client-address.ts';
import { startListener } from '../../platform/fetch-listener.ts';
import { closeServer, listen } from '../../platform/listener.ts';
import { startPrivateListener } from '../../platform/private-listener.ts';
import { checkPortsFree } from '../../platform/process/preflight.ts';
import { UnrecoverableError } from '../../platform/unrecoverable.ts';
import { sendRaw } from '../http/raw-request.ts';

const LOCAL = { host: '127.0.0.1', port: 0, variable: 'SOME_PORT' };
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function occupiedPort(): Promise<number> {
  const server = createServer();
  closing.push(() => closeServer(server));
  return listen(server, LOCAL);
}

const OPEN = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

async function privateListener(notReady: () => string | null) {
  const listener = await startPrivateListener({
    binding: LOCAL,
    metrics: {
      text: async () => 'up 1\n',
      content_type: 'text/plain; version=0.0.4',
      openText: async () => 'up 1\n# EOF\n',
      open_content_type: OPEN,
    },
    notReady,
  });
  closing.push(listener.close);
  return `http://127.0.0.1:${listener.port}`;
}

test('a listener tells where a request came from, also through a trusted proxy', async () => {
  const seen: string[] = [];
  const listener = await startListener(LOCAL, (_, came_by) => {
    seen.push(createAddressOf(0)(came_by), createAddressOf(1)(came_by));
    return new Response('');
  });
  closing.push(listener.close);
  await fetch(`http://127.0.0.1:${listener.port}/`);
  const headers = { 'x-forwarded-for': '192.0.2.7, 2001:db8::1' };
  await fetch(`http://127.0.0.1:${listener.port}/`, { headers });
  expect(seen).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1', '2001:db8::1']);
});

describe('a private listener', () => {
  it('serves metrics with their content type', async () => {
    const answer = await fetch(`${await privateListener(() => null)}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4');
    expect(await answer.text()).toBe('up 1\n');
  });

  it.each([
    [undefined, 'text/plain; version=0.0.4'],
    ['*/*', 'text/plain; version=0.0.4'],
    ['application/openmetrics-text', OPEN],
    ['application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4', OPEN],
    ['text/plain;q=0.9,application/openmetrics-text;q=0.5', 'text/plain; version=0.0.4'],
    ['application/openmetrics-text;q=0', 'text/plain; version=0.0.4'],
  ])('O8: answers Accept %s with %s', async (accept, type) => {
    const headers = accept === undefined ? {} : { accept };
    const answer = await fetch(`${await privateListener(() => null)}/metrics`, { headers });
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('vary')).toBe('accept');
    expect(await answer.text()).toBe(type === OPEN ? 'up 1\n# EOF\n' : 'up 1\n');
  });

  it('is healthy while it answers, and ready only when nothing speaks against it', async () => {
    let reason: string | null = 'the database is locked';
    const origin = await privateListener(() => reason);
    expect((await fetch(`${origin}/-/healthy`)).status).toBe(200);
    const unready = await fetch(`${origin}/-/ready`);
    expect([unready.status, await unready.text()]).toEqual([503, 'the database is locked\n']);
    reason = null;
    expect((await fetch(`${origin}/-/ready`)).status).toBe(200);
  });
});

describe('a port that cannot be had', () => {
  it('is named with its variable when it is busy', async () => {
    const port = await occupiedPort();
    await expect(listen(createServer(), { ...LOCAL, port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is already in use; stop the other program or set SOME_PORT ` +
        'to another port.',
    );
  });

  it('is told from an address that is not of this machine', async () => {
    const foreign = { ...LOCAL, host: '192.0.2.1' };
    await expect(listen(createServer(), foreign)).rejects.toThrow(
      '192.0.2.1 is not an address of this machine',
    );
  });

  it('is found before anything starts, also when two settings want the same port', async () => {
    const port = await occupiedPort();
    await expect(checkPortsFree([LOCAL, { ...LOCAL, port }])).rejects.toThrow(UnrecoverableError);
    const server = createServer();
    const free = await listen(server, LOCAL);
    await closeServer(server);
    const twice = [
      { ...LOCAL, port: free, variable: 'PORT' },
      { ...LOCAL, port: free, variable: 'NOTIFY_PORT' },
    ];
    await expect(checkPortsFree(twice)).rejects.toThrow('NOTIFY_PORT');
    await expect(checkPortsFree([{ ...LOCAL, port: free }])).resolves.toBeUndefined();
  });
});

test('D13: a private listener answers nobody who came by another name', async () => {
  const url = await privateListener(() => null);
  const ask = (host: string) =>
    sendRaw(url, ['GET /metrics HTTP/1.1', `Host: ${host}`, 'Connection: close']);
  const [evil, own] = [await ask('evil.example'), await ask('localhost:9464')];
  expect([evil.status, evil.text.includes('up 1')]).toEqual([421, false]);
  expect([own.status, own.text]).toEqual([200, expect.stringContaining('up 1')]);
});

it('refuses other methods on its private paths, and knows nothing else', async () => {
  const url = await privateListener(() => null);
  const posted = await fetch(`${url}/-/healthy`, { method: 'POST' });
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  const nothing = await fetch(`${url}/nothing`);
  const type = nothing.headers.get('content-type');
  expect([nothing.status, type]).toEqual([404, 'application/problem+json']);
});
