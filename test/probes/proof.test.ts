import { describe, expect, test } from 'vitest';
import { neutralHost, systemHost } from './proof-hosts.ts';
import { type ProofHost, useProofWorlds } from './proof-world.ts';

const world = useProofWorlds();

const five = [1, 2, 3, 4, 5].map((n) => systemHost(n));
const ids = five.map(({ name }) => name);
const MINUTE = 60_000;

describe('an answer needs no proof', () => {
  test('500, with everything else dead', async () => {
    const it = await world([...five, neutralHost(1)]);
    await it.mood([...ids, 'n1'], 'gone');
    await it.mood('s1', 'bad');
    expect(await it.run('s1')).toMatchObject({ outcome: 'system', perhaps: false });
    expect(it.runs).toEqual([]);
  });

  test('B5: 500 with one of two neutral hosts dead', async () => {
    const it = await world([...five, neutralHost(1), neutralHost(2)]);
    for (const id of ['n1', 'n2']) await it.run(id);
    await it.mood('n1', 'gone');
    await it.mood('s1', 'bad');
    expect(await it.run('s1')).toMatchObject({ outcome: 'system' });
  });
});

describe('B4: neutral hosts are asked now', () => {
  test.each(['gone', 'mute'] as const)(
    'one that answers proves a system that is %s',
    async (mood) => {
      const it = await world([systemHost(1), neutralHost(1)]);
      await it.mood('s1', mood);
      const { outcome, proof, perhaps } = await it.run('s1');
      expect({ bad: outcome !== 'self', perhaps }).toEqual({ bad: true, perhaps: false });
      expect(proof?.neutrals).toEqual([{ host: 'n1-a.com', answered: true }]);
      expect(it.runs).toEqual(['n1']);
    },
  );

  test('line dead right after the slot of the only neutral host', async () => {
    const it = await world([...five, neutralHost(1)]);
    for (const id of [...ids, 'n1']) await it.run(id);
    it.later(11_000);
    await it.mood([...ids, 'n1'], 'gone');
    for (const id of ids) {
      expect(await it.run(id)).toMatchObject({ outcome: 'self', reason: 'line_failed' });
    }
  });

  test('all of two neutral hosts fail: our line', async () => {
    const it = await world([systemHost(1), neutralHost(1), neutralHost(2)]);
    for (const id of ['s1', 'n1', 'n2']) await it.run(id);
    it.later(11_000);
    await it.mood(['s1', 'n1', 'n2'], 'gone');
    const found = await it.run('s1');
    expect(found).toMatchObject({ outcome: 'self', reason: 'neutral_host_failed' });
    expect(it.conditions).toMatchObject([{ kind: 'line', is_failing: true, line: 'local' }]);
    // However long it lasts, although nobody has answered within 10 minutes any more.
    it.later(30 * MINUTE);
    expect(await it.run('s1')).toMatchObject({ reason: 'neutral_host_failed' });
    await it.mood(['n1', 'n2'], 'up');
    it.later(MINUTE);
    expect(await it.run('s1')).toMatchObject({ outcome: 'network', perhaps: false });
    expect(it.conditions.at(-1)).toMatchObject({ kind: 'line', is_failing: false });
  });

  test('both fail, and another system answers: a real outage is told', async () => {
    const it = await world([systemHost(1), systemHost(2), neutralHost(1), neutralHost(2)]);
    for (const id of ['s1', 's2', 'n1', 'n2']) await it.run(id);
    await it.mood(['s1', 'n1', 'n2'], 'gone');
    for (let round = 0; round < 3; round += 1) {
      it.later(11_000);
      expect(await it.run('s1')).toMatchObject({ outcome: 'network', perhaps: false });
    }
    expect(it.conditions.filter(({ kind }) => kind === 'line')).toEqual([]);
  });

  test.each([
    ['domain', { domain: 'm.n1-a.com' }],
    ['network', { address: '127.101.0.2' }],
  ])('two of one %s count once', async (_, shared) => {
    const it = await world([systemHost(1), neutralHost(1), { ...neutralHost(2), ...shared }]);
    for (const id of ['s1', 'n1', 'n2']) await it.run(id);
    it.later(11_000);
    await it.mood(['s1', 'n1', 'n2'], 'gone');
    const { reason, proof } = await it.run('s1');
    expect(proof?.neutrals).toHaveLength(1);
    expect(reason).not.toBe('neutral_host_failed');
  });

  test('neutral hosts that have been dead for long say nothing', async () => {
    const it = await world([systemHost(1), systemHost(2), neutralHost(1), neutralHost(2)]);
    for (const id of ['n1', 'n2']) await it.run(id);
    await it.mood(['n1', 'n2'], 'gone');
    it.later(11 * MINUTE);
    await it.mood('s1', 'gone');
    const { outcome, proof } = await it.run('s1');
    expect(proof?.neutrals).toEqual([]);
    // The other system was tried, and answered.
    expect(outcome).toBe('network');
    expect(proof?.other_answer).toMatchObject({ host: 's2-a.com' });
  });

  // Where our own thread stands still meanwhile, they are asked once more.
  test('once a second for all, and once a minute while they fail', { retry: 5 }, async () => {
    const it = await world([...five, neutralHost(1)]);
    await it.mood(ids, 'gone');
    await Promise.all(ids.map(it.run));
    expect(it.runs).toEqual(['n1']);
    await it.mood('n1', 'gone');
    it.later(2_000);
    await it.run('s1');
    it.later(20_000);
    await it.run('s1');
    expect(it.runs).toHaveLength(2);
    it.later(41_000);
    await it.run('s1');
    expect(it.runs).toHaveLength(3);
  });

  test('sooner when the line carries answers again', async () => {
    const it = await world([systemHost(1), systemHost(2), neutralHost(1), neutralHost(2)]);
    for (const id of ['s1', 's2', 'n1', 'n2']) await it.run(id);
    it.later(11_000);
    await it.mood(['s1', 's2', 'n1', 'n2'], 'gone');
    expect(await it.run('s1')).toMatchObject({ reason: 'neutral_host_failed' });
    await it.mood(['s2', 'n1', 'n2'], 'up');
    it.later(5_000);
    await it.run('s2');
    expect(await it.run('s1')).toMatchObject({ outcome: 'network' });
  });
});

