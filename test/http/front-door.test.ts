import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createFrontDoor, isLoopbackHost } from '../../http/front-door.ts';

const door = createFrontDoor('https://status.example.org');

function asked(host: string | undefined, url = '/', localAddress = '127.0.0.1'): number | null {
  const headers = host === undefined ? {} : { host };
  const raw = { rawHeaders: [], socket: { localAddress } };
  const request = { url, headers, ...raw } as unknown as IncomingMessage;
  return door(request)?.status ?? null;
}

describe('D13: the door of https://status.example.org', () => {
  test.each([
    ['status.example.org'],
    ['STATUS.example.org'],
    ['status.example.org:443'],
    ['status.example.org:8443'],
    ['localhost:8080'],
    ['127.0.0.1'],
    ['[::1]:8080'],
    // HTTP/1.0 without Host, as simple health checks ask.
    [undefined],
  ])('lets in who asks for %s', (host) => {
    expect(asked(host)).toBeNull();
  });

  test.each([
    ['evil.example'],
    ['status.example.org.evil.example'],
    ['evil-status.example.org'],
    ['status.example.org@evil.example'],
    ['status.example.org.'],
    ['localhost.evil.example'],
    ['127.0.0.1.evil.example'],
    ['127.0.0.2'],
    ['192.0.2.7'],
    [''],
  ])('sends away who asks for "%s"', (host) => {
    expect(asked(host)).toBe(421);
  });

  test.each([
    ['192.0.2.7', '192.0.2.7:8080'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8::7', '[2001:db8::7]:8080'],
  ])('lets in who reached the address %s and asks for it', (localAddress, host) => {
    expect(asked(host, '/', localAddress)).toBeNull();
    expect(asked(host, '/', '192.0.2.8')).toBe(421);
  });
});

describe('D2: of all spellings of a path', () => {
  test.each([
    ['/'],
    ['/en'],
    ['/zh-CN/'],
    ['/zh-CN/incidents/abc123def456'],
    ['/assets/page-0.js'],
    ['/api/v2/incidents/unresolved.json?a=%2F//..'],
    ['/~x/_y'],
  ])('%s is the one', (url) => {
    expect(asked('localhost', url)).toBeNull();
  });

  test.each([
    ['//'],
    ['//en/'],
    ['/en//'],
    ['/en/%'],
    ['/%65n/'],
    ['/admin%2Fen/'],
    ['/en/%00'],
    ['/en/.'],
    ['/en/..'],
    ['/en/../admin/en/'],
    ['/./en/'],
    ['/.well-known/x'],
    ['/en/;x'],
    ['/en/\\'],
    ['/en/\u00e9'],
  ])('%s is none', (url) => {
    expect(asked('localhost', url)).toBe(404);
  });

  test.each([['*'], ['http://localhost/en/'], ['localhost:80'], ['']])('"%s" is no path', (url) => {
    expect(asked('localhost', url)).toBe(400);
  });

  test('a path of 16,000 characters is looked at in a moment', () => {
    const began = performance.now();
    expect(asked('localhost', `${'/a'.repeat(8_000)}%`)).toBe(404);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

test.each([
  ['localhost:9464', true],
  ['127.0.0.1', true],
  ['[::1]:9464', true],
  [undefined, true],
  ['metrics.example.org', false],
  ['127.0.0.1.example.org', false],
])('D13: a private listener is asked for as %s: %s', (host, is_ours) => {
  expect(isLoopbackHost(host)).toBe(is_ours);
});
