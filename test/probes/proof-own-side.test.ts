import { describe, expect, test } from 'vitest';
import type { LineRun } from '../../probes/line/line.ts';
import { tellHosts } from '../../probes/line/proof/hosts.ts';
import { hasRoute } from '../../probes/line/proof/route.ts';
import { type ProofHost, proofHost, useProofWorlds } from './proof-world.ts';
import { demoAt } from './simulated.ts';

const world = useProofWorlds();

const ids = ['s1', 's2', 's3', 's4', 's5'];
const five = ids.map((id, n) => proofHost(id, 11 + n));
const neutrals = [proofHost('n1', 101, true), proofHost('n2', 102, true)];

const contact_of_s1 = { host: 's1-a.com', reach: 'answered', resolver_differs: false };

describe('a name that leads elsewhere on our side', () => {
  test.each([
    ['this machine', '127.0.0.1'],
    ['nobody', '0.0.0.0'],
    ['a link', '169.254.1.1'],
    ['documentation', '192.0.2.7'],
    ['a group', '224.0.0.1'],
    ['everybody', '255.255.255.255'],
  ])('to %s: nobody’s outage, though the line works', async (_, address) => {
    const it = await world([...five, ...neutrals]);
    for (const id of [...ids, 'n1', 'n2']) await it.run(id);
    it.dns.set('s1-a.com', { addresses: [address] });
    it.without_route.add('192.0.2.7');
    expect(await it.run('s1')).toMatchObject({ outcome: 'self', reason: 'name_misled' });
    // The line and the others are what they were.
    await it.mood('s2', 'gone');
    expect(await it.run('s2')).toMatchObject({ outcome: 'network', perhaps: false });
    expect(it.conditions).toEqual([]);
  });

  test('to a server of ours that answers something else', async () => {
    const it = await world([{ ...proofHost('s1', 11), address: '127.0.0.1' }, ...neutrals]);
    await it.mood('s1', 'bad');
    expect(await it.run('s1')).toMatchObject({ outcome: 'self', reason: 'name_misled' });
  });

  test('to a page of ours of which nothing is recognised, which is no answer of it', async () => {
    const it = await world([{ ...proofHost('s1', 11), address: '127.0.0.1' }, proofHost('s2', 12)]);
    const only = { notes: ['answered_only'] } as Partial<LineRun>;
    expect(await it.runAs('s1', only)).toMatchObject({ outcome: 'self', reason: 'name_misled' });
    // Recognised, it may be reached through something of ours.
    expect(await it.run('s1')).toMatchObject({ outcome: 'ok' });
    expect(await it.runAs('s2', only)).toMatchObject({ outcome: 'ok' });
  });

  test.each(['gone', 'bad', 'mute'] as const)(
    'to this machine, where it was recognised before: %s, it is down',
    async (mood) => {
      const it = await world([{ ...proofHost('s1', 11), address: '127.0.0.1' }, ...neutrals]);
      for (let n = 0; n < 3; n += 1) {
        expect(await it.run('s1')).toMatchObject({ outcome: 'ok' });
        it.later(60_000);
      }
      await it.mood('s1', mood);
      for (const later_ms of [0, 60_000, 7_200_000]) {
        it.later(later_ms);
        const { outcome, reason, perhaps } = await it.run('s1');
        expect(outcome).not.toBe('self');
        expect({ reason, perhaps }).not.toMatchObject({ reason: 'name_misled' });
        expect(perhaps).toBe(false);
      }
    },
  );

  test('to this machine, where it was once, unrecognised, or before it was elsewhere', async () => {
    const only = { notes: ['answered_only'] } as Partial<LineRun>;
    const at_home = { contact: { ...contact_of_s1, address: '8.8.8.8' } } as Partial<LineRun>;
    for (const before of [[{}], [only, only, only, only], [{}, {}, {}, at_home]]) {
      const it = await world([{ ...proofHost('s1', 11), address: '127.0.0.1' }, ...neutrals]);
      for (const found of before) await it.runAs('s1', found);
      await it.mood('s1', 'gone');
      expect(await it.run('s1')).toMatchObject({ outcome: 'self', reason: 'name_misled' });
    }
  });

  /** What it is called, where it is now, where it answered last, and whether it is misled. */
  test.each([
    ['fp.example.com', '10.0.0.1', '8.8.8.8', true],
    ['fp.example.com', '172.16.0.1', '2400:3200::1', true],
    ['fp.example.com', '100.64.0.1', '8.8.8.8', true],
    ['fp.example.com', '198.18.0.1', '8.8.8.8', true],
    ['fp.example.com', 'fd00::1', '8.8.8.8', true],
    ['fp.example.com', '127.0.0.2', null, true],
    ['fp.example.com', '::1', null, true],
    ['fp.example.com', '::', null, true],
    ['fp.example.com', '240.0.0.1', null, true],
    // A company's own, and where it is known to be.
    ['fp.example.com', '10.0.0.1', null, false],
    ['fp.example.com', '10.0.0.1', '10.2.0.1', false],
    ['fp.example.com', '198.18.0.1', '198.18.0.2', false],
    ['fp.example.com', '9.9.9.9', '8.8.8.8', false],
    ['fp.example.com', '64:ff9b::808:808', '8.8.8.8', false],
    ['fp.example.com', null, '8.8.8.8', false],
    ['erp', '127.0.0.1', null, false],
    ['fp.internal', '127.0.0.1', null, false],
    ['a.localhost', '127.0.0.1', null, false],
    ['127.0.0.1', '127.0.0.1', null, false],
  ])('%s at %s, last at %s: %s', (name, address, answered_at, misled) => {
    const demo = demoAt('http://127.0.0.1:8090');
    const systems = demo.systems.map((it) => ({ ...it, environment: 'production' as const }));
    const hosts = tellHosts({ configuration: { ...demo, systems }, loopback: LOOPBACK });
    const contact = { host: name, address, reach: 'refused', resolver_differs: false } as const;
    expect(hosts.isMisled('pinduoduo', contact, answered_at)).toBe(misled);
    const simulated = tellHosts({ configuration: demo, loopback: LOOPBACK });
    expect(simulated.isMisled('pinduoduo', contact, answered_at)).toBe(false);
  });
});

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

