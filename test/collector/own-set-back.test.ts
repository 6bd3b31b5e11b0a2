import { expect, test, vi } from 'vitest';
import { siteOf } from '../../collector/state/site.ts';
import { createUpkeep, type Upkeep } from '../../collector/upkeep/upkeep.ts';
import { spansOf } from '../../model/ledger.ts';
import type { Clock } from '../../model/ports.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { Store } from '../../store/store.ts';
import { quiet } from '../platform/quiet.ts';
import { START } from './configuration.ts';
import { differencesSince, ownSettings, startOwnSite } from './own-site.ts';
import { event } from './posting.ts';
import { aBatch, openSiteStore } from './recording.ts';
import { stopTime } from './world.ts';

const CHECK = 'shop-own-issue';

/** In minutes: one event every 10 s, all alike. */
const events = (from: number, to: number, is_bad = false) =>
  Array.from({ length: (to - from) * 6 }, (_, i) => {
    const at = new Date(START + from * MINUTE + i * 10 * SECOND).toISOString();
    const plain = { number: undefined, issued: undefined, at };
    return is_bad
      ? event({ ...plain, type: 'failed', function: 'issue' })
      : event({ ...plain, type: 'issued', duration_ms: 900 });
  });

const at = (minutes: number) => START + minutes * MINUTE;

async function states(store: Store, until: number) {
  const transitions = await store.transitions(0, START * 2);
  const span = { component: 'shop.issue', from: START - HOUR, to: at(until) };
  return spansOf({ transitions, ...span })
    .filter(({ from }) => from >= START)
    .map(({ state, from }) => [(from - START) / MINUTE, state]);
}

const last = async (store: Store) =>
  Math.max(
    ...(await store.ownResults({ check: CHECK, from: 0, to: START * 2, limit: 9_999 })).map(
      (it) => (it.at - START) / MINUTE,
    ),
  );

test.for([
  ['as it was', false],
  ['after a restart', true],
] as const)('a clock set back voids what was told of later, %s', async ([, is_restarted]) => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  // It is half an hour fast.
  const fast = { ms: 30 * MINUTE };
  const clock: Clock = { now: () => Date.now() + fast.ms, monotonic: () => Date.now() };
  let upkeep: Upkeep | null = null;
  const observer = {
    committed: (recording: Parameters<Upkeep['committed']>[0]) => upkeep?.committed(recording),
    judged() {},
    dropped() {},
  };
  let site = await startOwnSite(store, ownSettings(), observer, clock);
  upkeep = upkeepOf(store, site, clock);
  await site.recorder.start();
  await site.until(at(10));
  await site.post(events(0, 20));
  await site.post(events(20, 40));
  expect(await last(store)).toBeGreaterThan(39);
  fast.ms = 0;
  await site.recorder.batch(aBatch({ steps: [{ at: at(10), by_ms: -30 * MINUTE }] }));
  await site.recorder.time();
  expect(await last(store)).toBe(10);
  if (is_restarted) {
    site = await startOwnSite(store, ownSettings(), observer, clock);
    upkeep = upkeepOf(store, site, clock);
    await site.recorder.start();
  }
  // The same times come again, and now all fails in them.
  await site.until(at(14));
  await site.post(events(10, 14, true));
  await site.until(at(16));
  await site.post(events(14, 16, true));
  expect(await states(store, 16)).toEqual([
    [0, 'operational'],
    [10 + 1 / 6, 'major_outage'],
  ]);
  await site.until(at(25));
  await site.post(events(16, 25));
  expect((await states(store, 25)).slice(-2)).toEqual([
    [16, 'partial_outage'],
    [20, 'operational'],
  ]);
  expect(await differencesSince(store, START - MINUTE)).toEqual([]);
  expect(await store.integrityProblems()).toEqual([]);
  await upkeep.run();
  const rows = await store.ownResults({ check: CHECK, from: 0, to: START * 2, limit: 9_999 });
  const counted = (await store.rollupCounts('hour', 0, START * 2)).filter(
    (it) => it.check === CHECK,
  );
  expect(counted.reduce((sum, { n }) => sum + n, 0)).toBe(rows.length);
  await upkeep.stop();
  await store.close();
});

test('a clock set back in a quiet night leaves what was well long before it', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  const none = Array.from({ length: 24 }, () => 0);
  await store.saveUsualTraffic([{ check: CHECK, from: START - DAY, working: none, other: none }]);
  const fast = { ms: 30 * MINUTE };
  const clock: Clock = { now: () => Date.now() + fast.ms, monotonic: () => Date.now() };
  const site = await startOwnSite(store, ownSettings(), undefined, clock);
  await site.recorder.start();
  await site.until(at(10));
  await site.post(events(0, 10));
  // A day later, looked at only now and then.
  const later = 26 * 60;
  for (let minutes = 40; minutes <= later; minutes += 30) {
    vi.setSystemTime(at(minutes));
    await site.recorder.time();
  }
  await site.until(at(later));
  await site.post(events(later + 29, later + 30).slice(0, 1));
  expect(await last(store)).toBe(later + 29);
  fast.ms = 0;
  await site.recorder.batch(aBatch({ steps: [{ at: at(later), by_ms: -30 * MINUTE }] }));
  await site.recorder.time();
  expect((await store.components()).find((it) => it.component === 'shop.issue')).toMatchObject({
    state: 'operational',
    notes: [{ code: 'quiet', last_at: at(10) - 10 * SECOND }],
  });
  expect(await states(store, later)).toEqual([[0, 'operational']]);
  await store.close();
});

test('what is due by what is usual is due by the clock that was set back', async () => {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  // From noon on 100 an hour: the first in 36 s, 42 in 25 minutes 12 seconds.
  const working = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 0 : 100));
  await store.saveUsualTraffic([{ check: CHECK, from: START - DAY, working, other: working }]);
  const fast = { ms: 10 * MINUTE };
  const clock: Clock = { now: () => Date.now() + fast.ms, monotonic: () => Date.now() };
  const site = await startOwnSite(store, ownSettings(), undefined, clock);
  await site.recorder.start();
  await site.until(at(10));
  await site.post(events(0, 10));
  await site.until(at(50));
  fast.ms = 0;
  await site.recorder.batch(aBatch({ steps: [{ at: at(50), by_ms: -10 * MINUTE }] }));
  // Known for 10 minutes less, which have passed.
  await site.until(at(135));
  expect(await states(store, 135)).toEqual([[0, 'operational']]);
  await site.until(at(136));
  expect(await states(store, 136)).toEqual([
    [0, 'operational'],
    [120 + 36 / 60, 'unknown'],
  ]);
  await store.close();
});

function upkeepOf(
  store: Store,
  site: Awaited<ReturnType<typeof startOwnSite>>,
  clock: Clock,
): Upkeep {
  return createUpkeep({
    store,
    site: siteOf(ownSettings()),
    live: site.live,
    zone: 'Asia/Shanghai',
    retention: ownSettings().retention,
    clock,
    log: quiet,
    inOrder: site.recorder.inOrder,
  });
}
