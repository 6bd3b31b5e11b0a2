import { expect, test, vi } from 'vitest';
import { siteOf } from '../../collector/state/site.ts';
import { createUpkeep } from '../../collector/upkeep/upkeep.ts';
import { spansOf } from '../../model/ledger.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { expire } from '../../status-page/overview/components.ts';
import type { Store } from '../../store/store.ts';
import { quiet } from '../platform/quiet.ts';
import { START } from './configuration.ts';
import { differencesSince, ownSettings, startOwnSite } from './own-site.ts';
import { event } from './posting.ts';
import { openSiteStore } from './recording.ts';
import { fakeClock, stopTime } from './world.ts';

const CHECK = 'shop-own-issue';
const LAST = 10 * SECOND;

/** Hours of the weeks before, each with 100, where somebody works then in China. */
function weeksBefore(midnight: number, worksAt: (day: Date, hour: number) => boolean) {
  return Array.from({ length: 28 * 24 }, (_, i) => midnight - (i + 1) * HOUR)
    .filter((from) => {
      const local = new Date(from + 8 * HOUR);
      return worksAt(local, local.getUTCHours());
    })
    .map((from) => ({
      check: CHECK,
      from,
      n: 100,
      outcomes: { ok: 100 },
      slow: 0,
      delays: null,
      simulated: false,
    }));
}

const by_day = (hour: number) => hour >= 8 && hour < 20;
const is_weekend = (day: Date) => [0, 6].includes(day.getUTCDay());

interface Begun {
  /** In China, of a working day. */
  midnight: number;
  worksAt?: (day: Date, hour: number) => boolean;
}

/** A site of which it is known, from 10 on, how much is usual. */
async function begin({ midnight, worksAt = (_, hour) => by_day(hour) }: Begun) {
  stopTime(midnight + 10 * HOUR);
  const { store } = await openSiteStore(ownSettings());
  await store.saveRollups('hour', weeksBefore(midnight, worksAt));
  let running = await start();
  const at = (ms: number) => midnight + ms;
  return {
    store,
    at,
    async restart() {
      await running.upkeep.stop();
      running = await start();
    },
    /** So many in 30 minutes. */
    async events(from: number, n: number, bad = false) {
      const all = Array.from({ length: n }, (_, i) => {
        const told = { at: new Date(at(from + (i * 30 * MINUTE) / n)).toISOString() };
        const what = bad ? { type: 'failed', function: 'issue' } : { type: 'issued' };
        return event({ number: undefined, issued: undefined, duration_ms: 900, ...told, ...what });
      });
      expect(await running.site.post(all)).toMatchObject({ status: 200 });
    },
    async until(ms: number, every_ms = MINUTE) {
      while (Date.now() < at(ms)) {
        vi.setSystemTime(Math.min(at(ms), Date.now() + every_ms));
        await running.site.recorder.time();
        if ((Date.now() - at(0)) % (6 * HOUR) === 0) await running.upkeep.run();
      }
    },
    async status() {
      const status = (await store.components()).find((it) => it.component === 'shop.issue');
      if (status === undefined) throw new Error('it has none');
      return status;
    },
    /** From when on it was what, as minutes since midnight. */
    async states() {
      const transitions = await store.transitions(0, Date.now() + DAY);
      const span = { component: 'shop.issue', from: at(10 * HOUR), to: Date.now() };
      return spansOf({ transitions, ...span }).map(({ state, from }) => [
        (from - at(0)) / MINUTE,
        state,
      ]);
    },
    async stopped() {
      const alerts = await store.alerts({ kinds: ['stale'] });
      const its = alerts.filter((it) => it.subject === 'shop.issue');
      return its.map(({ opened_at }) => (opened_at - at(0)) / MINUTE).toSorted((a, b) => a - b);
    },
    differences: () => differencesSince(store, at(10 * HOUR)),
    async end() {
      await running.upkeep.stop();
      expect(await store.integrityProblems()).toEqual([]);
      await store.close();
    },
  };

  async function start() {
    const site = await startOwnSite(store);
    await site.recorder.start();
    const upkeep = upkeepOf(store, site);
    await upkeep.run();
    return { site, upkeep };
  }
}

