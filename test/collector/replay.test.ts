import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { type ReplayParts, replayLedger } from '../../collector/replay/replay.ts';
import { siteOf } from '../../collector/state/site.ts';
import type { Configuration } from '../../model/configuration.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { transition } from '../model/builders.ts';
import { createRandom } from '../random.ts';
import { editFile, temporaryPath } from '../store/temporary.ts';
import { anAdministrator, aPlan } from './administrator.ts';
import { configuration, START } from './configuration.ts';
import {
  fakeClock,
  HTTP_503,
  startWorld,
  stopCollector,
  stopTime,
  stopWorld,
  type World,
} from './world.ts';

async function replayed(store: Store, changed: Partial<ReplayParts> = {}) {
  const to = (await store.heartbeat()) ?? 0;
  const from = START - MINUTE;
  const site = siteOf(configuration());
  const pause = async () => {};
  return replayLedger({
    store,
    site,
    from,
    to,
    judged_since: 0,
    compare_until: to,
    pause,
    ...changed,
  });
}

/** An outage of 40 s, one bad result alone, and a slow time, with calm between. */
async function live(world: World): Promise<void> {
  const { script, pass } = world;
  await pass(65 * SECOND);
  script.runs = { 'bureau-query': HTTP_503 };
  await pass(40 * SECOND);
  script.runs = { 'shop-upload': HTTP_503 };
  await pass(9 * SECOND);
  script.runs = { 'bureau-query': { duration_ms: 2_500 } };
  await pass(80 * SECOND);
  script.runs = {};
  await pass(60 * SECOND);
}

test('the judge says the same again of what it recorded', async () => {
  stopTime();
  const world = await startWorld();
  await live(world);
  const { differences, from, to } = await replayed(world.store);
  expect(differences).toEqual([]);
  expect(to - from).toBeGreaterThan(4 * MINUTE);
  const told = await world.store.transitions(0, START * 2);
  expect(told.filter(({ component }) => component !== 'bureau.sync').length).toBeGreaterThan(5);
  await stopWorld(world);
});

test('after a restart in an outage, and one that outlasts it, nothing differs', async () => {
  stopTime();
  let world = await startWorld();
  await live(world);
  world.script.runs = { 'bureau-query': HTTP_503 };
  await world.pass(40 * SECOND);
  await stopWorld(world);
  for (const away_s of [20, 200]) {
    await vi.advanceTimersByTimeAsync(away_s * SECOND);
    world = await startWorld({ path: world.path, script: world.script });
    await live(world);
    await stopWorld(world);
  }
  const store = await openStore({ path: world.path });
  expect((await replayed(store)).differences).toEqual([]);
  expect(await store.gaps(0, START * 2)).not.toEqual([]);
  await store.close();
});

test('a planted difference is found in its place', async () => {
  stopTime();
  const world = await startWorld();
  await live(world);
  await stopWorld(world);
  const { path } = world;
  let store = await openStore({ path });
  const down = (await store.transitions(0, START * 2)).find(({ to }) => to === 'major_outage');
  await store.close();
  const moved_ms = 7 * SECOND;
  editFile(path, (handle) =>
    handle
      .prepare("update transition set since = since - ? where to_state = 'major_outage'")
      .run(moved_ms),
  );
  store = await openStore({ path });
  const { differences } = await replayed(store);
  const since = down?.since ?? 0;
  expect(differences).toEqual([
    {
      component: 'bureau.query',
      from: since - moved_ms,
      to: since,
      recorded: 'major_outage',
      derived: 'operational',
    },
  ]);
  await store.close();
});

test('of a check that paused for all that is kept nothing is compared', async () => {
  const store = await openStore({ path: temporaryPath() });
  const since = START - 5 * DAY;
  const status = { component: 'bureau.query', state: 'operational', since } as const;
  const rest = { notes: [], measured_at: null, valid_until: null };
  await store.record({
    components: [{ ...status, ...rest, recent: null, sync: null, last: null }],
    transitions: [transition(since, 'operational', 'bureau.query')],
  });
  const span = { from: START - 4 * DAY, to: START, compare_until: START };
  expect((await replayed(store, span)).differences).toEqual([]);
  await store.close();
});

