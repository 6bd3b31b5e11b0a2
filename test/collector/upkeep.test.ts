import { expect, test, vi } from 'vitest';
import { emptyLiveState, type LiveState } from '../../collector/state/live-state.ts';
import type { Site } from '../../collector/state/site.ts';
import { emptySyncMemory } from '../../collector/state/sync-memory.ts';
import { createUpkeep } from '../../collector/upkeep/upkeep.ts';
import { DEFAULT_RETENTION } from '../../model/policy.ts';
import { emptyRollup } from '../../model/rollup.ts';
import { decodeSketch, quantile } from '../../model/sketch.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { Store } from '../../store/store.ts';
import { journey, result } from '../model/builders.ts';
import { quiet } from '../platform/quiet.ts';
import { START } from './configuration.ts';
import { openSiteStore } from './recording.ts';
import { fakeClock, stopTime } from './world.ts';

async function open(): Promise<{ store: Store; site: Site; live: LiveState }> {
  stopTime();
  const { store, site } = await openSiteStore();
  return { store, site, live: emptyLiveState(site, START) };
}

function upkeepOf(parts: { store: Store; site: Site; live: LiveState }, zone = 'Asia/Shanghai') {
  return createUpkeep({
    ...parts,
    zone,
    retention: DEFAULT_RETENTION,
    clock: fakeClock,
    log: quiet,
    inOrder: (event) => event(),
  });
}

const query = (slot_at: number, duration_ms = 200) =>
  result(slot_at, { check: 'bureau-query', duration_ms });

test('a result counts in the hour and the day of its slot, slow ones too', async () => {
  const { store, site, live } = await open();
  const upkeep = upkeepOf({ store, site, live });
  for (const [i, duration_ms] of [100, 200, 2_000].entries())
    upkeep.result(query(START + i * SECOND, duration_ms));
  upkeep.result(result(START + HOUR, { check: 'bureau-query', outcome: 'system' }));
  await upkeep.run();
  const hours = await store.rollups('hour', 0, START * 2);
  expect(hours).toMatchObject([
    { from: START, n: 3, outcomes: { ok: 3 }, slow: 1 },
    { from: START + HOUR, n: 1, outcomes: { system: 1 }, slow: 0 },
  ]);
  // START is 10:00 in China; the day began ten hours earlier.
  const days = await store.rollups('day', 0, START * 2);
  expect(days).toMatchObject([{ from: START - 10 * HOUR, n: 4, outcomes: { ok: 3, system: 1 } }]);
  const delays = hours[0]?.delays;
  expect(delays && quantile(decodeSketch(delays), 0.5)).toBeCloseTo(200, -1);
  await store.close();
});

test('what was counted but not written when the process died is counted again', async () => {
  const { store, site, live } = await open();
  await store.record({ results: [query(START - HOUR), query(START - 30 * SECOND)] });
  live.heartbeat_at = START - 20 * SECOND;
  const upkeep = upkeepOf({ store, site, live });
  upkeep.result(query(START + SECOND));
  await upkeep.stop();
  const [day] = await store.rollups('day', 0, START * 2);
  expect(day?.n).toBe(3);
  // The hour before the last heartbeat is counted again as a whole.
  const hours = await store.rollups('hour', 0, START * 2);
  expect(hours.map((it) => [it.from, it.n])).toEqual([
    [START - HOUR, 2],
    [START, 1],
  ]);
  await store.close();
});

test.each([
  ['an hour that ended shortly before the last heartbeat is counted again', 90 * SECOND, 1],
  ['one that ended earlier stays as it is stored', 3 * MINUTE, 99],
])('where nobody noted how far all was written, %s', async (_, after_ms, n) => {
  const { store, site, live } = await open();
  await store.record({ results: [query(START - 10 * MINUTE)] });
  const before = { ...emptyRollup('bureau-query', START - HOUR), n: 99, outcomes: { ok: 99 } };
  await store.saveRollups('hour', [before]);
  live.heartbeat_at = START + after_ms;
  vi.setSystemTime(START + after_ms);
  await upkeepOf({ store, site, live }).run();
  expect(await store.rollups('hour', 0, START * 2)).toMatchObject([{ from: START - HOUR, n }]);
  await store.close();
});

