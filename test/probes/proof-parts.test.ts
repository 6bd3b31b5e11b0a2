import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Contact, Reach } from '../../model/proof.ts';
import { registrableDomain } from '../../probes/exchange/registrable-domain.ts';
import { createDoubt, type LineFacts } from '../../probes/line/proof/doubt.ts';
import { tellHosts } from '../../probes/line/proof/hosts.ts';
import { createLineLedger } from '../../probes/line/proof/ledger.ts';
import { createNeutrals } from '../../probes/line/proof/neutrals.ts';
import { ownerOf } from '../../probes/line/proof/owners.ts';
import { rememberRefusals } from '../../probes/line/proof/refusals.ts';
import { shared } from '../../probes/line/proof/shared.ts';
import { createSystemLookup } from '../../probes/line/proof/system-lookup.ts';
import { provesWayTo } from '../../probes/line/proof/way.ts';
import { demoAt } from './simulated.ts';

const contact = (
  host: string,
  address: string | null = null,
  reach: Reach = 'silent',
): Contact => ({
  host,
  address,
  reach,
  resolver_differs: false,
});

/** As the public suffix list has it (publicsuffix.org, section of ICANN). */
test.each([
  ['etax.beijing.chinatax.gov.cn', 'chinatax.gov.cn'],
  ['inv-veri.chinatax.gov.cn', 'chinatax.gov.cn'],
  ['www.example.com', 'example.com'],
  ['a.b.bj.cn', 'b.bj.cn'],
  ['shop.example.co.uk', 'example.co.uk'],
  ['xn--fiqs8s.xn--55qx5d.cn', 'xn--fiqs8s.xn--55qx5d.cn'],
  ['bucket.oss-cn-beijing.aliyuncs.com', 'aliyuncs.com'],
  ['192.0.2.1', '192.0.2.1'],
  ['erp', 'erp'],
  ['localhost', 'localhost'],
])('the registrable domain of %s is %s', (host, domain) => {
  expect(registrableDomain(host)).toBe(domain);
});

describe('whose a host is', () => {
  test.each([
    ['203.0.113.9', '203.0'],
    ['203.1.113.9', '203.1'],
    ['2400:3200::1', '2400:3200'],
    ['2400:3200:0:1::2', '2400:3200'],
    ['fe80::1%eth0', 'fe80:0'],
    // Translated addresses of IPv4, and those that stand for a name.
    ['64:ff9b::808:809', '8.8'],
    ['::ffff:9.8.7.6', '9.8'],
    ['198.18.0.7', null],
    ['198.19.255.1', null],
    ['198.20.0.1', '198.20'],
    ['fc00::7', null],
    ['fd00::7', 'fd00:0'],
    [null, null],
  ])('the network of %s is %s', (address, network) => {
    expect(ownerOf(contact('a.example', address)).network).toBe(network);
  });

  test('simulators are told apart by path, and our own machine by its address', () => {
    const configuration = demoAt('http://127.0.0.1:8090');
    const hosts = tellHosts({ configuration, loopback: ['127.0.0.0/8', '::1/128'] });
    const found = contact('127.0.0.1', '127.0.0.1');
    expect(hosts.nameOf('pinduoduo', found)).toBe('127.0.0.1/pinduoduo');
    expect(hosts.nameOf('beijing', found)).toBe('127.0.0.1/beijing');
    expect(hosts.nameOf('site', found)).toBe('127.0.0.1');
    expect(hosts.nameOf('beijing', contact('elsewhere.example'))).toBe('elsewhere.example');
    for (const address of ['127.0.0.1', '127.9.9.9', '::1']) {
      expect(hosts.isLocal(contact('x', address))).toBe(true);
    }
    for (const address of ['192.0.2.1', '::2', null]) {
      expect(hosts.isLocal(contact('x', address))).toBe(false);
    }
  });

  test('a proxy leads to its own loopback', () => {
    const { lines, ...rest } = demoAt('http://127.0.0.1:8090');
    const proxied = { ...rest, lines: lines.map((it) => ({ ...it, proxy: 'http://p:1' })) };
    const hosts = tellHosts({ configuration: proxied, loopback: ['127.0.0.0/8'] });
    expect(hosts.isLocal(contact('x', '127.0.0.1'))).toBe(false);
  });
});

