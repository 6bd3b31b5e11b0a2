import { expect, test, vi } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { dayAt, startOfDay } from '../../model/zone.ts';
import type { LineBatch } from '../../probes/line/batch.ts';
import { temporaryPath } from '../store/temporary.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, query } from './judged-site.ts';
import { aBatch, dated, openSiteStore, resumeRecorder } from './recording.ts';
import {
  HTTP_503,
  resultsOf,
  startWorld,
  statusOf,
  stopCollector,
  stopTime,
  stopWorld,
  type World,
} from './world.ts';

/** A wall clock that can be set, and a monotonic one that goes on. */
async function startRecorder() {
  stopTime();
  const time = { elapsed_ms: 0, set_ms: 0 };
  const clock = {
    now: () => START + time.elapsed_ms + time.set_ms,
    monotonic: () => time.elapsed_ms,
  };
  const { store, path } = await openSiteStore();
  const { recorder, live } = await resumeRecorder(store, configuration(), { clock });
  return {
    store,
    path,
    recorder,
    live,
    clock,
    pass: async (ms: number) => {
      time.elapsed_ms += ms;
      await recorder.time();
    },
    /** Sets the wall clock as a line tells it. */
    async set(by_ms: number) {
      const from = clock.now();
      time.set_ms += by_ms;
      const at = clock.now();
      const gaps: LineBatch['gaps'] = by_ms > 0 ? [{ from, to: at, cause: 'clock' }] : [];
      await recorder.batch(aBatch({ gaps, steps: [{ at, by_ms }] }));
    },
    measure: (changed = {}) =>
      recorder.batch(aBatch({ results: [dated(query(clock.now(), changed), 40 * SECOND)] })),
  };
}

type Started = Awaited<ReturnType<typeof startRecorder>>;

const slots = async ({ store }: Started) =>
  (await store.results({ from: 0, to: START * 2, limit: 999 })).map((it) => it.slot_at - START);

const ledger = async ({ store }: Started) =>
  (await store.transitions(0, START * 2))
    .filter(({ component }) => component === 'bureau.query')
    .map(({ to, since }) => [to, since - START]);

test('B7: a clock set back voids the rows ahead, which are measured anew; no gap', async () => {
  const world = await startRecorder();
  const { store, pass, measure, set } = world;
  await measure();
  await pass(HOUR);
  await measure();
  await pass(20 * SECOND);
  await measure();
  await set(-30 * MINUTE);
  expect(await slots(world)).toEqual([0]);
  expect(await store.gaps(0, START * 2)).toEqual([]);
  // The same slots come again.
  await pass(30 * MINUTE - 20 * SECOND);
  await measure(FAILED);
  expect(await slots(world)).toEqual([0, HOUR]);
  const [again] = await store.results({ from: START + HOUR, to: START * 2, limit: 1 });
  expect(again?.outcome).toBe('system');
  expect(await store.integrityProblems()).toEqual([]);
});

test('B6: with the clock set back an outage is told as soon as without', async () => {
  const world = await startRecorder();
  const { pass, measure, set, live } = world;
  for (let i = 0; i < 4; i += 1) {
    await measure();
    await pass(20 * SECOND);
  }
  await set(-HOUR);
  expect(live.statuses.get('bureau.query')?.state).toBe('operational');
  await pass(10 * SECOND);
  const failed_at = world.clock.now() - START;
  await measure(FAILED);
  await pass(10 * SECOND);
  await measure(FAILED);
  expect((await ledger(world)).at(-1)).toEqual(['major_outage', failed_at]);
  expect(await world.store.incidents({ limit: 9 })).toMatchObject([
    { started_at: START + failed_at },
  ]);
  expect(await world.store.integrityProblems()).toEqual([]);
});

test('B6: nothing is green for longer because the clock was set back', async () => {
  const world = await startRecorder();
  const { pass, measure, set, live, store } = world;
  await measure();
  await pass(20 * SECOND);
  await measure();
  await set(-HOUR);
  // Nothing is left that was measured: what is void says nothing.
  await pass(SECOND);
  expect(live.statuses.get('bureau.query')?.state).toBe('unknown');
  const [row] = (await store.components()).filter((it) => it.component === 'bureau.query');
  expect(row?.valid_until ?? 0).toBeLessThanOrEqual(world.clock.now());
  expect(row?.since).toBeLessThanOrEqual(world.clock.now());
});