describe('without neutral hosts', () => {
  test('B3: five systems on a dead line are nobody’s outage', async () => {
    const it = await world(five);
    for (const id of ids) await it.run(id);
    it.later(11_000);
    await it.mood(ids, 'gone');
    for (const id of ids) {
      expect(await it.run(id)).toMatchObject({ outcome: 'self', reason: 'line_failed' });
    }
    expect(it.conditions).toMatchObject([{ kind: 'line', is_failing: true }]);
  });

  test('B3: right after a start', async () => {
    const it = await world(five);
    await it.mood(ids, 'gone');
    const all = await Promise.all(ids.map(it.run));
    expect(all.map(({ reason }) => reason)).toEqual(Array(5).fill('line_failed'));
  });

  test.each(['gone', 'mute'] as const)(
    'B3: five that redirect to www. on a dead line, all of them %s',
    async (mood) => {
      const it = await world(five, '*/15 * * * * *');
      await it.mood(ids, 'leads');
      for (const id of ids) await it.run(id);
      it.later(2_000);
      await it.mood(ids, mood === 'gone' ? 'gone' : 'deaf');
      for (let round = 0; round < 3; round += 1) {
        for (const id of ids) {
          expect(await it.run(id)).toMatchObject({ outcome: 'self', reason: 'line_failed' });
        }
        it.later(11_000);
      }
    },
  );

  test('B3: an answer from before the line broke, never tried again, proves nothing', async () => {
    const many = Array.from({ length: 20 }, (_, n) => systemHost(n + 1));
    const it = await world(many, '0 */5 * * * *');
    for (const { name } of many) await it.run(name);
    it.later(11_000);
    await it.mood(
      many.map(({ name }) => name),
      'gone',
    );
    for (const { name } of many.slice(0, 3)) {
      expect(await it.run(name)).toMatchObject({ outcome: 'self', reason: 'line_failed' });
    }
  });

  test('a host of the same domain proves the line, though two of it fail', async () => {
    const [a, b, c] = [1, 2, 3].map((n) => systemHost(n, `s${n}.tax-a.com`)) as ProofHost[];
    const it = await world([a, b, c] as ProofHost[]);
    await it.run('s3');
    it.later(60_000);
    for (const id of ['s1', 's2']) await it.run(id);
    it.later(15_000);
    await it.mood(['s1', 's2'], 'gone');
    for (let round = 0; round < 3; round += 1) {
      for (const id of ['s1', 's2'])
        expect(await it.run(id)).toMatchObject({ outcome: 'network', perhaps: false });
      it.later(11_000);
    }
  });

  test('another system proves it that answered and still does; few are tried', async () => {
    const it = await world(five);
    await it.run('s2');
    await it.mood('s1', 'gone');
    const found = await it.run('s1');
    expect(found).toMatchObject({ outcome: 'network', perhaps: false });
    expect(found.proof?.other_answer?.host).toBe('s2-a.com');
    expect(it.taken('s2')).toBe(2);
    expect(it.taken('s4') + it.taken('s5')).toBe(0);
  });

  test('an answer of just before does not, when the line fails with it', async () => {
    const it = await world(five);
    for (const id of ids) await it.run(id);
    await it.mood(ids, 'gone');
    expect(await it.run('s1')).toMatchObject({ outcome: 'self', reason: 'line_failed' });
  });

  test('others are tried once for all that fail at once', async () => {
    const it = await world(five);
    await it.run('s2');
    it.later(11_000);
    await it.mood(['s1', 's3'], 'gone');
    const found = await Promise.all(['s1', 's3'].map(it.run));
    expect(found.map(({ outcome }) => outcome)).toEqual(['network', 'network']);
    expect(it.taken('s2')).toBe(2);
  });

  test('of two systems that fail, one in all is blamed, perhaps', async () => {
    const it = await world([systemHost(1), systemHost(2)]);
    await it.mood(['s1', 's2'], 'gone');
    expect(await it.run('s1')).toMatchObject({ outcome: 'network', perhaps: true });
    expect(await it.run('s2')).toMatchObject({ outcome: 'self', reason: 'unproven' });
    expect(await it.run('s1')).toMatchObject({ outcome: 'network', perhaps: true });
    await it.mood('s2', 'up');
    it.later(11_000);
    expect(await it.run('s1')).toMatchObject({ outcome: 'network', perhaps: false });
  });

  test('hosts of one owner, or of one network, count once', async () => {
    const provinces = [1, 2, 3, 4].map((n) => systemHost(n, `etax-${n}.chinatax.gov.cn`));
    const it = await world(provinces);
    await it.mood(ids.slice(0, 4), 'gone');
    expect(await it.run('s1')).toMatchObject({ outcome: 'network', perhaps: true });
    const near = [1, 2, 3].map((n) => ({ ...systemHost(n), address: `127.50.${n}.1` }));
    const other = await world(near);
    await other.mood(ids.slice(0, 3), 'gone');
    expect(await other.run('s1')).toMatchObject({ perhaps: true });
  });
});