function upkeepOf(store: Store, site: Awaited<ReturnType<typeof startOwnSite>>) {
  const { retention, page } = ownSettings();
  return createUpkeep({
    store,
    site: siteOf(ownSettings()),
    live: site.live,
    zone: page.zone,
    retention,
    clock: fakeClock,
    log: quiet,
    inOrder: site.recorder.inOrder,
  });
}

/** Midnight of a Monday in China. */
const MONDAY = START - 10 * HOUR;

test.for([
  ['on', false],
  ['over a restart', true],
] as const)('a quiet night is no news, and goes %s', async ([, restarts]) => {
  const it = await begin({ midnight: MONDAY });
  await it.until(20 * HOUR);
  await it.events(19.5 * HOUR, 60);
  const last_at = it.at(20 * HOUR) - 30 * SECOND;
  await it.until(20 * HOUR + 20 * MINUTE);
  expect(await it.status()).toMatchObject({ state: 'operational', notes: [] });
  await it.until(27 * HOUR);
  if (restarts) await it.restart();
  await it.until(28 * HOUR);
  const night = await it.status();
  expect(night).toMatchObject({
    state: 'operational',
    notes: [{ code: 'quiet', last_at }],
    measured_at: last_at,
    valid_until: Date.now() + MINUTE,
  });
  // Nobody watches any more.
  expect(expire(night, Date.now() + MINUTE)).toMatchObject({ state: 'unknown' });
  await it.until(32 * HOUR + 5 * MINUTE);
  await it.events(31.5 * HOUR, 60);
  await it.until(32 * HOUR + 20 * MINUTE);
  expect(await it.status()).toMatchObject({ state: 'operational', notes: [] });
  const states = [
    [600, 'unknown'],
    [19.5 * 60, 'operational'],
  ];
  expect(await it.states()).toEqual(states);
  expect(await it.stopped()).toEqual([605]);
  expect(await it.differences()).toEqual([]);
  await it.end();
});

test.for([
  ['at once', false],
  ['over a restart', true],
] as const)('events that are missing by day are seen, %s', async ([, restarts]) => {
  const it = await begin({ midnight: MONDAY });
  await it.until(11 * HOUR);
  // The last one 10 s before 11.
  await it.events(10.5 * HOUR, 180);
  await it.until(11 * HOUR + 10 * MINUTE);
  if (restarts) await it.restart();
  // 100 an hour: 42 in 25 minutes 12 seconds, the first in 36 seconds.
  await it.until(11 * HOUR + 25 * MINUTE);
  expect(await it.status()).toMatchObject({ state: 'operational', notes: [] });
  await it.until(11 * HOUR + 26 * MINUTE);
  const since = it.at(11 * HOUR) - LAST + 36 * SECOND;
  expect(await it.status()).toMatchObject({
    state: 'unknown',
    since,
    notes: [{ code: 'expired' }],
  });
  expect((await it.stopped()).at(-1)).toBe(11 * 60 + 26);
  expect(await it.store.incidents({})).toEqual([]);
  if (restarts) await it.restart();
  await it.until(12 * HOUR);
  await it.events(11.5 * HOUR, 60);
  await it.until(12 * HOUR + 5 * MINUTE);
  expect((await it.states()).slice(1)).toEqual([
    [630, 'operational'],
    [expect.closeTo(660 + 26 / 60), 'unknown'],
    [690, 'operational'],
  ]);
  expect(await it.differences()).toEqual([]);
  await it.end();
});

/** 30 September 2026, a Wednesday; the National Day is from 1 to 7 October. */
const BEFORE_HOLIDAY = Date.parse('2026-09-30T00:00:00+08:00');

