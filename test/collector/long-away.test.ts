import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { loadBadTimes } from '../../status-page/overview/bad-times.ts';
import { FAILED } from './judged-site.ts';
import { startTwoChecks, told } from './two-checks.ts';

const GOOD = {};
type Site = Awaited<ReturnType<typeof startTwoChecks>>;

/** Until when, in seconds, nothing is measured from 240 s on. */
const LENGTHS = [
  ['an hour', 3_600],
  ['25 hours', 90_000],
  ['two days', 172_800],
  ['a month', 2_592_000],
] as const;

const WAYS: Record<string, (site: Site, until: number) => Promise<void>> = {
  'a restart': ({ restart }, until) => restart(240, until),
  'a suspension': ({ away }, until) => away(240, until, 'suspended'),
  'a clock set forth': ({ away }, until) => away(240, until, 'clock'),
  'nobody looking': async ({ wait }, until) => {
    await wait(until, until + 1);
  },
};

describe.each(Object.entries(WAYS))('after %s', (_, blind) => {
  it.each(LENGTHS)('of %s, what was told ended where it was last known', async (__, until) => {
    const site = await startTwoChecks();
    await site.measure(0, 120, GOOD, GOOD);
    await site.measure(120, 240, FAILED, FAILED);
    await blind(site, until);
    await site.wait(until, until + 2);
    const before = [
      ['operational', 0],
      ['partial_outage', 120],
      ['major_outage', 120],
      ['unknown', 240],
    ];
    expect(await told(site.store)).toEqual(before);
    await site.measure(until + 30, until + 120, GOOD, GOOD);
    expect(await told(site.store)).toEqual([...before, ['operational', until + 30]]);
    const incidents = await site.store.incidents({ limit: 10 });
    const lengths = await loadBadTimes(site.store, incidents, Date.now());
    expect([...lengths.values()]).toMatchObject([
      { bad_time: { bad_ms: 2 * MINUTE, end: 'not_seen' } },
    ]);
  });
});

describe('a check that is measured once a day, beside one of every hour', () => {
  const DAY_S = DAY / SECOND;
  const HOUR_S = HOUR / SECOND;

  /** Both fail at first; from then on only the second is measured, and fails. */
  async function start() {
    const site = await startTwoChecks({ schedules: ['20 0 10 * * *', '20 0 * * * *'] });
    for (const s of [0, 10, 20]) await site.measureRarely(s, 'bureau-query', DAY, FAILED);
    for (const s of [0, 10, 20]) await site.measureRarely(s, 'second', HOUR, FAILED);
    return site;
  }

  async function hours({ measureRarely }: Site, from: number, to: number) {
    for (let hour = from; hour < to; hour += 1)
      await measureRarely(20 + hour * HOUR_S, 'second', HOUR, FAILED);
  }

  const OUT_SINCE_ITS_SLOT = [
    ['partial_outage', 0],
    ['major_outage', 0],
    ['partial_outage', DAY_S + 20],
  ];

  it('ends the state that rested on it at the slot that it missed', async () => {
    const site = await start();
    await hours(site, 1, 48);
    expect((await told(site.store)).at(-1)).toEqual(['major_outage', 0]);
    await hours(site, 48, 50);
    expect(await told(site.store)).toEqual(OUT_SINCE_ITS_SLOT);
  });

  it('does so over a restart', async () => {
    const site = await start();
    await hours(site, 1, 40);
    await site.restart(39 * HOUR_S + 30, 39 * HOUR_S + 60);
    await hours(site, 40, 50);
    expect(await told(site.store)).toEqual(OUT_SINCE_ITS_SLOT);
  });
});