test('what is down while the clock is set back is not down since a future time', async () => {
  const world = await startRecorder();
  const { pass, measure, set, store, clock } = world;
  await measure();
  await pass(HOUR);
  for (let i = 0; i < 3; i += 1) {
    await measure(FAILED);
    await pass(15 * SECOND);
  }
  await set(-10 * MINUTE);
  const now = clock.now();
  const latest = (await ledger(world)).at(-1);
  expect(latest).toEqual(['major_outage', now - START]);
  const [incident] = await store.incidents({ limit: 9 });
  expect(incident?.started_at).toBe(now);
  for (const alert of await store.alerts({ limit: 9 }))
    expect(alert.since).toBeLessThanOrEqual(now);
  await pass(5 * SECOND);
  await measure();
  await pass(15 * SECOND);
  await measure();
  expect((await ledger(world)).at(-1)).toEqual(['operational', now - START + 5 * SECOND]);
  expect(await store.integrityProblems()).toEqual([]);
});

test('B7: a clock set forth makes a gap of its own cause, told as such; no alarm', async () => {
  const world = await startRecorder();
  const { store, pass, measure, set } = world;
  await measure();
  await pass(20 * SECOND);
  await measure();
  await pass(5 * SECOND);
  await set(HOUR);
  await pass(SECOND);
  expect(await store.gaps(0, START * 2)).toEqual([
    { from: START + 25 * SECOND, to: START + 25 * SECOND + HOUR, cause: 'clock' },
  ]);
  // Unknown since the first slot without a result, 20 s after the last one.
  expect((await ledger(world)).at(-1)).toEqual(['unknown', 40 * SECOND]);
  expect((await store.transitions(0, START * 2)).at(-1)?.notes).toMatchObject([
    { code: 'gap', cause: 'clock' },
  ]);
  const stale = (await store.alerts({ limit: 9 })).filter(({ kind }) => kind === 'stale');
  expect(stale).toEqual([]);
  await measure();
  expect((await ledger(world)).at(-1)).toEqual(['operational', HOUR + 26 * SECOND]);
  expect(await store.integrityProblems()).toEqual([]);
});

test.each([3 * SECOND, -3 * SECOND])('a step of %i ms changes no state', async (by_ms) => {
  const world = await startRecorder();
  const { pass, measure, set } = world;
  await measure();
  await pass(20 * SECOND);
  await measure();
  await pass(5 * SECOND);
  await set(by_ms);
  await pass(15 * SECOND);
  await measure();
  expect(await ledger(world)).toEqual([['operational', 0]]);
});

test('what fails since the very time to which the clock is set back fails since then', async () => {
  const world = await startRecorder();
  const { pass, measure, set, live } = world;
  await measure();
  await pass(20 * SECOND);
  await measure(FAILED);
  await pass(10 * SECOND);
  await measure(FAILED);
  await set(-10 * SECOND);
  expect(await slots(world)).toEqual([0, 20 * SECOND]);
  const spells = live.spells.get('bureau-query') ?? [];
  expect(spells.map(({ from }) => from - START)).toEqual([0, 20 * SECOND]);
});

test('a clock set forth and back again leaves a gap of what was measured void', async () => {
  const world = await startRecorder();
  const { store, pass, measure, set } = world;
  await measure();
  await pass(10 * SECOND);
  await set(HOUR);
  await pass(MINUTE);
  await measure();
  await set(-HOUR);
  expect(await slots(world)).toEqual([0]);
  expect(await store.gaps(0, START * 2)).toEqual([
    { from: START + 10 * SECOND, to: START + 70 * SECOND, cause: 'clock' },
  ]);
});

test('the clock is trouble of ours for a minute after a step', async () => {
  const world = await startRecorder();
  const { store, pass, set } = world;
  await pass(SECOND);
  await set(-5 * SECOND);
  expect(await store.openOwnTroubles()).toMatchObject([
    { kind: 'clock', line: null, detail: 'clock_set by_ms=-5000' },
  ]);
  const open = async () => (await store.alerts({ open: true, limit: 9 })).map((it) => it.subject);
  expect(await open()).toEqual(['clock']);
  await pass(59 * SECOND);
  expect(await open()).toEqual(['clock']);
  await pass(SECOND);
  expect(await store.openOwnTroubles()).toEqual([]);
  expect(await open()).toEqual([]);
});

test('heartbeats are written every five seconds, wherever the wall clock is', async () => {
  const world = await startRecorder();
  const { pass, set, live, clock } = world;
  await pass(SECOND);
  await set(-HOUR);
  for (let i = 0; i < 12; i += 1) {
    await pass(SECOND);
    expect(clock.now() - (live.heartbeat_at ?? 0)).toBeLessThanOrEqual(5 * SECOND);
  }
});