describe('over plain HTTP', () => {
  test('a redirect to another host needs a neutral host, not just another system', async () => {
    const it = await world([systemHost(1), systemHost(2), systemHost(3)]);
    await it.run('s2');
    await it.mood(['s1', 's3'], 'portal');
    expect(await it.run('s1')).toMatchObject({ perhaps: true });
    expect(await it.run('s3')).toMatchObject({ outcome: 'self', reason: 'unproven' });
  });

  test.each([0, 1])(
    'a portal that resets all but plain HTTP is our line, with %d neutral hosts',
    async (neutrals) => {
      const others = neutrals === 0 ? [] : [neutralHost(1)];
      const it = await world([...five, ...others]);
      for (const { name } of [...five, ...others]) await it.run(name);
      it.later(30_000);
      await it.mood(ids.slice(0, 4), 'gone');
      await it.mood(['s5', ...others.map(({ name }) => name)], 'portal');
      for (const id of ['s1', 's2'])
        expect(await it.run(id)).toMatchObject({ outcome: 'self', reason: 'line_failed' });
    },
  );

  test('a neutral host that is led astray too does not answer', async () => {
    const it = await world([systemHost(1), neutralHost(1)]);
    await it.mood(['s1', 'n1'], 'portal');
    const { proof } = await it.run('s1');
    expect(proof?.neutrals.filter(({ answered }) => answered)).toEqual([]);
  });
});

test('a dead neutral host is told, and is not the line', async () => {
  const it = await world([systemHost(1), neutralHost(1), neutralHost(2)]);
  for (const id of ['s1', 'n1', 'n2']) await it.run(id);
  await it.mood('n1', 'gone');
  await it.run('n1');
  await it.run('s1');
  expect(it.conditions).toEqual([]);
  await it.run('n1');
  expect(it.conditions).toEqual([]);
  await it.run('n1');
  expect(it.conditions).toMatchObject([{ kind: 'neutral', neutral: 'n1', is_failing: true }]);
  await it.mood('n1', 'up');
  await it.run('n1');
  expect(it.conditions.at(-1)).toMatchObject({ kind: 'neutral', is_failing: false });
});

test('a dead line does not make neutral hosts look dead', async () => {
  const it = await world([systemHost(1), neutralHost(1), neutralHost(2)]);
  for (const id of ['n1', 'n2', 's1']) await it.run(id);
  await it.mood(['s1', 'n1', 'n2'], 'gone');
  for (const id of ['n1', 'n2', 's1', 'n1', 'n2', 's1', 'n1']) await it.run(id);
  expect(it.conditions.filter(({ kind }) => kind === 'neutral')).toEqual([]);
});

test('a host of this machine needs no proof, and proves nothing', async () => {
  const local = { ...systemHost(1, 's1.internal'), address: '127.0.0.1' };
  const it = await world([local, systemHost(2), { ...systemHost(3), address: '127.0.0.1' }]);
  await it.mood(['s1', 's2'], 'gone');
  expect(await it.run('s1')).toMatchObject({ outcome: 'network', perhaps: false });
  expect(await it.run('s2')).toMatchObject({ outcome: 'network', perhaps: true });
});
