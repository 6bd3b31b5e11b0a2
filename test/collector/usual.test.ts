import { expect, test, vi } from 'vitest';
import { replayLedger } from '../../collector/replay/replay.ts';
import { siteOf } from '../../collector/state/site.ts';
import { createUsualLookUp } from '../../collector/upkeep/look-up-usual.ts';
import { usualHour } from '../../collector/upkeep/usual.ts';
import type { Policy } from '../../model/configuration.ts';
import type { Rollup } from '../../model/rollup.ts';
import { addDelay, emptySketch, encodeSketch } from '../../model/sketch.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { UsualDelays } from '../../model/usual-delay.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { journey } from '../model/builders.ts';
import { temporaryPath } from '../store/temporary.ts';
import { anAdministrator, aPlan } from './administrator.ts';
import { configuration, START } from './configuration.ts';
import { openSiteStore } from './recording.ts';
import { type Script, startWorld, statusOf, stopTime, stopWorld, transitionsOf } from './world.ts';

const ZONE = 'Asia/Shanghai';
const UNCONFIGURED = { slow_ms: null };

/** An hour of a check in which `n` answers took `delay_ms` each. */
function hour(check: string, from: number, n: number, delay_ms: number): Rollup {
  const sketch = emptySketch();
  for (let i = 0; i < n; i += 1) addDelay(sketch, delay_ms);
  const delays = encodeSketch(sketch);
  return { check, from, n, outcomes: { ok: n }, slow: 0, delays, simulated: false };
}

/** The same hour on each of the last days. */
function sameHours(check: string, days: number, n: number, delay_ms: number): Rollup[] {
  return Array.from({ length: days }, (_, i) => hour(check, START - (i + 1) * DAY, n, delay_ms));
}

async function openUsual() {
  const { store, site } = await openSiteStore(configuration(UNCONFIGURED));
  const usual = (zone = ZONE, from = START) => usualHour({ store, site, zone, from });
  return { store, usual };
}

async function medianOf(found: ReturnType<Awaited<ReturnType<typeof openUsual>>['usual']>) {
  return Math.round((await found).get('bureau-query')?.median_ms ?? 0);
}

/** Within the accuracy of a sketch, 1 %. */
function expectAbout(found: number, ms: number): void {
  expect(Math.abs(found - ms)).toBeLessThan(0.02 * ms);
}

test('usual is the median of the same hour of the last 28 days', async () => {
  const { store, usual } = await openUsual();
  await store.saveRollups('hour', [
    ...sameHours('bureau-query', 28, 10, 400),
    // Other hours, and days too long ago, tell nothing.
    ...sameHours('bureau-query', 28, 100, 9_000).map((it) => ({ ...it, from: it.from + HOUR })),
    hour('bureau-query', START - 29 * DAY, 1_000, 9_000),
  ]);
  expectAbout(await medianOf(usual()), 400);
  expect((await usual()).get('bureau-query')?.from).toBe(START);
  expect((await usual()).has('shop-upload')).toBe(false);
  expectAbout(await medianOf(usual(ZONE, START + HOUR)), 9_000);
  await store.close();
});

test('with fewer than 200 results nothing is said; 20 journeys are enough', async () => {
  const { store, usual } = await openUsual();
  await store.saveRollups('hour', [
    ...sameHours('bureau-query', 1, 199, 400),
    ...sameHours('shop-upload', 1, 200, 400),
    ...sameHours('bureau-sync', 1, 20, 30_000),
  ]);
  expect([...(await usual()).keys()].toSorted()).toEqual(['bureau-sync', 'shop-upload']);
  await store.close();
});

test('made-up history, maintenance and incidents tell nothing of what is usual', async () => {
  const { store, usual } = await openUsual();
  const on = (day: number) => hour('bureau-query', START - day * DAY, 1_000, 9_000);
  await store.saveRollups('hour', [
    hour('bureau-query', START - 14 * DAY, 300, 400),
    { ...on(1), simulated: true },
    ...[2, 28, 3, 27].map(on),
  ]);
  for (const day of [2, 28]) await announce(store, on(day).from);
  for (const day of [3, 27]) await openIncident(store, on(day).from - MINUTE);
  expectAbout(await medianOf(usual()), 400);
  await store.close();
});

test('the same hour is that of the zone: where clocks change it moves with them', async () => {
  const { store, usual } = await openUsual();
  // In Berlin summer time ended on 2026-10-25: 3 a.m. in winter is 2:00 UTC, and was 1:00 UTC in
  // summer.
  const winter = Date.parse('2026-10-27T02:00:00Z');
  await store.saveRollups('hour', [
    hour('bureau-query', Date.parse('2026-10-20T01:00:00Z'), 300, 400),
    hour('bureau-query', Date.parse('2026-10-20T02:00:00Z'), 300, 9_000),
  ]);
  expectAbout(await medianOf(usual('Europe/Berlin', winter)), 400);
  expectAbout(await medianOf(usual(ZONE, winter)), 9_000);
  await store.close();
});

