import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Outcome, Reason } from '../../model/vocabulary.ts';
import { drip, exchangeFor, flood, get, PATIENT_MS, startRawServer } from './raw-server.ts';

/**
 * Short where the deadline is what is tested, and long enough for a loaded machine where it is not.
 */
const SHORT_MS = 400;
const LONG_MS = 8_000;
/** A loaded machine may be late; a missing deadline would be much later. */
const MARGIN_MS = 10_000;
const MAX_BYTES = 100_000;

const OK = 'HTTP/1.1 200 OK\r\n';

type Expected = [Outcome, Reason] | { complete: boolean; body?: string; over_limit?: true };

const BEHAVIOURS: [string, (socket: Socket) => void, Expected][] = [
  ['accepts and says nothing', () => {}, ['timeout', 'timeout_processing']],
  [
    'stalls within the headers',
    (socket) => socket.write(`${OK}Content-Ty`),
    ['timeout', 'timeout_processing'],
  ],
  [
    'stalls within the body',
    (socket) => socket.write(`${OK}Content-Length: 10\r\n\r\nhel`),
    ['timeout', 'timeout_transfer'],
  ],
  [
    'drips its headers',
    (socket) => drip(socket, OK.repeat(9), 20),
    ['timeout', 'timeout_processing'],
  ],
  [
    'drips its body',
    (socket) => {
      socket.write(`${OK}Content-Length: 900\r\n\r\n`);
      drip(socket, 'x'.repeat(900), 20);
    },
    ['timeout', 'timeout_transfer'],
  ],
  [
    'never ends its body',
    (socket) => {
      socket.write(`${OK}\r\n`);
      flood(socket, 'x'.repeat(64 * 1024));
    },
    { complete: true, over_limit: true },
  ],
  [
    'never ends its chunks',
    (socket) => {
      socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`);
      flood(socket, `1000\r\n${'x'.repeat(0x1000)}\r\n`);
    },
    { complete: true, over_limit: true },
  ],
  [
    'never ends its trailers',
    (socket) => {
      socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n0\r\n`);
      flood(socket, 'X-More: y\r\n'.repeat(1_000));
    },
    ['network', 'protocol_error'],
  ],
  [
    'announces more than we read',
    (socket) => {
      socket.write(`${OK}Content-Length: 99999999999\r\n\r\n`);
      flood(socket, 'x'.repeat(64 * 1024));
    },
    { complete: true, over_limit: true },
  ],
  [
    'never ends its headers',
    (socket) => {
      socket.write(OK);
      flood(socket, `X-More: ${'y'.repeat(4_000)}\r\n`);
    },
    ['network', 'protocol_error'],
  ],
  [
    'sends one huge header',
    (socket) => socket.write(`${OK}X-Huge: ${'y'.repeat(300_000)}`),
    ['network', 'protocol_error'],
  ],
  [
    'floods with 1xx',
    (socket) => flood(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(50)),
    ['network', 'protocol_error'],
  ],
  [
    'upgrades unasked',
    (socket) => socket.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    ['network', 'protocol_error'],
  ],
  [
    'speaks another protocol',
    (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'),
    ['network', 'protocol_error'],
  ],
  [
    'sends noise',
    (socket) => socket.write(Buffer.from('00ff17030300', 'hex')),
    ['network', 'protocol_error'],
  ],
  [
    'sends a Content-Length that is no number',
    (socket) => socket.end(`${OK}Content-Length: many\r\n\r\nhello`),
    { complete: true, body: 'hello' },
  ],
  [
    'sends two lengths that differ',
    (socket) => socket.write(`${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`),
    ['network', 'protocol_error'],
  ],
  [
    'sends a chunk size that is no number',
    (socket) => socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\nab`),
    ['network', 'protocol_error'],
  ],
  ['closes at once', (socket) => socket.end(), ['network', 'connection_reset']],
  [
    'closes within the headers',
    (socket) => socket.end(`${OK}Conte`),
    { complete: false, body: '' },
  ],
  [
    'resets before an answer',
    (socket) => socket.resetAndDestroy(),
    ['network', 'connection_reset'],
  ],
  [
    'resets within the body',
    (socket) => {
      socket.write(`${OK}Content-Length: 10\r\n\r\nhel`);
      setTimeout(() => socket.resetAndDestroy(), 50);
    },
    ['network', 'connection_reset'],
  ],
  [
    'closes within the body',
    (socket) => socket.end(`${OK}Content-Length: 10\r\n\r\nhel`),
    { complete: false, body: 'hel' },
  ],
  [
    'closes between chunks',
    (socket) => socket.end(`${OK}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n`),
    { complete: false, body: 'hel' },
  ],
  [
    'sends more than it announced',
    (socket) => socket.end(`${OK}Content-Length: 3\r\n\r\nhello`),
    { complete: true, body: 'hel' },
  ],
  [
    'sends more than it announced and closes by name',
    (socket) => socket.end(`${OK}Connection: close\r\nContent-Length: 3\r\n\r\nhello`),
    { complete: true, body: 'hel' },
  ],
  [
    'ends its body by closing',
    (socket) => socket.end(`${OK}\r\nhello`),
    { complete: true, body: 'hello' },
  ],
  [
    'sends a few early hints first',
    (socket) => socket.end(`${'HTTP/1.1 103 E\r\n\r\n'.repeat(3)}${OK}Content-Length: 2\r\n\r\nhi`),
    { complete: true, body: 'hi' },
  ],
];

describe.concurrent('a server that', () => {
  test.for(BEHAVIOURS)('%s', async ([, behave, expected]) => {
    const server = await startRawServer(behave);
    const deadline_ms = Array.isArray(expected) && expected[0] === 'timeout' ? SHORT_MS : LONG_MS;
    const exchange = exchangeFor(deadline_ms);
    const start = performance.now();
    const attempt = await exchange.send(get(server.url, MAX_BYTES));
    const took_ms = performance.now() - start;
    await server.close();

    if (Array.isArray(expected)) {
      expect(attempt).toMatchObject({
        ok: false,
        failure: { outcome: expected[0], reason: expected[1] },
      });
    } else {
      if (!attempt.ok) throw new Error(attempt.failure.detail);
      const { complete, over_limit, body } = attempt.value;
      expect(complete).toBe(expected.complete);
      expect(over_limit).toBe(expected.over_limit ?? false);
      if (over_limit) expect(body.length).toBe(MAX_BYTES);
      else expect(body.toString()).toBe(expected.body);
    }
    expect(took_ms).toBeLessThan(deadline_ms + MARGIN_MS);
    expect(exchange.observed.bytes).toBeLessThan(MAX_BYTES + 2_000_000);
  });
});

test('reads no more memory than it is allowed to, however much is sent', async () => {
  const server = await startRawServer((socket) => {
    socket.write(`${OK}\r\n`);
    flood(socket, 'x'.repeat(256 * 1024));
  });
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 20; i += 1) {
    const exchange = exchangeFor(LONG_MS);
    const attempt = await exchange.send(get(server.url, MAX_BYTES));
    expect(attempt.ok && attempt.value.over_limit).toBe(true);
    expect(exchange.observed.bytes).toBeLessThan(1_000_000);
  }
  await server.close();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
});

test('heads made to be slow to read are read at once', async () => {
  const long = 240_000;
  for (const lines of [
    `Content-Disposition: "${'\\"'.repeat(long / 2)}`,
    `Content-Length: ${','.repeat(long)}`,
    'Set-Cookie:a\r\n'.repeat(long / 14),
    `X: y${'\r\n '.repeat(long / 3)}`,
    `Location: ${'\xe9'.repeat(long)}`,
    `Set-Cookie: a=${';'.repeat(long)}`,
    `${' '.repeat(long)}: x`,
  ]) {
    const server = await startRawServer((socket) => socket.end(`${OK}${lines}\r\n\r\n`, 'latin1'));
    const before = process.cpuUsage();
    await exchangeFor(LONG_MS).send(get(server.url, MAX_BYTES));
    const { user } = process.cpuUsage(before);
    await server.close();
    expect(user / 1_000, lines.slice(0, 20)).toBeLessThan(400);
  }
});

