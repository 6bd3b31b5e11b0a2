import {
  brotliCompressSync,
  constants,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { closeServers, serve } from './odd-exchange.ts';
import { exchangeFor, get, PATIENT_MS } from './raw-server.ts';

afterEach(closeServers);

const PAGE = '<title>全国增值税发票查验平台</title>'.repeat(40);
const GZIP = gzipSync(PAGE);

/** A server that says this coding and sends these bytes. */
const coded = (coding: string, bytes: Buffer, length = bytes.length) =>
  serve((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${length}\r\n`);
    socket.end(Buffer.concat([Buffer.from('\r\n'), bytes]));
  });

describe('R6: a body is read, asked for or not,', () => {
  // All of these Chromium 156 shows.
  test.for<[string, Buffer]>([
    ['gzip', GZIP],
    ['x-gzip', GZIP],
    ['GZIP', GZIP],
    ['deflate', deflateSync(PAGE)],
    ['deflate', deflateRawSync(PAGE)],
    ['br', brotliCompressSync(PAGE)],
    ['zstd', zstdCompressSync(PAGE)],
    ['gzip, gzip', gzipSync(GZIP)],
    ['gzip, br', brotliCompressSync(GZIP)],
    ['gzip', Buffer.concat([GZIP, Buffer.from('\r\njunk behind it')])],
    ['gzip', Buffer.concat([GZIP, gzipSync('a second member')])],
    ['gzip', GZIP.subarray(0, -8)],
    ['gzip', Buffer.concat([GZIP.subarray(0, -8), Buffer.alloc(8, 7)])],
    ['identity', Buffer.from(PAGE)],
    ['UTF-8', Buffer.from(PAGE)],
    ['', Buffer.from(PAGE)],
    ['x-own', Buffer.from(PAGE)],
  ])('%s (%#)', async ([coding, bytes]) => {
    const server = await coded(coding, bytes);
    const exchange = exchangeFor(PATIENT_MS);
    const attempt = await exchange.send(get(server.url));
    expect(attempt.ok && attempt.value.body.toString()).toBe(PAGE);
    expect(attempt).toMatchObject({ value: { complete: true, over_limit: false } });
    expect(exchange.observed.bytes).toBe(bytes.length);
  });

  test('with a head of every part that gzip allows (RFC 1952)', async () => {
    const head = Buffer.from(GZIP.subarray(0, 10));
    head[3] = 0x02 | 0x04 | 0x08 | 0x10;
    const parts = [head, Buffer.from('\x02\x00ab'), Buffer.from('name\0'), Buffer.from('said\0')];
    const server = await coded(
      'gzip',
      Buffer.concat([...parts, Buffer.alloc(2), GZIP.subarray(10)]),
    );
    const attempt = await exchangeFor(PATIENT_MS).send(get(server.url));
    expect(attempt.ok && attempt.value.body.toString()).toBe(PAGE);
  });

  test.for<[string, Buffer]>([
    ['gzip', GZIP],
    ['br', brotliCompressSync(PAGE)],
    ['zstd', zstdCompressSync(PAGE)],
    ['deflate', deflateSync(PAGE)],
  ])('as far as it goes where %s is cut and its length is not', async ([coding, bytes]) => {
    const server = await coded(coding, bytes.subarray(0, bytes.length >> 1));
    const attempt = await exchangeFor(PATIENT_MS).send(get(server.url));
    expect(attempt).toMatchObject({ ok: true, value: { complete: true } });
    const body = attempt.ok ? attempt.value.body : null;
    expect(body?.equals(Buffer.from(PAGE).subarray(0, body.length))).toBe(true);
  });
});

test('a coded body that is shorter than it said is not complete', async () => {
  const server = await coded('gzip', GZIP, GZIP.length + 9);
  expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
    ok: true,
    value: { complete: false, content_length: null },
  });
});

test('but one whose length is that of the text is', async () => {
  const server = await coded('gzip', GZIP, Buffer.byteLength(PAGE));
  expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
    ok: true,
    value: { complete: true },
  });
});

test.for<[string, Buffer]>([
  ['gzip', Buffer.from(PAGE)],
  ['gzip', Buffer.concat([GZIP.subarray(0, 10), Buffer.alloc(60, 0xff)])],
  ['gzip, gzip', GZIP],
  ['deflate', Buffer.from(PAGE)],
  ['br', Buffer.from(PAGE)],
  ['zstd', Buffer.from(PAGE)],
])('%s that is none is refused, as browsers refuse it (%#)', async ([coding, bytes]) => {
  const server = await coded(coding, bytes);
  expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
    failure: { outcome: 'network', reason: 'protocol_error' },
  });
});

test('bytes of an unknown coding are unreadable to reach, unexpected elsewhere', async () => {
  for (const [coding, bytes] of [
    ['x-own', Buffer.from('00ff0102', 'hex')],
    ['identity, gzip', GZIP],
    ['gzip,', GZIP],
  ] as const) {
    const server = await coded(coding, bytes);
    const reach = exchangeFor(PATIENT_MS, { fills_in_intermediate: true });
    expect(await reach.send(get(server.url))).toMatchObject({
      failure: { outcome: 'unreadable', reason: 'unknown_coding' },
    });
    expect(await exchangeFor(PATIENT_MS).send(get(server.url))).toMatchObject({
      failure: { outcome: 'system', reason: 'unexpected_answer' },
    });
  }
});

test('a body coded too often is left alone', async () => {
  const codings = Array.from({ length: 11 }, () => 'gzip');
  const bytes = codings.reduce((coded) => gzipSync(coded), Buffer.from(PAGE));
  const server = await coded(codings.join(), bytes);
  const reach = exchangeFor(PATIENT_MS, { fills_in_intermediate: true });
  expect(await reach.send(get(server.url))).toMatchObject({
    failure: { outcome: 'unreadable', reason: 'unknown_coding' },
  });
});

test('a window of zstd over 8 MB is refused, as browsers refuse it', async () => {
  const windowed = (log: number) =>
    zstdCompressSync(Buffer.alloc(2 ** 25), {
      params: { [constants.ZSTD_c_windowLog]: log, [constants.ZSTD_c_contentSizeFlag]: 0 },
    });
  const send = async (bytes: Buffer) =>
    exchangeFor(PATIENT_MS).send(get((await coded('zstd', bytes)).url));
  expect(await send(windowed(23))).toMatchObject({ ok: true });
  expect(await send(windowed(24))).toMatchObject({
    failure: { outcome: 'network', reason: 'protocol_error' },
  });
});

test('a bomb is read to its limit', async () => {
  for (const [coding, bytes] of [
    ['gzip', gzipSync(Buffer.alloc(100_000_000))],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(100_000_000)))],
    ['br', brotliCompressSync(Buffer.alloc(1_000_000))],
  ] as const) {
    const server = await coded(coding, bytes);
    const attempt = await exchangeFor(PATIENT_MS).send(get(server.url, 200_000));
    expect(attempt).toMatchObject({ ok: true, value: { over_limit: true } });
    expect(attempt.ok && attempt.value.body.length).toBe(200_000);
  }
});

test('which codings are asked for is up to each request', async () => {
  const server = await coded('gzip', GZIP);
  const exchange = exchangeFor(PATIENT_MS);
  await exchange.send(get(server.url));
  await exchange.send({ ...get(server.url), headers: { 'accept-encoding': 'gzip, br' } });
  const asked = server.received.map((request) => /^Accept-Encoding: (.*)\r$/m.exec(request)?.[1]);
  expect(asked).toEqual(['identity', 'gzip, br']);
});