test('a configured limit is not asked about', async () => {
  const { store } = await openUsual();
  const site = siteOf(configuration({ slow_ms: 1_500, slow_wait_ms: MINUTE }));
  await store.saveRollups('hour', sameHours('bureau-query', 28, 10, 400));
  expect(await usualHour({ store, site, zone: ZONE, from: START })).toEqual(new Map());
  await store.close();
});

/** A sync of which all is known, looked up hour after hour with that much configured. */
async function lookedUp(policy: Partial<Policy>) {
  const unset = { slow_wait_ms: null, overdue_after_ms: null, stalled_after_ms: null };
  const { store, site } = await openSiteStore(configuration({ ...unset, slow_ms: 9, ...policy }));
  await store.saveRollups('hour', sameHours('bureau-sync', 28, 10, 30_000));
  const arrived = Array.from({ length: 21 }, (_, i) => START - DAY + i * 10 * MINUTE);
  await store.record({
    journeys: arrived.map((at, i) =>
      journey(at - HOUR, {
        id: `${i}`.padStart(32, '0'),
        component: 'bureau.sync',
        check: 'bureau-sync',
        number: null,
        state: 'arrived',
        first_present_at: at,
      }),
    ),
  });
  const arrivals = vi.spyOn(store, 'arrivals');
  const rollups = vi.spyOn(store, 'rollupsAt');
  const clock = { at: START, now: () => clock.at, monotonic: () => 0 };
  const live = { usual: new Map() as UsualDelays };
  const lookUp = createUsualLookUp({ store, site, live, zone: ZONE, clock });
  /** Days of arrivals and hours of roll-ups read meanwhile, and what is usual then. */
  return async (at: number) => {
    arrivals.mockClear();
    rollups.mockClear();
    clock.at = at;
    await lookUp();
    const hours = rollups.mock.calls.reduce((sum, [, , starts]) => sum + starts.length, 0);
    return {
      days: arrivals.mock.calls.length,
      hours,
      usual: live.usual.get('bureau-sync')?.at(-1),
      known: live.usual.get('bureau-sync')?.length,
    };
  };
}

const ALL_HOURS = 28 * 24;

test('what does not follow the hour is read once a day', async () => {
  const lookUpAt = await lookedUp({ slow_wait_ms: MINUTE });
  const usual = { p99_ms: expect.closeTo(30_000, -3), apart_ms: 10 * MINUTE };
  // This hour and the next, of which nothing is known at that time of the day.
  expect(await lookUpAt(START)).toMatchObject({ days: 28, hours: 2 * (28 + ALL_HOURS), usual });
  expect(await lookUpAt(START + 59 * MINUTE)).toMatchObject({ days: 0, hours: 0, usual });
  expect(await lookUpAt(START + 22 * HOUR)).toMatchObject({ days: 0, usual });
  expect(await lookUpAt(START + 23 * HOUR)).toMatchObject({ days: 28, hours: 28 + ALL_HOURS });
  expect(await lookUpAt(START + 24 * HOUR)).toMatchObject({ days: 0, usual });
});

test('what was usual is known for 6 hours, by which a late result is judged', async () => {
  const lookUpAt = await lookedUp({ slow_wait_ms: MINUTE });
  for (let n = 0; n < 8; n += 1) await lookUpAt(START + n * HOUR);
  // Of the hours that begin 2 to 9 hours after the start.
  expect(await lookUpAt(START + 8 * HOUR)).toMatchObject({ known: 8 });
});

test('what is usual in the next hour is known also after the clock was set back', async () => {
  const lookUpAt = await lookedUp({ slow_wait_ms: MINUTE });
  await lookUpAt(START);
  expect(await lookUpAt(START - MINUTE)).toMatchObject({ usual: { to: START + HOUR } });
});

test('no other hours are read where it is configured what is overdue', async () => {
  const lookUpAt = await lookedUp({ overdue_after_ms: HOUR });
  const { hours, usual } = await lookUpAt(START);
  expect(hours).toBe(28 + (28 + ALL_HOURS));
  expect(usual).toMatchObject({ p99_ms: null, apart_ms: 10 * MINUTE });
});

test('three times the usual and 1 s more is slow, in this hour and the next', async () => {
  const { world } = await startAfter([
    ...sameHours('bureau-query', 28, 10, 200),
    ...sameHours('bureau-query', 28, 10, 1_000).map((it) => ({ ...it, from: it.from + HOUR })),
  ]);
  const state = async () =>
    (await world.store.components()).find((it) => it.component === 'bureau.query')?.state;
  await world.pass(3 * MINUTE);
  expect(await state()).toBe('degraded_performance');
  await world.pass(HOUR);
  expect(await state()).toBe('operational');
  world.script.runs = { 'bureau-query': { duration_ms: 3_500 } };
  await world.pass(2 * MINUTE);
  expect(await state()).toBe('degraded_performance');
  await stopWorld(world);
});