test.for([
  ['on', false],
  ['over a restart, when its rows are gone', true],
] as const)('a holiday of a week goes %s', async ([, restarts]) => {
  const worksAt = (day: Date, hour: number) => by_day(hour) && !is_weekend(day);
  const it = await begin({ midnight: BEFORE_HOLIDAY, worksAt });
  await it.until(20 * HOUR);
  await it.events(19.5 * HOUR, 60);
  await it.until(8 * DAY, 10 * MINUTE);
  const all = { check: CHECK, from: 0, to: Date.now() };
  expect(await it.store.trafficCounts(all)).toEqual([]);
  if (restarts) await it.restart();
  await it.until(8 * DAY + 8 * HOUR, 10 * MINUTE);
  expect(await it.status()).toMatchObject({
    state: 'operational',
    notes: [{ code: 'quiet' }],
    // However long nobody looked at the time.
    valid_until: Date.now() + MINUTE,
  });
  await it.until(8 * DAY + 8.25 * HOUR);
  // Too few to say by themselves that it is well.
  await it.events(8 * DAY + 7.75 * HOUR, 10);
  await it.until(8 * DAY + 8.5 * HOUR);
  expect(await it.status()).toMatchObject({ state: 'operational', notes: [] });
  if (restarts) await it.restart();
  await it.events(8 * DAY + 8 * HOUR, 60);
  await it.until(8 * DAY + 8.75 * HOUR);
  expect((await it.states()).slice(1)).toEqual([[1170, 'operational']]);
  expect(await it.stopped()).toEqual([605]);
  await it.end();
});

test('an outage of the evening is not known after half an hour, however quiet', async () => {
  const it = await begin({ midnight: MONDAY });
  await it.until(19.5 * HOUR);
  await it.events(19 * HOUR, 60);
  await it.until(20 * HOUR);
  await it.events(19.5 * HOUR, 60, true);
  await it.until(20 * HOUR + 20 * MINUTE);
  expect(await it.status()).toMatchObject({ state: 'major_outage' });
  await it.until(28 * HOUR);
  expect(await it.status()).toMatchObject({ state: 'unknown', notes: [{ code: 'expired' }] });
  expect((await it.states()).slice(1)).toEqual([
    [1140, 'operational'],
    [1170, 'major_outage'],
    [expect.closeTo(1200 - 29 / 60), 'unknown'],
  ]);
  expect(await it.differences()).toEqual([]);
  await it.end();
});

test.for([
  ['Saturday, 10 October', 'unknown'],
  ['Sunday, 11 October', 'operational'],
] as const)('silence at noon of %s, leaves it %s', async ([day, state]) => {
  // For the National Day people make up on that Saturday.
  const date = day.startsWith('Saturday') ? '2026-10-10' : '2026-10-11';
  const worksAt = (at: Date, hour: number) => {
    const is_off = is_weekend(at) || (at.getUTCMonth() === 9 && at.getUTCDate() <= 7);
    return by_day(hour) && !is_off;
  };
  const it = await begin({ midnight: Date.parse(`${date}T00:00:00+08:00`), worksAt });
  await it.until(11 * HOUR);
  await it.events(10.5 * HOUR, 180);
  await it.until(11 * HOUR + 25 * MINUTE);
  expect(await it.status()).toMatchObject({ state: 'operational' });
  await it.until(12 * HOUR);
  expect(await it.status()).toMatchObject({ state });
  await it.end();
});

test('a sender that was away in the first weeks has taught no silence', async () => {
  // From 20 to 23 October, and nothing in the week after it, until Monday, 2 November.
  const [first, last] = [Date.parse('2026-10-20T00:00:00Z'), Date.parse('2026-10-24T00:00:00Z')];
  const worksAt = (at: Date, hour: number) =>
    by_day(hour) && first <= at.getTime() && at.getTime() < last;
  const it = await begin({ midnight: MONDAY, worksAt });
  await it.until(11 * HOUR);
  await it.events(10.5 * HOUR, 180);
  await it.until(11 * HOUR + 31 * MINUTE);
  const since = it.at(11 * HOUR) - LAST + SECOND;
  expect(await it.status()).toMatchObject({ state: 'unknown', since });
  await it.end();
});
