import { describe, expect, test } from 'vitest';
import { neutralHost, systemHost } from './proof-hosts.ts';
import { useProofWorlds } from './proof-world.ts';

const world = useProofWorlds();

const five = [1, 2, 3, 4, 5].map((n) => systemHost(n));
const ids = five.map(({ name }) => name);

describe('names', () => {
  const silent = ['hung-a.com', 'hung-b.com'];
  test('B2: that hang are theirs while the control name resolves', async () => {
    const hung = silent.map((domain, n) => ({ ...systemHost(n + 6), domain }));
    const it = await world([...hung, neutralHost(1)]);
    for (const domain of silent) it.dns.set(domain, 'silence');
    for (const { name } of hung) {
      const found = await it.run(name);
      expect(found).toMatchObject({ outcome: 'timeout', reason: 'timeout_resolve' });
      expect(found.proof?.control).toBe('resolved');
    }
  });

  test('that nobody knows, likewise', async () => {
    const it = await world([systemHost(1), neutralHost(1)]);
    it.dns.set('s1-a.com', { rcode: 3 });
    expect(await it.run('s1')).toMatchObject({ reason: 'name_not_resolved', perhaps: false });
  });

  test('are nobody’s while the name server is dead', async () => {
    const it = await world([...five, neutralHost(1)]);
    it.dns.set('*', { rcode: 2 });
    for (const id of ids) expect(await it.run(id)).toMatchObject({ outcome: 'self' });
  });

  test.each([{ rcode: 2 }, { rcode: 5 }, 'silence'] as const)(
    'are nobody’s while a server near us remembers the control name, and else says %j',
    async (answer) => {
      const it = await world([...five, neutralHost(1), neutralHost(2)]);
      for (const id of [...ids, 'n1', 'n2']) await it.run(id);
      it.dns.set('*', answer);
      it.dns.set('n1-a.com', { addresses: ['127.101.0.1'] });
      for (let round = 0; round < 2; round += 1) {
        it.later(11_000);
        for (const id of ids.slice(0, 2))
          expect(await it.run(id)).toMatchObject({ outcome: 'self' });
      }
    },
  );

  test('are theirs again 10 s after our resolver is well', async () => {
    const it = await world([systemHost(1), neutralHost(1)]);
    it.dns.set('*', { rcode: 2 });
    expect(await it.run('s1')).toMatchObject({ outcome: 'self' });
    it.dns.delete('*');
    it.dns.set('s1-a.com', { rcode: 3 });
    it.later(10_000);
    expect(await it.run('s1')).toMatchObject({ reason: 'name_not_resolved' });
  });

  test('are nobody’s without a control name', async () => {
    const it = await world([systemHost(1), systemHost(2)]);
    it.dns.set('s1-a.com', { rcode: 3 });
    expect(await it.run('s1')).toMatchObject({ outcome: 'self', reason: 'unproven' });
  });

  test('that only getaddrinfo finds are ours', async () => {
    const it = await world([systemHost(1), neutralHost(1)]);
    it.dns.set('s1-a.com', { rcode: 3 });
    it.found_by_system.add('s1-a.com');
    expect(await it.run('s1')).toMatchObject({ outcome: 'self', reason: 'resolver_differs' });
  });
});

describe('a run that began while the line was dead', () => {
  test('is nobody’s outage, although others answer when it ends', async () => {
    const it = await world(five);
    for (const id of ids) await it.run(id);
    await it.mood(ids, 'gone');
    await it.mood('s1', 'mute');
    const running = it.run('s1');
    await expect.poll(() => it.taken('s1')).toBe(2);
    await it.mood('s1', 'deaf');
    expect(await it.run('s2')).toMatchObject({ outcome: 'self', reason: 'line_failed' });
    await it.mood(['s2', 's3'], 'up');
    await it.run('s2');
    expect(await running).toMatchObject({ outcome: 'self', reason: 'line_failed' });
    // The next one is theirs.
    expect(await it.run('s1')).toMatchObject({ outcome: 'network', perhaps: false });
  });

  test('nor is one whose name was asked while the control name failed', async () => {
    const it = await world([
      { ...systemHost(1), address: '127.0.0.1' },
      systemHost(2),
      neutralHost(1),
    ]);
    it.dns.set('s2-a.com', 'silence');
    it.dns.set('n1-a.com', { rcode: 2 });
    const running = it.run('s2');
    it.dns.set('s1-a.com', { rcode: 3 });
    await it.run('s1');
    it.dns.delete('n1-a.com');
    it.later(61_000);
    expect(await running).toMatchObject({ outcome: 'self' });
    expect(await it.run('s2')).toMatchObject({ outcome: 'timeout', reason: 'timeout_resolve' });
  });

  test('nor is one whose name was asked for when nothing else was', async () => {
    const it = await world([...five, neutralHost(1)]);
    const all = [...ids, 'n1'];
    for (const id of all) await it.run(id);
    it.later(61_000);
    await it.mood(all, 'gone');
    for (const id of ['s2', 's3', 's4']) await it.run(id);
    it.dns.set('s1-a.com', 'silence');
    const running = it.run('s1');
    expect(await it.run('s5')).toMatchObject({ outcome: 'self', reason: 'line_failed' });
    await it.mood(all, 'up');
    await it.run('s5');
    expect(await running).toMatchObject({ outcome: 'self', proof: { control: 'failed' } });
    // The next one is theirs.
    expect(await it.run('s1')).toMatchObject({ outcome: 'timeout', reason: 'timeout_resolve' });
  });
});