test('announced windows are taken as they were; what was measured beside them agrees', async () => {
  stopTime();
  const world = await startWorld();
  const administrator = anAdministrator({ store: world.store, now: fakeClock.now });
  await world.pass(MINUTE);
  const from = Date.now() + 20 * SECOND;
  const plan = aPlan(['bureau.query'], from, from + 2 * MINUTE);
  const id = await administrator.announce(plan);
  await world.pass(30 * SECOND);
  world.script.runs = { 'bureau-query': { ...HTTP_503, outcome: 'maintenance' } };
  await world.pass(2 * MINUTE);
  await administrator.command(id, { name: 'end' });
  await world.pass(16 * MINUTE);
  world.script.runs = {};
  await world.pass(MINUTE);
  const told = await world.store.transitions(0, START * 2);
  const states = told.filter(({ component }) => component === 'bureau.query').map(({ to }) => to);
  expect(states).toContain('under_maintenance');
  expect(states.slice(-2)).toEqual(['major_outage', 'operational']);
  expect((await replayed(world.store)).differences).toEqual([]);
  await stopWorld(world);
});

test('while the database was locked, nothing of the ledger is lost or late', async () => {
  stopTime();
  const world = await startWorld({ patience_ms: 0 });
  await world.pass(65 * SECOND);
  const other = new Database(world.path);
  other.exec('begin immediate');
  world.script.runs = { 'bureau-query': HTTP_503 };
  await world.pass(48 * SECOND);
  world.script.runs = {};
  await world.pass(20 * SECOND);
  other.exec('rollback');
  other.close();
  await world.pass(30 * SECOND);
  expect((await replayed(world.store)).differences).toEqual([]);
  const told = await world.store.transitions(0, START * 2);
  expect(told.filter(({ component }) => component === 'bureau.query').map(({ to }) => to)).toEqual([
    'operational',
    'major_outage',
    'operational',
  ]);
  await stopCollector(world.collector);
  await world.store.close();
});

test('after steps of the clock, forth and back, nothing differs once it has settled', async () => {
  stopTime();
  let set_ms = 0;
  const clock = { now: () => Date.now() + set_ms, monotonic: () => Date.now() };
  const world = await startWorld({ clock });
  for (const by_ms of [HOUR, -30 * MINUTE]) {
    await world.pass(2 * MINUTE);
    set_ms += by_ms;
    await live(world);
    await world.pass(16 * MINUTE);
    await live(world);
  }
  expect((await replayed(world.store)).differences).toEqual([]);
  await stopCollector(world.collector);
  await world.store.close();
});

/** A second check of the query, on the same line. */
function twoQueries(): Configuration {
  const settings = configuration({ confirmations: 'auto' });
  const checks = settings.checks.flatMap((it) =>
    it.id === 'bureau-query' ? [it, { ...it, id: 'second' }] : [it],
  );
  return { ...settings, checks };
}

test.each([1, 2, 3])('what happens at random is derived again, seed %i', async (seed) => {
  stopTime();
  const settings = twoQueries();
  const random = createRandom(seed);
  let world = await startWorld({ settings });
  for (let round = 0; round < 40; round += 1) {
    for (const check of ['bureau-query', 'second', 'shop-upload']) {
      const duration_ms = Math.round(200 + 4_000 * random());
      if (random() < 0.3) world.script.runs[check] = { ...HTTP_503, duration_ms };
      else if (random() < 0.8) world.script.runs[check] = { duration_ms: 200 };
    }
    await world.pass(Math.round(25 * SECOND * random()));
    if (random() < 0.05) {
      await stopWorld(world);
      await vi.advanceTimersByTimeAsync(Math.round(2 * MINUTE * random()));
      world = await startWorld({ settings, path: world.path, script: world.script });
    }
  }
  expect((await replayed(world.store, { site: siteOf(settings) })).differences).toEqual([]);
  await stopWorld(world);
});