test('where days begin at half past, an hour of yesterday stays whole', async () => {
  const { store, site, live } = await open();
  // 07:30 in India; the day began at 18:30 UTC.
  const half_past = START - 7.5 * HOUR;
  await store.record({ results: [query(half_past + SECOND)] });
  const whole_hour = { ...emptyRollup('bureau-query', half_past - HOUR / 2), n: 99 };
  await store.saveRollups('hour', [whole_hour]);
  live.heartbeat_at = START;
  await upkeepOf({ store, site, live }, 'Asia/Kolkata').stop();
  const [hour] = await store.rollups('hour', 0, START * 2);
  expect(hour).toMatchObject({ from: half_past - HOUR / 2, n: 99 });
  expect(await store.rollups('day', 0, START * 2)).toMatchObject([{ from: half_past, n: 1 }]);
  await store.close();
});

test('W5: an invoice counts once, when it is due, whether it arrived or not', async () => {
  const { store, site, live } = await open();
  const upkeep = upkeepOf({ store, site, live });
  const late = journey(START - DAY + 30 * SECOND, {
    component: 'bureau.sync',
    check: 'bureau-sync',
  });
  live.syncs.set('bureau.sync', {
    ...emptySyncMemory(),
    waiting: new Map([[late.id, late]]),
  });
  const in_time = journey(START, {
    component: 'bureau.sync',
    check: 'bureau-sync',
    state: 'arrived',
    number: null,
    first_present_at: START + 20 * SECOND,
  });
  vi.setSystemTime(START + 20 * SECOND);
  upkeep.committed({ journeys: [in_time] });
  vi.setSystemTime(START + MINUTE);
  await upkeep.run();
  // Arriving after the promise does not count a second time.
  const arrived = {
    ...late,
    state: 'arrived' as const,
    number: null,
    first_present_at: START + MINUTE,
  };
  upkeep.committed({ journeys: [arrived] });
  await upkeep.run();
  await upkeep.stop();
  expect(await store.rollups('hour', 0, START * 2)).toMatchObject([
    { check: 'bureau-sync', from: START, n: 1, outcomes: { timeout: 1 } },
  ]);
  // The other is due a day after its acceptance, and a start in between loses nothing.
  await store.record({ journeys: [in_time, arrived] });
  vi.setSystemTime(START + 2 * HOUR);
  const again = upkeepOf({ store, site, live: emptyLiveState(site, START + 2 * HOUR) });
  await again.run();
  expect(await counts()).toEqual([[START, 1, 0]]);
  vi.setSystemTime(START + DAY + MINUTE);
  await again.run();
  await again.run();
  await again.stop();
  expect(await counts()).toEqual([
    [START, 1, 0],
    [START + DAY, 1, 1],
  ]);

  async function counts(): Promise<number[][]> {
    const hours = await store.rollupCounts('hour', 0, START * 2);
    return hours.map(({ from, n, ok }) => [from, n, ok]);
  }
  await store.close();
});

const dayOf = async (store: Store, from: number) =>
  (await store.rollups('day', from, from + 1)).find(({ check }) => check === 'bureau-query');
/** START is 10:00 in China. */
const TODAY = START - 10 * HOUR;

test.each([
  ['of the day before this start', TODAY - HOUR, TODAY - DAY],
  ['of a day that this start has counted itself, days later', TODAY + HOUR, TODAY],
])('what comes late is added to what is stored: %s', async (_, slot_at, from) => {
  const { store, site, live } = await open();
  const upkeep = upkeepOf({ store, site, live });
  const many = { ...emptyRollup('bureau-query', from), n: 99, outcomes: { ok: 99 } };
  if (from < TODAY) await store.saveRollups('day', [many]);
  else for (let i = 0; i < 99; i += 1) upkeep.result(query(TODAY + i * SECOND));
  await upkeep.run();
  vi.setSystemTime(START + 4 * DAY);
  await upkeep.run();
  const seq = await store.changeSeq();
  upkeep.result(query(slot_at, 400));
  await upkeep.run();
  upkeep.result(result(slot_at + SECOND, { check: 'bureau-query', outcome: 'timeout' }));
  await upkeep.run();
  const day = await dayOf(store, from);
  expect(day).toMatchObject({ n: 101, outcomes: { ok: 100, timeout: 1 } });
  const slowest = quantile(decodeSketch(day?.delays ?? new Uint8Array()), 1);
  expect(slowest).toBeCloseTo(400, -1);
  const hour = await store.rollups('hour', slot_at - (slot_at % HOUR), slot_at + 1);
  expect(hour.at(-1)?.n).toBe(2);
  expect(await store.hasChanged(['history'], seq)).toBe(true);
  await store.close();
});

