import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createAttempts } from '../../http/attempts.ts';
import { createClientOf } from '../../http/client-address.ts';
import { createInFlight } from '../../http/in-flight.ts';
import { isNetwork } from '../../http/networks.ts';
import type { TrustedProxies } from '../../model/configuration.ts';

function clientOf(trusted: TrustedProxies, remoteAddress: string, forwarded?: string): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return createClientOf(trusted)({ socket: { remoteAddress }, headers } as IncomingMessage);
}

describe('D8: the client', () => {
  const NEAR = ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'];
  test.each<[TrustedProxies, string, string | undefined, string]>([
    // Nobody is trusted.
    [[], '192.0.2.1', undefined, '192.0.2.1'],
    [[], '192.0.2.1', '198.51.100.7', '192.0.2.1'],
    [[], '127.0.0.1', '198.51.100.7', '127.0.0.1'],
    [[], '::ffff:127.0.0.1', '198.51.100.7', '127.0.0.1'],
    // A number of proxies: the header is what the last one was told, and itself the peer.
    [1, '192.0.2.1', '198.51.100.7', '198.51.100.7'],
    [1, '192.0.2.1', '203.0.113.9, 198.51.100.7', '198.51.100.7'],
    [2, '192.0.2.1', '6.6.6.6, 203.0.113.9, 198.51.100.7', '203.0.113.9'],
    [2, '192.0.2.1', '198.51.100.7', '198.51.100.7'],
    [1, '192.0.2.1', undefined, '192.0.2.1'],
    // Networks.
    [NEAR, '127.0.0.1', '198.51.100.7', '198.51.100.7'],
    [NEAR, '::ffff:127.0.0.1', '198.51.100.7', '198.51.100.7'],
    [NEAR, '10.2.3.4', '6.6.6.6, 198.51.100.7, 10.9.9.9', '198.51.100.7'],
    [NEAR, 'fd00::1', '198.51.100.7', '198.51.100.7'],
    [NEAR, '192.0.2.1', '198.51.100.7', '192.0.2.1'],
    // A client that comes from such a network itself.
    [NEAR, '127.0.0.1', '10.1.1.1', '10.1.1.1'],
    // With ports, spaces and brackets.
    [1, '127.0.0.1', ' 198.51.100.7:4711 ', '198.51.100.7'],
    [1, '127.0.0.1', '::ffff:198.51.100.7', '198.51.100.7'],
    // What is no address is the word of nobody.
    [1, '127.0.0.1', 'unknown', '127.0.0.1'],
    [1, '127.0.0.1', '198.51.100.7,', '127.0.0.1'],
    [2, '127.0.0.1', '<script>, 198.51.100.7', '198.51.100.7'],
    [1, '127.0.0.1', '198.51.100.777', '127.0.0.1'],
    [1, '127.0.0.1', '', '127.0.0.1'],
  ])(
    'behind %j, connected from %s, forwarded for %s, is %s',
    (trusted, peer, forwarded, client) => {
      expect(clientOf(trusted, peer, forwarded)).toBe(client);
    },
  );

  test('is a network of 64 bits in IPv6, however it is written', () => {
    const of = (address: string) => clientOf([], address);
    expect(of('2001:db8:0:1::1')).toBe(of('2001:0db8:0000:0001:ffff:ffff:ffff:ffff'));
    expect(of('2001:db8:0:1::1')).not.toBe(of('2001:db8:0:2::1'));
    expect(clientOf(1, '::1', '[2001:db8:0:1::9]:443')).toBe(of('2001:db8:0:1::1'));
    expect(of('fe80::1%eth0')).toBe(of('fe80::2'));
    expect(of('192.0.2.1')).not.toBe(of('192.0.2.2'));
  });

  test('is found in a header of any length', () => {
    const claims = '6.6.6.6,'.repeat(2_000);
    expect(clientOf(1, '127.0.0.1', `${claims}198.51.100.7`)).toBe('198.51.100.7');
    expect(clientOf(['0.0.0.0/0'], '127.0.0.1', `${claims}198.51.100.7`)).toBe('6.6.6.6');
  });

  test('that a proxy nobody trusts names is told once for each header', () => {
    let ignored = 0;
    const of = createClientOf(['10.0.0.1'], () => (ignored += 1));
    const ask = (remoteAddress: string, headers: Record<string, string>) =>
      of({ socket: { remoteAddress }, headers } as unknown as IncomingMessage);
    ask('127.0.0.1', { 'x-forwarded-for': '198.51.100.7' });
    ask('127.0.0.1', {});
    ask('10.0.0.1', { 'x-forwarded-for': '6.6.6.6, 198.51.100.7' });
    expect(ignored).toBe(1);
  });
});

