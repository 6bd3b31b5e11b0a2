import { describe, expect, test } from 'vitest';
import type { Contact } from '../../model/proof.ts';
import type { LineRun } from '../../probes/line/line.ts';
import { proofHost, useProofWorlds } from './proof-world.ts';

const world = useProofWorlds();

const neutrals = [proofHost('n1', 101, true), proofHost('n2', 102, true)];
const IPV6 = '2400:3200::1';
const IPV4 = { n1: '8.8.8.8', n2: '1.1.1.1', s2: '9.9.9.9' } as const;

const contact = (name: string, address: string | null, reach: Contact['reach']): Contact => ({
  host: `${name}-a.com`,
  address,
  reach,
  resolver_differs: false,
});
const well = (name: keyof typeof IPV4): Partial<LineRun> => ({
  outcome: 'ok',
  contact: contact(name, IPV4[name], 'answered'),
});
const refused = (name: string, address: string): Partial<LineRun> => ({
  outcome: 'network',
  reason: 'connection_refused',
  contact: contact(name, address, 'refused'),
});
const unreachable: Partial<LineRun> = {
  outcome: 'network',
  reason: 'host_unreachable',
  contact: contact('s1', IPV6, 'silent'),
};
describe('trouble of the line found by a host that has IPv6 only', () => {
  test('without a route ends when others answer by IPv4', async () => {
    const it = await world([proofHost('s1', 11), proofHost('s2', 12)]);
    it.without_route.add(IPV6);
    await it.mood('s2', 'gone');
    expect(await it.runAs('s1', unreachable)).toMatchObject({ reason: 'no_route' });
    expect(it.conditions).toMatchObject([{ kind: 'line', is_failing: true, detail: 'no_route' }]);
    await it.mood('s2', 'up');
    it.later(60_000);
    await it.runAs('s2', well('s2'));
    expect(it.conditions.at(-1)).toMatchObject({ kind: 'line', is_failing: false });
    await it.runAs('s1', unreachable);
    expect(it.conditions).toHaveLength(2);
  });

  test('with silent neutral hosts ends when they answer', async () => {
    const it = await world([proofHost('s1', 11), ...neutrals]);
    for (const name of ['n1', 'n2'] as const) await it.runAs(name, well(name));
    it.later(20_000);
    await it.mood(['n1', 'n2'], 'gone');
    await it.runAs('s1', refused('s1', IPV6));
    expect(it.conditions).toMatchObject([{ kind: 'line', is_failing: true }]);
    await it.mood(['n1', 'n2'], 'up');
    it.later(60_000);
    await it.runAs('n1', well('n1'));
    expect(it.conditions.at(-1)).toMatchObject({ kind: 'line', is_failing: false });
  });

  test('does not make neutral hosts count that are long dead', async () => {
    const it = await world([proofHost('s1', 11), proofHost('s2', 12), ...neutrals]);
    for (const name of ['n1', 'n2', 's2'] as const) await it.runAs(name, well(name));
    it.later(20_000);
    await it.mood(['n1', 'n2', 's2'], 'gone');
    await it.runAs('s1', refused('s1', IPV6));
    await it.mood('s2', 'up');
    it.later(60_000);
    await it.runAs('s2', well('s2'));
    it.later(3_600_000);
    await it.mood('s2', 'gone');
    expect(await it.runAs('s2', refused('s2', IPV4.s2))).toMatchObject({
      outcome: 'network',
      reason: 'connection_refused',
    });
  });

  test('without a route does not keep another from being told', async () => {
    const it = await world([proofHost('s1', 11), proofHost('s2', 12)]);
    it.without_route.add(IPV6);
    await it.mood(['s1', 's2'], 'gone');
    for (let n = 0; n < 2; n += 1) {
      expect(await it.runAs('s1', unreachable)).toMatchObject({ reason: 'no_route' });
      expect(await it.runAs('s2', refused('s2', IPV4.s2))).toMatchObject({
        outcome: 'network',
        perhaps: true,
      });
      it.later(60_000);
    }
  });

  test('is none while others answer by IPv4', async () => {
    const it = await world([proofHost('s1', 11), proofHost('s2', 12), ...neutrals]);
    for (const name of ['n1', 'n2'] as const) await it.runAs(name, well(name));
    it.later(20_000);
    await it.mood(['n1', 'n2'], 'gone');
    await it.runAs('s2', well('s2'));
    await it.runAs('s1', refused('s1', IPV6));
    expect(it.conditions).toEqual([]);
  });
});

describe('trouble of the line found by names that fail', () => {
  const ids = ['s1', 's2', 's3'];
  const answers = (name: string): Partial<LineRun> => ({
    outcome: 'ok',
    contact: contact(name, `10.0.0.${name.slice(1)}`, 'answered'),
  });

  test.each([true, false])(
    'ends when a server of our own network answers, known before: %s',
    async (known) => {
      const it = await world(ids.map((id, n) => proofHost(id, 11 + n)));
      if (known) for (const id of ids) await it.runAs(id, answers(id));
      it.later(20_000);
      it.dns.set('*', { rcode: 2 });
      await it.run('s1');
      expect(it.conditions).toMatchObject([{ kind: 'line', is_failing: true }]);
      it.later(20_000);
      it.dns.clear();
      const back = known ? 's2' : 's1';
      await it.runAs(back, answers(back));
      expect(it.conditions.at(-1)).toMatchObject({ kind: 'line', is_failing: false });
    },
  );
});

test('trouble of the line to the public does not end by a server of our own network', async () => {
  const it = await world([proofHost('s1', 11), proofHost('s2', 12), ...neutrals]);
  for (const name of ['n1', 'n2', 's2'] as const) await it.runAs(name, well(name));
  it.later(20_000);
  await it.mood(['s1', 's2', 'n1', 'n2'], 'gone');
  await it.runAs('s2', refused('s2', IPV4.s2));
  await it.runAs('s1', refused('s1', '10.0.0.1'));
  await it.mood('s1', 'up');
  await it.runAs('s1', { outcome: 'ok', contact: contact('s1', '10.0.0.1', 'answered') });
  expect(it.conditions.filter(({ kind }) => kind === 'line')).toMatchObject([{ is_failing: true }]);
});