/** Another host, the one that failed, and whether the one proves the way to the other. */
test.each([
  ['8.8.8.8', '9.9.9.9', true],
  ['10.0.0.8', '9.9.9.9', false],
  ['8.8.8.8', '10.0.0.8', true],
  ['10.0.0.8', '10.1.0.8', true],
  ['8.8.8.8', '2400:3200::1', false],
  ['2400:3200::1', '2600::1', true],
  ['2400:3200::1', '9.9.9.9', true],
  ['10.0.0.8', null, false],
  ['64:ff9b::808:808', '2400:3200::1', true],
] as const)('an answer of %s and the way to %s: %s', (other, to, proves) => {
  expect(provesWayTo(contact('a.example', other), contact('b.example', to))).toBe(proves);
});

describe('a doubt of the line', () => {
  const facts = (failed: number): LineFacts => ({
    other_answer: null,
    neutrals: [],
    line: { failed, answered: 0, blamed: null },
  });
  const at = (address: string) => contact('x.example', address, 'answered');

  test('about a host of IPv6 does not keep that about others', () => {
    const it = createDoubt();
    it.feed(at('9.9.9.9'), facts(3), 1_000);
    it.feed(at('2400:3200::1'), facts(4), 2_000);
    expect(it.answered(at('8.8.8.8'))).toBe(true);
    expect(it.answered(at('8.8.8.8'))).toBe(false);
    expect(it.since(at('9.9.8.8'), 500)).toEqual(facts(3));
    expect(it.since(at('9.9.8.8'), 1_500)).toBeNull();
    expect(it.since(at('2400:3200::2'), 500)).toBeNull();
    expect(it.answered(at('2600::1'))).toBe(true);
    expect(it.since(at('2400:3200::2'), 500)).toEqual(facts(4));
  });
});

/** Where a neutral host is, where a failing one is, and whether the one counts for the other. */
test.each([
  ['20.1.1.1', '2408:4000::1', false],
  ['2600::1', '2408:4000::1', true],
  ['192.168.1.1', '11.1.0.1', false],
  ['192.168.1.1', '10.1.0.1', true],
  ['20.1.1.1', '11.1.0.1', true],
] as const)('a neutral host at %s beside a failure at %s: %s', async (address, to, counts) => {
  const monotonic = () => 1_000;
  const noted = createLineLedger(() => false);
  const neutrals = createNeutrals({
    hosts: [{ system: 'n', host: 'n.cn', ask: async () => contact('n.cn', address, 'answered') }],
    ledger: noted,
    heard(host, found) {
      noted.note(host, found, monotonic());
      return true;
    },
    monotonic,
  });
  expect(await neutrals.ask(contact('s.cn', to), null)).toHaveLength(counts ? 1 : 0);
});