test.each([
  ['10.0.0.0/8', true],
  ['10.0.0.7', true],
  ['2001:db8::/32', true],
  ['::1', true],
  ['0.0.0.0/0', true],
  ['10.0.0.0/33', false],
  ['10.0.0/8', false],
  ['::/129', false],
  ['10.0.0.0/', false],
  ['10.0.0.0/8/8', false],
  ['10.0.0.0/-1', false],
  ['localhost', false],
  ['fe80::1%eth0', false],
  ['', false],
])('D8: "%s" is a network: %s', (text, is_network) => {
  expect(isNetwork(text)).toBe(is_network);
});

describe('D8: wrong secrets', () => {
  function watched() {
    let now = 0;
    const slept: number[] = [];
    const waking: (() => void)[] = [];
    const clock = { now: () => now, monotonic: () => now };
    const attempts = createAttempts(clock, (ms) => {
      slept.push(ms);
      return new Promise<void>((resolve) => waking.push(resolve));
    });
    return {
      attempts,
      slept,
      pass: (ms: number) => (now += ms),
      wake() {
        for (const it of waking.splice(0)) it();
      },
    };
  }

  test('are answered later each time, and at most after 8 s', async () => {
    const { attempts, slept, wake } = watched();
    for (let n = 0; n < 12; n += 1) {
      const answered = attempts.failed('a');
      wake();
      expect(await answered).toBe(0);
    }
    expect(slept).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000]);
  });

  test('are forgotten after ten quiet minutes, or by the right one', async () => {
    const { attempts, slept, pass, wake } = watched();
    const fail = async () => {
      const answered = attempts.failed('a');
      wake();
      await answered;
    };
    for (let n = 0; n < 4; n += 1) await fail();
    pass(10 * 60_000 - 1);
    await fail();
    expect(slept).toEqual([250, 500]);
    pass(10 * 60_000);
    await fail();
    expect(slept).toEqual([250, 500]);
    for (let n = 0; n < 3; n += 1) await fail();
    expect(slept).toEqual([250, 500, 250]);
    attempts.succeeded('a');
    for (let n = 0; n < 3; n += 1) await fail();
    expect(slept).toEqual([250, 500, 250]);
  });

  test('that wait are five of a client and 200 in all; the rest is sent away at once', async () => {
    const { attempts, slept, wake } = watched();
    const guess = async (client: string) => {
      for (let n = 0; n < 3; n += 1) await attempts.failed(client);
      return Array.from({ length: 5 }, () => attempts.failed(client));
    };
    const held = [];
    for (let client = 0; client < 40; client += 1) held.push(...(await guess(String(client))));
    expect(slept).toHaveLength(200);
    // The ninth of a client would wait for 8 s.
    expect(await attempts.failed('0')).toBe(8);
    for (let n = 0; n < 3; n += 1) expect(await attempts.failed('another')).toBe(0);
    expect(await attempts.failed('another')).toBe(1);
    wake();
    expect(await Promise.all(held)).toEqual(held.map(() => 0));
    const late = attempts.failed('another');
    wake();
    expect(await late).toBe(0);
  });
});

test('D12: what is under way is bounded for each client and in all, and counted down', () => {
  const sends = createInFlight({ all: 3, per_client: 2 });
  const places = ['a', 'a', 'a', 'b', 'b'].map((it) => sends.enter(it));
  expect(places.map((it) => it !== null)).toEqual([true, true, false, true, false]);
  places[0]?.();
  places[0]?.();
  expect(sends.enter('b')).not.toBeNull();
  expect(sends.enter('a')).toBeNull();
});

test('D12: the oldest of those who wait for themselves gives way, never what we compute', () => {
  const sends = createInFlight({ all: 3, per_client: 2 });
  const cut_off: string[] = [];
  const enter = (client: string, waits: boolean) =>
    sends.enter(client, { waitsForClient: () => waits, cutOff: () => cut_off.push(client) });
  expect([enter('a', false), enter('b', true), enter('c', true)]).not.toContain(null);
  expect(enter('d', false)).not.toBeNull();
  expect(cut_off).toEqual(['b']);
  expect(enter('d', false)).not.toBeNull();
  // A client gets no more than its own, whoever else waits.
  expect(enter('d', false)).toBeNull();
  expect(cut_off).toEqual(['b', 'c']);
  expect(enter('e', true)).toBeNull();
});
