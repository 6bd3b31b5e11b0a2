import { describe, expect, it } from 'vitest';
import { FAILED } from './judged-site.ts';
import { at, QUERY, startTwoChecks, statusesOf, told } from './two-checks.ts';

const GOOD = {};
const OURS = { outcome: 'self', reason: 'starved' } as const;
const LESS = { outcome: 'degraded', reason: 'error_code' } as const;
type Site = Awaited<ReturnType<typeof startTwoChecks>>;

/** How nothing could be measured from 240 to 600 s. */
const BLIND: Record<string, (site: Site) => Promise<void>> = {
  'a restart': ({ restart }) => restart(240, 600),
  'a suspension': ({ away }) => away(240, 600, 'suspended'),
  'a clock set forth': ({ away }) => away(240, 600, 'clock'),
  'results of our own fault': ({ measure }) => measure(240, 600, OURS, OURS),
  'no result at all': ({ measure }) => measure(240, 600, null, null),
};
const WAYS = Object.entries(BLIND);

/** Down from 120 to 240 s. */
async function down(first: object, second: object) {
  const site = await startTwoChecks();
  await site.measure(0, 120, GOOD, GOOD);
  await site.measure(120, 240, first, second);
  return site;
}

describe.each(WAYS)('an outage, after %s', (_, blind) => {
  it('goes on with the first bad result', async () => {
    const site = await down(FAILED, FAILED);
    await blind(site);
    await site.measure(600, 630, FAILED, FAILED);
    expect(await told(site.store)).toEqual([
      ['operational', 0],
      ['partial_outage', 120],
      ['major_outage', 120],
      ['unknown', 240],
      ['partial_outage', 600],
      ['major_outage', 600],
    ]);
    // When it opened and got worse, was not known any more, and was again: no worse than before.
    const before = ['investigating', 'investigating'];
    expect(await statusesOf(site.store)).toEqual([...before, 'unclear', 'investigating']);
  });

  it('is over after two good ones, since the first', async () => {
    const site = await down(FAILED, FAILED);
    await blind(site);
    await site.measure(600, 630, GOOD, GOOD);
    expect((await told(site.store)).at(-1)).toEqual(['unknown', 240]);
    await site.measure(630, 660, GOOD, GOOD);
    expect((await told(site.store)).at(-1)).toEqual(['operational', 600]);
    expect((await statusesOf(site.store)).at(-1)).toBe('monitoring');
  });

  it('of a part goes on with the first bad result of that part', async () => {
    const site = await down(FAILED, GOOD);
    await blind(site);
    await site.measure(600, 630, FAILED, GOOD);
    expect((await told(site.store)).slice(1)).toEqual([
      ['partial_outage', 120],
      ['unknown', 240],
      ['partial_outage', 600],
    ]);
    const statuses = ['investigating', 'unclear', 'investigating'];
    expect(await statusesOf(site.store)).toEqual(statuses);
  });

  it('of less than that goes on too', async () => {
    const site = await down(LESS, LESS);
    await blind(site);
    await site.measure(600, 630, LESS, LESS);
    expect((await told(site.store)).slice(1)).toEqual([
      ['degraded_performance', 120],
      ['unknown', 240],
      ['degraded_performance', 600],
    ]);
  });
});

describe.each(WAYS)('what was well, after %s', (_, blind) => {
  it('is not down with the first bad result', async () => {
    const site = await down(GOOD, GOOD);
    await blind(site);
    await site.measure(600, 630, FAILED, FAILED);
    expect(await told(site.store)).toEqual([
      ['operational', 0],
      ['unknown', 240],
    ]);
  });
});

describe('some users affected', () => {
  it.each([
    ['a restart', ({ restart }: Site) => restart(600, 900)],
    ['a suspension', ({ away }: Site) => away(600, 900, 'suspended')],
    ['results of our own fault', ({ measure }: Site) => measure(600, 900, OURS, OURS)],
  ])('are so still after %s, whatever the first result', async (_, blind) => {
    for (const first of [FAILED, GOOD]) {
      const site = await startTwoChecks();
      for (let s = 0; s < 600; s += 60) {
        await site.measure(s, s + 30, GOOD, GOOD);
        await site.measure(s + 30, s + 60, GOOD, FAILED);
      }
      await blind(site);
      await site.measure(900, 930, first, null);
      expect(await told(site.store)).toEqual([
        ['operational', 0],
        ['partial_outage', 30],
        ['unknown', 600],
        ['partial_outage', 900],
      ]);
    }
  });
});

describe('what is measured but not confirmed', () => {
  it.each([
    ['a recovery', FAILED, GOOD, 'recovering'],
    ['an outage', GOOD, FAILED, 'unconfirmed'],
  ])('%s is no longer said to be once nothing is measured', async (_, before, after, code) => {
    const site = await down(before, before);
    await site.restart(240, 600);
    await site.measure(600, 630, after, after);
    expect(await notesOf(site)).toEqual([code]);
    // Two slots and the deadline later.
    await site.wait(630, 700);
    expect(await notesOf(site)).toEqual(['expired']);
  });
});

async function notesOf({ store }: Site): Promise<string[]> {
  const [status] = (await store.components()).filter(({ component }) => component === QUERY);
  return status?.notes.map(({ code }) => code) ?? [];
}

describe('recovery', () => {
  it('is seen where we measure now and then, and a bad result is one again', async () => {
    const site = await down(FAILED, FAILED);
    for (let s = 240; s < 3_840; s += 180) {
      await site.measure(s, s + 30, GOOD, GOOD);
      await site.measure(s + 30, s + 180, OURS, OURS);
    }
    await site.measure(3_840, 3_870, FAILED, FAILED);
    const states = (await told(site.store)).slice(3).map(([state]) => state);
    expect(new Set(states)).toEqual(new Set(['unknown', 'operational']));
  });

  it('needs as much watched time, whatever gap comes after a blind one', async () => {
    const resolved: (number | null)[] = [];
    for (const has_lock of [false, true]) {
      const site = await down(FAILED, FAILED);
      await site.measure(240, 345, GOOD, GOOD);
      await site.away(345, 372, 'suspended');
      if (has_lock) await site.away(372, 373, 'lock');
      await site.measure(375, 800, GOOD, GOOD);
      const [incident] = await site.store.incidents({ limit: 1 });
      resolved.push(incident?.resolved_at ?? null);
    }
    expect(resolved[0]).toBeGreaterThan(at(372 + 60));
    expect(resolved[1]).toBe(resolved[0]);
  });
});