test('the page is told that a day has changed when it is over, not while it lasts', async () => {
  const { store, site, live } = await open();
  const upkeep = upkeepOf({ store, site, live });
  const seq = await store.changeSeq();
  upkeep.result(query(START));
  await upkeep.run();
  expect(await store.hasChanged(['history'], seq)).toBe(false);
  vi.setSystemTime(TODAY + DAY + MINUTE);
  upkeep.result(query(TODAY + DAY - SECOND));
  await upkeep.run();
  expect(await store.hasChanged(['history'], seq)).toBe(true);
  await store.close();
});

test('stopping waits for what is under way', async () => {
  const { store, site, live } = await open();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: pruned, resolve: prune } = Promise.withResolvers<void>();
  let written = 0;
  const slow: Store = {
    ...store,
    saveRolledUp: async (...given) => {
      written += 1;
      await store.saveRolledUp(...given);
    },
    prune: async (...given) => {
      begin();
      await pruned;
      return await store.prune(...given);
    },
  };
  const upkeep = upkeepOf({ store: slow, site, live });
  void upkeep.run();
  await begun;
  const stopped = upkeep.stop();
  for (let turns = 0; turns < 50; turns += 1) await new Promise((next) => setImmediate(next));
  expect(written).toBe(1);
  prune();
  await stopped;
  expect(written).toBe(2);
  await store.close();
});

test('what could not be written is written with the next run, late results once', async () => {
  const { store, site, live } = await open();
  let fails = false;
  const failing: Store = {
    ...store,
    addToRollups: async (...given) =>
      fails ? Promise.reject(new Error('disk full')) : await store.addToRollups(...given),
    saveRollups: async (...given) =>
      fails ? Promise.reject(new Error('disk full')) : await store.saveRollups(...given),
  };
  const upkeep = upkeepOf({ store: failing, site, live });
  fails = true;
  upkeep.result(query(START));
  upkeep.result(query(TODAY - HOUR));
  await upkeep.run();
  upkeep.result(query(TODAY - 2 * HOUR));
  fails = false;
  await upkeep.run();
  await upkeep.run();
  expect((await dayOf(store, TODAY - DAY))?.n).toBe(2);
  expect((await dayOf(store, TODAY))?.n).toBe(1);
  await store.close();
});

test('what was added to a day that is over is added once, though no page is told', async () => {
  const { store, site, live } = await open();
  let fails = 1;
  const failing: Store = {
    ...store,
    record: async (recording) => {
      if (recording.changes?.length && fails-- > 0) throw new Error('disk full');
      await store.record(recording);
    },
  };
  const upkeep = upkeepOf({ store: failing, site, live });
  await upkeep.run();
  const seq = await store.changeSeq();
  upkeep.result(query(TODAY - HOUR));
  await upkeep.run();
  await upkeep.run();
  expect((await dayOf(store, TODAY - DAY))?.n).toBe(1);
  expect(await store.hasChanged(['history'], seq)).toBe(true);
  await store.close();
});

test('with the shortest retention no day is counted again from what is left of it', async () => {
  const { store, site, live } = await open();
  const retention = { ...DEFAULT_RETENTION, results_ms: HOUR, evidence_ms: HOUR };
  const inOrder = <T>(event: () => Promise<T>) => event();
  const zone = 'Asia/Shanghai';
  const parts = { store, site, live, zone, retention, clock: fakeClock, inOrder };
  const slots = Array.from({ length: 10 }, (_, i) => TODAY + i * HOUR);
  await store.record({ results: slots.map((at) => query(at)) });
  live.heartbeat_at = TODAY + MINUTE;
  const before = createUpkeep({ ...parts, log: quiet });
  await before.run();
  await before.stop();
  expect((await dayOf(store, TODAY))?.n).toBe(10);
  // Killed, and started again an hour later.
  vi.setSystemTime(START + HOUR);
  live.heartbeat_at = START;
  await createUpkeep({ ...parts, log: quiet }).stop();
  expect((await dayOf(store, TODAY))?.n).toBe(10);
  await store.close();
});

test('stopped while it deletes expired rows, it ends', async () => {
  const { store, site, live } = await open();
  let slices = 0;
  const full: Store = Object.assign(Object.create(store), {
    prune: async (_what: string, _before: number, limit: number) => {
      slices += 1;
      return limit;
    },
  });
  const upkeep = upkeepOf({ store: full, site, live });
  void upkeep.run();
  await vi.waitFor(() => expect(slices).toBeGreaterThan(2), 30 * SECOND);
  let has_ended = false;
  void upkeep.stop().then(() => {
    has_ended = true;
  });
  await vi.waitFor(() => expect(has_ended).toBe(true), 30 * SECOND);
  await store.close();
});