test('one deadline holds for all exchanges of a run', async () => {
  let asked = 0;
  const server = await startRawServer((socket) => {
    asked += 1;
    if (asked === 1) socket.end(`${OK}Content-Length: 2\r\n\r\nhi`);
  });
  const exchange = exchangeFor(1_000);
  const first = await exchange.send(get(server.url));
  const second = await exchange.send(get(server.url));
  const third = await exchange.send(get(server.url));
  await server.close();
  // For the third no time was left.
  expect(asked).toBe(2);
  expect(first.ok).toBe(true);
  expect(second).toMatchObject({ failure: { outcome: 'timeout', reason: 'timeout_processing' } });
  expect(third).toMatchObject({ failure: { outcome: 'timeout' } });
});

test('noise in an answer, wherever it strikes, is a network or system failure', async () => {
  const seed = 20_261_121;
  const random = mulberry32(seed);
  const sound = `${OK}Content-Type: text/plain\r\nContent-Length: 40\r\n\r\n${'x'.repeat(40)}`;
  for (let i = 0; i < 150; i += 1) {
    const bytes = Buffer.from(sound);
    for (let n = 0; n < 3; n += 1) {
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    }
    const server = await startRawServer((socket) => socket.end(bytes));
    const attempt = await exchangeFor(PATIENT_MS).send(get(server.url, MAX_BYTES));
    await server.close();
    const outcome = attempt.ok ? 'ok' : attempt.failure.outcome;
    expect(['ok', 'network', 'system'], `seed ${seed}, round ${i}`).toContain(outcome);
  }
});

/** A small seeded generator of numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