test('B6, B7: rows that lie ahead at a start are void, and measuring goes on', async () => {
  stopTime();
  const first = await startWorld();
  await first.pass(2 * MINUTE);
  first.script.runs['bureau-query'] = HTTP_503;
  await first.pass(2 * MINUTE);
  await stopWorld(first);
  const stopped_at = Date.now();
  vi.setSystemTime(stopped_at - HOUR);
  const second = await startWorld({ path: first.path, script: first.script });
  expect(await second.store.gaps(0, START * 2)).toEqual([]);
  for (const check of ['bureau-query', 'shop-upload'])
    expect(await resultsOf(second, check)).toEqual([]);
  for (const status of await second.store.components()) {
    expect(status.since).toBeLessThanOrEqual(Date.now());
    expect(status.valid_until ?? 0).toBeLessThanOrEqual(Date.now());
  }
  await second.pass(2 * SECOND);
  second.script.runs = {};
  await second.pass(MINUTE);
  expect((await statusOf(second, 'bureau.query')).state).toBe('operational');
  expect((await resultsOf(second, 'bureau-query')).length).toBeGreaterThanOrEqual(4);
  const rollups = await second.store.rollups('hour', 0, START * 2);
  for (const { from } of rollups) expect(from).toBeLessThanOrEqual(Date.now());
  expect(await second.store.integrityProblems()).toEqual([]);
  await stopWorld(second);
});

const READ_WITHIN_MS = 20_000;

test('the whole collector goes on when the clock is set, and counts what is not void', async () => {
  stopTime();
  let set_ms = 0;
  const clock = { now: () => Date.now() + set_ms, monotonic: () => Date.now() };
  const world = await startWorld({ clock });
  for (const by_ms of [HOUR, -HOUR, -30 * MINUTE, 30 * MINUTE]) {
    await world.pass(2 * MINUTE);
    set_ms += by_ms;
    // What is left is read from the disk, which does not wait for our time.
    await vi.waitFor(async () => {
      await world.pass(MINUTE);
      const newest = (await resultsOf(world, 'bureau-query')).at(-1)?.slot_at ?? 0;
      expect(clock.now() - newest).toBeLessThan(MINUTE);
    }, READ_WITHIN_MS);
    expect((await statusOf(world, 'bureau.query')).state).toBe('operational');
    expect((await statusOf(world, 'bureau.sync')).state).toBe('operational');
    const newest = (await resultsOf(world, 'bureau-query')).at(-1)?.slot_at ?? 0;
    expect(clock.now() - newest).toBeLessThanOrEqual(16 * SECOND);
    expect(newest).toBeLessThanOrEqual(clock.now());
  }
  expect(await world.store.incidents({ limit: 9 })).toEqual([]);
  expect((await world.store.alerts({ limit: 99 })).map(({ kind }) => kind)).toEqual(
    Array(4).fill('own'),
  );
  expect((await world.store.gaps(0, START * 2)).map(({ cause }) => cause)).toEqual(['clock']);
  await stopCollector(world.collector);
  for (const grain of ['hour', 'day'] as const) {
    const rollups = await world.store.rollups(grain, 0, START * 2);
    for (const check of ['bureau-query', 'shop-upload']) {
      const counted = rollups.filter((it) => it.check === check).reduce((n, it) => n + it.n, 0);
      expect(counted).toBe((await resultsOf(world, check)).length);
    }
  }
  expect(await world.store.integrityProblems()).toEqual([]);
  await world.store.close();
});

test('what is counted of pruned days stays when the clock is set back to before them', async () => {
  stopTime();
  let set_ms = 0;
  const clock = { now: () => Date.now() + set_ms, monotonic: () => Date.now() };
  const { zone } = configuration().page;
  const day = startOfDay(zone, dayAt(zone, START - 10 * DAY));
  const path = temporaryPath();
  const past = await startWorld({ path, clock });
  const counted = { check: 'bureau-query', from: day, n: 900, outcomes: { ok: 900 } };
  const rollup = { ...counted, slow: 0, delays: null, simulated: false };
  await past.store.saveRollups('day', [rollup]);
  await past.pass(2 * MINUTE);
  set_ms = -10 * DAY;
  await past.pass(2 * MINUTE);
  const measured = async ({ store }: World) =>
    (await store.rollups('day', day, day + 1)).find(({ check }) => check === 'bureau-query')?.n;
  await stopWorld(past);
  const again = await startWorld({ path, clock });
  const n = (await measured(again)) ?? 0;
  expect(n).toBeGreaterThan(900);
  expect(n).toBeLessThan(950);
  await again.pass(2 * MINUTE);
  await stopCollector(again.collector);
  expect(await measured(again)).toBeGreaterThan(n);
  await again.store.close();
});
