import { describe, expect, test } from 'vitest';
import { block } from '../block.ts';
import { neutralHost, systemHost } from './proof-hosts.ts';
import { useProofWorlds } from './proof-world.ts';

const world = useProofWorlds();

describe('a pause of ours while a proof is gathered', () => {
  async function standStill(ms: number, until: () => boolean): Promise<void> {
    while (!until()) await new Promise((done) => setImmediate(done));
    block(ms);
  }

  test.each([3_000, 6_000])('of %d ms, neutral hosts asked: they answered', async (ms) => {
    const it = await world([systemHost(1), neutralHost(1), neutralHost(2)]);
    for (const id of ['s1', 'n1', 'n2']) await it.run(id);
    it.later(30_000);
    await it.mood('s1', 'gone');
    const running = it.run('s1');
    await standStill(ms, () => it.runs.length > 0);
    expect(await running).toMatchObject({ outcome: 'network', perhaps: false });
    it.later(9_000);
    expect(await it.run('s1')).toMatchObject({ outcome: 'network', perhaps: false });
    expect(it.conditions).toEqual([]);
  });

  test('of 3 s, other hosts tried: they answered', async () => {
    const it = await world([systemHost(1), systemHost(2), systemHost(3)]);
    for (const id of ['s1', 's2', 's3']) await it.run(id);
    it.later(70_000);
    await it.mood('s1', 'gone');
    const before = it.asked.length;
    const running = it.run('s1');
    await standStill(3_000, () => it.asked.slice(before).some((it) => !it.includes('s1-a')));
    expect(await running).toMatchObject({ outcome: 'network', perhaps: false });
    it.later(9_000);
    expect(await it.run('s1')).toMatchObject({ outcome: 'network', perhaps: false });
    expect(it.conditions).toEqual([]);
  });

  test('the control name asked: it resolves', async () => {
    const it = await world([systemHost(1), neutralHost(1)]);
    it.dns.set('s1-a.com', { rcode: 3 });
    const running = it.run('s1');
    const asksControl = () => it.asked.some((it) => it.includes('n1-a.com'));
    await standStill(2_000, asksControl);
    expect(await running).toMatchObject({
      reason: 'name_not_resolved',
      proof: { control: 'resolved' },
    });
  });
});