describe('the ledger of a line', () => {
  const ledger = () => createLineLedger(({ address }) => address === '127.0.0.1');
  const up = (host: string, address: string) => contact(host, address, 'answered');
  const failing = contact('b.example', '9.9.9.9');

  test.each([
    [-10_000, -10_000],
    [-10_001, null],
    [-1, -1],
    [10_000, 10_000],
    [10_001, null],
  ])('an answer %d ms after a failure: %s', (after_ms, found) => {
    const it = ledger();
    it.note('a.example', up('a.example', '8.8.8.8'), 100_000 + after_ms);
    const expected = found === null ? null : { host: 'a.example', after_ms: found };
    expect(it.nearestAnswer('b.example', failing, 100_000)).toEqual(expected);
  });

  test('the nearest counts, and not its own', () => {
    const it = ledger();
    it.note('a.example', up('a.example', '8.8.8.8'), 92_000);
    it.note('b.example', up('b.example', '9.9.9.9'), 99_999);
    it.note('c.example', up('c.example', '8.9.8.8'), 97_000);
    it.note('d.example', up('d.example', '127.0.0.1'), 99_000);
    it.note('e.example', up('e.example', '10.0.0.1'), 99_000);
    it.note('f.example', contact('f.example', '8.8.1.1', 'redirected'), 99_000);
    expect(it.nearestAnswer('b.example', failing, 100_000)?.host).toBe('c.example');
  });

  /** Hosts that failed, each as domain and address; how many count. */
  const groups: [string[], number][] = [
    [['a.cn 8.1.0.1', 'b.cn 8.2.0.1', 'c.cn 8.3.0.1'], 3],
    [['a.x.gov.cn 8.1.0.1', 'b.x.gov.cn 8.2.0.1', 'c.cn 8.3.0.1'], 2],
    [['a.cn 8.1.0.1', 'b.cn 8.1.9.1', 'c.cn 8.3.0.1'], 2],
    // The third shares its domain with one, and its network with the other.
    [['a.x.cn 8.1.0.1', 'b.cn 8.2.0.1', 'c.x.cn 8.2.9.1'], 1],
    [['a.cn -', 'b.cn -', 'c.cn -'], 3],
    [['a.cn 2400:1::1', 'b.cn 2400:1:9::1'], 1],
    [['a.cn 198.18.0.1', 'b.cn 198.18.0.2', 'c.cn 198.18.0.3', 'd.c.cn 198.18.0.4'], 3],
    [['a.cn 64:ff9b::801:1', 'b.cn 64:ff9b::802:1', 'c.cn 64:ff9b::803:1'], 3],
  ];
  test.each(groups)('%j count as %d', (hosts, failed) => {
    const it = ledger();
    for (const [n, host] of hosts.entries()) {
      const [name = '', address] = host.split(' ');
      it.note(name, contact(name, address === '-' ? null : (address ?? null)), n);
    }
    const to = hosts.join().includes('198.18') ? '198.18.0.9' : '8.9.0.1';
    expect(it.tries(contact('z.cn', to), 1_000, 60_000)).toEqual({ failed, answered: 0 });
  });

  test('the last try of a host counts, within the window', () => {
    const it = ledger();
    it.note('a.cn', up('a.cn', '8.1.0.1'), 1_000);
    it.note('a.cn', contact('a.cn', '8.1.0.1'), 30_000);
    it.note('b.cn', contact('b.cn', '8.2.0.1'), 30_000);
    it.note('b.cn', up('b.cn', '8.2.0.1'), 31_000);
    it.note('old.cn', contact('old.cn', '8.3.0.1'), 0);
    expect(it.tries(failing, 61_000, 60_000)).toEqual({ failed: 1, answered: 1 });
    expect(it.tries(failing, 60_000, 60_000)).toEqual({ failed: 2, answered: 1 });
  });

  test('a refusal is known for an hour', () => {
    const it = rememberRefusals();
    it.refused('a.cn', 1_000);
    expect(it.refusedMsAgo('a.cn', 61_000)).toBe(60_000);
    expect(it.refusedMsAgo('a.cn', 3_601_000)).toBe(3_600_000);
    expect(it.refusedMsAgo('a.cn', 3_601_001)).toBeNull();
    expect(it.refusedMsAgo('b.cn', 61_000)).toBeNull();
  });

  test('a refusal of one check says nothing of those that were served since it began', () => {
    const it = rememberRefusals();
    it.served('a.cn', 500, 'before');
    for (const at of [1_000, 2_000, 9_000]) it.refused('a.cn', at, 'api');
    it.served('a.cn', 1_500, 'web');
    expect(it.refusedMsAgo('a.cn', 10_000, 'web')).toBeNull();
    expect(it.refusedMsAgo('a.cn', 10_000, 'api')).toBe(1_000);
    expect(it.refusedMsAgo('a.cn', 10_000, 'before')).toBe(1_000);
    it.served('a.cn', 10_000, 'api');
    expect(it.refusedMsAgo('a.cn', 11_000, 'api')).toBeNull();
    expect(it.refusedMsAgo('a.cn', 11_000, 'before')).toBeNull();
    it.refused('a.cn', 12_000, 'api');
    expect(it.refusedMsAgo('a.cn', 13_000, 'web')).toBe(1_000);
  });

  test('ever new hosts do not fill memory: of 20,000 the last try is known', () => {
    const it = ledger();
    for (let n = 0; n < 30_000; n += 1) it.note(`h${n}.cn`, up(`h${n}.cn`, '8.1.0.1'), n);
    expect(it.lastOf('h9999.cn')).toBeNull();
    expect(it.lastOf('h10000.cn')).not.toBeNull();
    expect(it.nearestAnswer('x', failing, 29_999)?.host).toBe('h29999.cn');
    const refusals = rememberRefusals();
    for (let n = 0; n <= 20_000; n += 1) refusals.refused(`h${n}.cn`, n);
    expect(refusals.refusedMsAgo('h0.cn', 20_000)).toBeNull();
    expect(refusals.refusedMsAgo('h1.cn', 20_000)).toBe(19_999);
  });

  test('a host that is asked again is known for longer than those that are not', () => {
    const refusals = rememberRefusals();
    for (let n = 0; n < 20_000; n += 1) refusals.refused(`h${n}.cn`, n);
    refusals.refused('h0.cn', 20_000);
    refusals.refused('new.cn', 20_001);
    expect(refusals.refusedMsAgo('h0.cn', 20_001)).toBe(1);
    expect(refusals.refusedMsAgo('h1.cn', 20_001)).toBeNull();
  });

  test.each([
    [19, 19],
    [20, 20],
    [25, 20],
  ])('%d owners that failed count as %d', (hosts, failed) => {
    const it = ledger();
    for (let n = 0; n < hosts; n += 1) it.note(`h${n}.cn`, contact(`h${n}.cn`, `8.${n}.0.1`), n);
    expect(it.tries(failing, 1_000, 60_000).failed).toBe(failed);
  });
});