describe('a resolver that knows the control name only', () => {
  test.each([{ rcode: 3 }, { rcode: 2 }, {}, 'silence'] as const)(
    'and says %j to all others: nobody’s outage',
    async (says) => {
      const it = await world([...five, ...neutrals]);
      if (says !== 'silence') for (const id of [...ids, 'n1', 'n2']) await it.run(id);
      it.dns.set('*', says);
      it.dns.set('n1-a.com', { addresses: ['127.101.0.1'] });
      for (const id of ids.slice(0, 2)) {
        it.later(11_000);
        expect(await it.run(id)).toMatchObject({ outcome: 'self' });
      }
    },
  );

  test('of two systems, which both resolved before', async () => {
    const it = await world([...five.slice(0, 2), proofHost('n1', 101, true)]);
    for (const id of ['s1', 's2', 'n1']) await it.run(id);
    for (const name of ['s1-a.com', 's2-a.com']) it.dns.set(name, { rcode: 3 });
    for (const later_ms of [0, 1_000_000, 3_700_000, 86_400_000]) {
      it.later(later_ms);
      for (const id of ['s1', 's2'])
        expect(await it.run(id)).toMatchObject({ outcome: 'self', reason: 'resolver_differs' });
    }
    // Another's name resolves again: what still fails is its own.
    it.later(11_000);
    it.dns.delete('s2-a.com');
    expect(await it.run('s2')).toMatchObject({ outcome: 'ok' });
    expect(await it.run('s1')).toMatchObject({ outcome: 'network', reason: 'name_not_resolved' });
  });

  test('is another than one that misses one name', async () => {
    const it = await world([...five, ...neutrals]);
    for (const id of ids) await it.run(id);
    for (const name of ['s1-a.com', 's2-a.com', 's3-a.com']) it.dns.set(name, { rcode: 3 });
    for (const id of ids.slice(0, 3))
      expect(await it.run(id)).toMatchObject({ reason: 'name_not_resolved', perhaps: false });
  });
});