test('what is usual in an hour stays so, and a restart keeps what is slow', async () => {
  const { world, path, script } = await startAfter(sameHours('bureau-query', 28, 10, 200));
  await world.pass(3 * MINUTE);
  const slow = await statusOf(world, 'bureau.query');
  expect(slow.state).toBe('degraded_performance');
  await stopWorld(world);
  const store = await openStore({ path });
  await store.saveRollups('hour', sameHours('bureau-query', 28, 10, 900));
  await store.close();

  const again = await startWorld({ path, policy: UNCONFIGURED, script });
  await again.pass(2 * MINUTE);
  const { state, since } = await statusOf(again, 'bureau.query');
  expect({ state, since }).toEqual({ state: slow.state, since: slow.since });
  await stopWorld(again);

  const kept = await openStore({ path });
  const usual = await kept.usualDelays(START, START + HOUR);
  expect(usual).toMatchObject([{ check: 'bureau-query', to: START + HOUR }]);
  const query = { check: 'bureau-query', from: START, to: START + HOUR, limit: 1_000 };
  const slots = (await kept.results(query)).map(({ slot_at }) => slot_at);
  const judged_by_it = slots.filter((slot_at) => slot_at >= (usual[0]?.from ?? 0)).length;
  expect(judged_by_it).toBeLessThan(slots.length);
  const [counted] = await kept.rollupsAt('hour', ['bureau-query'], [START]);
  expect(counted).toMatchObject({ n: slots.length, slow: judged_by_it });
  await kept.close();
});

test('by what was usual then the judge says the same again', async () => {
  const { world, script } = await startAfter(sameHours('bureau-query', 28, 10, 200));
  await world.pass(3 * MINUTE);
  script.runs = {};
  await world.pass(3 * MINUTE);
  const told = await transitionsOf(world, 'bureau.query');
  expect(told.map(({ to }) => to)).toContain('degraded_performance');
  await world.store.saveRollups('hour', sameHours('bureau-query', 28, 10, 9_000));
  const to = START + 6 * MINUTE;
  const { differences } = await replayLedger({
    store: world.store,
    site: siteOf(configuration(UNCONFIGURED)),
    from: START - MINUTE,
    to,
    judged_since: 0,
    compare_until: to,
    pause: async () => {},
  });
  expect(differences).toEqual([]);
  await stopWorld(world);
});

test('a sync is slow while most of what was accepted lately takes long', async () => {
  stopTime();
  const world = await startWorld({
    policy: { slow_wait_ms: 40 * SECOND, slow_over_ms: 5 * MINUTE, slow_for_ms: MINUTE },
    script: { runs: {}, finding: 'found', shows_after_ms: 10 * SECOND },
  });
  const status = async () =>
    (await world.store.components()).find((it) => it.component === 'bureau.sync');
  await world.pass(6 * MINUTE);
  expect(await status()).toMatchObject({ state: 'operational' });
  world.script.shows_after_ms = 55 * SECOND;
  await world.pass(7 * MINUTE);
  expect(await status()).toMatchObject({
    state: 'degraded_performance',
    notes: [{ code: 'sync_slow', limit_ms: 40 * SECOND }],
  });
  world.script.shows_after_ms = 10 * SECOND;
  await world.pass(6 * MINUTE);
  expect(await status()).toMatchObject({ state: 'operational', notes: [] });
  await stopWorld(world);
});

/** A collector with these hours behind it; queries take more than is usual and a second. */
async function startAfter(hours: Rollup[]) {
  stopTime();
  const path = temporaryPath();
  const past = await startWorld({ path, policy: UNCONFIGURED });
  await past.store.saveRollups('hour', hours);
  await stopWorld(past);
  const runs = { 'bureau-query': { duration_ms: 1_300 } };
  const script: Script = { runs, finding: 'found', shows_after_ms: 0 };
  const world = await startWorld({ path, policy: UNCONFIGURED, script });
  return { world, path, script };
}

async function announce(store: Store, from: number): Promise<void> {
  const administrator = anAdministrator({ store, now: () => from - 2 * DAY });
  await administrator.announce(aPlan(['bureau.query'], from + MINUTE, from + 2 * MINUTE));
}

async function openIncident(store: Store, started_at: number): Promise<void> {
  await store.record({
    incidents: [
      {
        id: `incident-${started_at}`,
        system: 'bureau',
        status: 'resolved',
        impact: 'major',
        title: 'outage',
        functions: ['query'],
        components: ['bureau.query'],
        seen_from: null,
        maybe_our_line: false,
        started_at,
        created_at: started_at,
        updated_at: started_at,
        monitoring_at: null,
        resolved_at: started_at + 2 * MINUTE,
        taken_over: false,
        cause: null,
        simulated: false,
      },
    ],
  });
}