describe('a question that runs share', () => {
  function asking(answers: boolean[]) {
    let now = 0;
    let asked = 0;
    const it = shared({
      ask: async () => answers[asked++] ?? false,
      isGood: (answer) => answer,
      monotonic: () => now,
    });
    return { it, at: (ms: number) => (now = ms), asked: () => asked };
  }

  /** When it is asked again, and how often it was really asked; the first answer comes at 0. */
  test.each([
    [true, 999, 1],
    [true, 1_000, 2],
    [false, 999, 1],
    [false, 59_999, 1],
    [false, 60_000, 2],
  ])('after %s, again at %d ms: %d times', async (first, again_at, times) => {
    const { it, at, asked } = asking([first, true]);
    expect(await it.ask()).toBe(first);
    at(again_at);
    await it.ask();
    expect(asked()).toBe(times);
  });

  test('is asked once, however long it takes', async () => {
    let settle = (_: boolean) => {};
    let now = 0;
    const it = shared<boolean>({
      ask: () => new Promise((resolve) => (settle = resolve)),
      isGood: (answer) => answer,
      monotonic: () => now,
    });
    const first = it.ask();
    now = 5_000;
    const second = it.ask();
    settle(true);
    expect(await Promise.all([first, second])).toEqual([true, true]);
  });

  test('a bad answer that is doubted is asked again after a second', async () => {
    const { it, at, asked } = asking([false, true]);
    await it.ask();
    it.doubt();
    at(999);
    expect(await it.ask()).toBe(false);
    at(1_000);
    expect(await it.ask()).toBe(true);
    expect(asked()).toBe(2);
  });
});

describe('getaddrinfo', () => {
  function system(limit_ms: number) {
    const running: string[] = [];
    let most = 0;
    const it = createSystemLookup({
      limit_ms,
      find: async (name) => {
        running.push(name);
        most = Math.max(most, running.length);
        await (name.startsWith('hung') ? new Promise(() => {}) : Promise.resolve());
        running.splice(running.indexOf(name), 1);
        if (name.startsWith('no')) throw new Error('ENOTFOUND');
      },
    });
    return { it, running, most: () => most };
  }

  test('names that hang take one thread, and delay none that were denied', async () => {
    const { it, running, most } = system(200);
    const hung = ['hung1', 'hung2', 'hung3', 'hung4'].map((name) => it.finds(name, 'hung'));
    expect(await it.finds('yes', 'denied')).toBe(true);
    expect(await it.finds('no', 'denied')).toBe(false);
    expect(await Promise.all(hung)).toEqual([false, false, false, false]);
    expect(running).toEqual(['hung1']);
    expect(most()).toBe(2);
  });

  test('gives up after 5 s, and lets a hundred names wait', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const it = createSystemLookup({ find: () => new Promise(() => {}) });
    const settled: number[] = [];
    for (let n = 0; n < 102; n += 1) void it.finds(`hung${n}`, 'hung').then(() => settled.push(n));
    await vi.advanceTimersByTimeAsync(4_999);
    // One is asked for, a hundred wait.
    expect(settled).toEqual([101]);
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toHaveLength(102);
  });

  test('is asked once about a name, by however many', async () => {
    const asked: string[] = [];
    const it = createSystemLookup({ find: async (name) => asked.push(name) });
    const all = await Promise.all(['a', 'b', 'a', 'a'].map((name) => it.finds(name, 'denied')));
    expect(all).toEqual([true, true, true, true]);
    expect(asked).toEqual(['a', 'b']);
  });
});