describe('no route', () => {
  /** Nobody is there, and the kernel says so at once: ENETUNREACH. */
  const nowhere = '127.255.255.255';

  test('to any host: our line, without a neutral host too', async () => {
    for (const hosts of [[five[0]], [...five.slice(0, 2), neutrals[0]]] as ProofHost[][]) {
      const it = await world(hosts);
      for (const { name } of hosts) await it.run(name);
      for (const { domain } of hosts) it.dns.set(domain, { addresses: [nowhere] });
      it.without_route.add(nowhere);
      it.later(11_000);
      expect(await it.run('s1')).toMatchObject({ outcome: 'self', reason: 'no_route' });
      expect(it.conditions).toMatchObject([{ kind: 'line', is_failing: true }]);
      expect(it.conditions[0]?.detail).toMatch(/^(no_route|neutrals_silent)/);
      it.dns.clear();
      expect(await it.run('s1')).toMatchObject({ outcome: 'ok' });
      expect(it.conditions.at(-1)).toMatchObject({ kind: 'line', is_failing: false });
    }
  });

  test('ends as trouble of the line when there is one again, though nobody answers', async () => {
    const it = await world([proofHost('s1', 11)]);
    await it.run('s1');
    it.later(11_000);
    it.dns.set('s1-a.com', { addresses: [nowhere] });
    it.without_route.add(nowhere);
    await it.run('s1');
    it.dns.clear();
    it.without_route.clear();
    await it.mood('s1', 'gone');
    expect(await it.run('s1')).toMatchObject({ outcome: 'network', perhaps: true });
    expect(it.conditions.map(({ detail }) => detail)).toEqual(['no_route', 'route_back']);
  });

  test('that somebody further on has is proved like any failure', async () => {
    const it = await world(five);
    for (const id of ids) await it.run(id);
    it.dns.set('s1-a.com', { addresses: [nowhere] });
    expect(await it.run('s1')).toMatchObject({ reason: 'host_unreachable', perhaps: false });
  });

  test('to one host says nothing of the line', async () => {
    const it = await world(five);
    for (const id of ids) await it.run(id);
    it.dns.set('s1-a.com', { addresses: [nowhere] });
    it.without_route.add(nowhere);
    it.later(11_000);
    expect(await it.run('s1')).toMatchObject({ outcome: 'self', reason: 'no_route' });
    expect(it.conditions).toEqual([]);
  });

  test('the kernel is asked, and nothing is sent', async () => {
    expect(await hasRoute('127.0.0.1')).toBe(true);
    expect(await hasRoute('not an address')).toBe(true);
  });
});

describe('a certificate that is not valid by our clock', () => {
  const YEARS_MS = 3 * 365 * 86_400_000;
  const invalid: Partial<LineRun> = {
    outcome: 'network',
    reason: 'certificate_invalid',
    detail: 'CERT_HAS_EXPIRED',
    contact: {
      host: 's1-a.com',
      address: '127.11.0.1',
      reach: 'refused',
      resolver_differs: false,
      by_dates: true,
    },
  };

  test.each([YEARS_MS, -YEARS_MS, 3_600_000])(
    'is nobody’s outage while the clock is wrong by %d ms, and that is told',
    async (by_ms) => {
      const it = await world([...five, ...neutrals]);
      it.setClock(by_ms);
      expect(await it.runAs('s1', invalid)).toMatchObject({ reason: 'clock_wrong' });
      for (const id of ['s2', 's3', 'n2']) await it.run(id);
      expect(await it.runAs('s1', invalid)).toMatchObject({
        outcome: 'self',
        reason: 'clock_wrong',
      });
      expect(it.conditions).toMatchObject([{ kind: 'clock', line: 'local', is_failing: true }]);
      // Set right, it is theirs, once others have said so.
      it.setClock(0);
      for (const id of ['s2', 's3', 'n1', 'n2']) await it.run(id);
      expect(it.conditions.at(-1)).toMatchObject({ kind: 'clock', is_failing: false });
      expect(await it.runAs('s1', invalid)).toMatchObject({ outcome: 'network', perhaps: false });
    },
  );

  test('right after the clock was set, before anybody else was asked', async () => {
    const it = await world([...five, ...neutrals]);
    for (const id of [...ids, 'n1', 'n2']) await it.run(id);
    expect(await it.runAs('s1', invalid)).toMatchObject({ outcome: 'network', perhaps: false });
    it.setClock(YEARS_MS);
    it.later(11_000);
    expect(await it.runAs('s1', invalid)).toMatchObject({ outcome: 'self', reason: 'clock_wrong' });
  });

  test('of two hosts of one owner, while its others answer with our time', async () => {
    const provinces = ids.map((id, n) => ({
      ...proofHost(id, 11 + n),
      domain: `${id}.chinatax.gov.cn`,
    }));
    const it = await world(provinces);
    for (const id of ids.slice(2)) await it.run(id);
    for (const [id, address] of [
      ['s1', '127.11.0.1'],
      ['s2', '127.12.0.1'],
    ] as const) {
      const of_it = { ...invalid.contact, host: `${id}.chinatax.gov.cn`, address };
      expect(
        await it.runAs(id, { ...invalid, contact: of_it as LineRun['contact'] }),
      ).toMatchObject({ outcome: 'network', perhaps: false });
    }
  });

  test('of two owners at once, where nobody tells the time', async () => {
    const it = await world(five.slice(0, 2));
    await it.mood(['s1', 's2'], 'gone');
    const other = { ...invalid.contact, host: 's2-a.com', address: '127.12.0.1' };
    const also = { ...invalid, contact: other as LineRun['contact'] };
    await it.runAs('s1', invalid);
    expect(await it.runAs('s2', also)).toMatchObject({ outcome: 'self', reason: 'clock_wrong' });
    expect(await it.runAs('s1', invalid)).toMatchObject({ outcome: 'self', reason: 'clock_wrong' });
  });
});
