import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { anAdministrator, aPlan } from './administrator.ts';
import { configuration, START } from './configuration.ts';
import { resumeRecorder } from './recording.ts';
import { fakeClock, HTTP_503, startWorld, stopTime, stopWorld, type World } from './world.ts';

const SCOPE = ['bureau.query', 'bureau.sync'];

async function statesOf({ store }: World) {
  const components = await store.components();
  return Object.fromEntries(components.map(({ component, state }) => [component, state]));
}

async function lastTransition({ store }: World, component: string) {
  const all = await store.transitions(0, START * 2);
  return all.findLast((it) => it.component === component);
}

async function toldOf({ store }: World, id: string) {
  return (await store.maintenance(id))?.updates.map(({ code }) => code);
}

async function startWithAdministrator() {
  stopTime();
  const world = await startWorld();
  const administrator = anAdministrator({ store: world.store, now: fakeClock.now });
  await world.pass(MINUTE);
  return { world, administrator };
}

const ALL_WELL = {
  'bureau.query': 'operational',
  'bureau.sync': 'operational',
  'shop.upload': 'operational',
};
const COVERED = {
  ...ALL_WELL,
  'bureau.query': 'under_maintenance',
  'bureau.sync': 'under_maintenance',
};

test('what an administrator does is seen within a second, by the whole scope', async () => {
  const { world, administrator } = await startWithAdministrator();
  const { store, script } = world;
  const from = START + 3 * MINUTE;
  const id = await administrator.announce(aPlan(SCOPE, from, from + 2 * MINUTE));
  await world.pass(MINUTE);
  expect(await statesOf(world)).toEqual(ALL_WELL);

  await world.pass(MINUTE + SECOND);
  expect(await statesOf(world)).toEqual(COVERED);
  expect(await lastTransition(world, 'bureau.sync')).toMatchObject({
    since: from,
    cause: 'window',
  });

  // It answers with a maintenance page, and what was uploaded does not arrive.
  script.runs['bureau-query'] = { ...HTTP_503, outcome: 'maintenance' };
  script.finding = 'absent';
  await administrator.command(id, {
    name: 'extend',
    announced_until: from + 5 * MINUTE,
  });
  await world.pass(4 * MINUTE);
  expect(await statesOf(world)).toEqual(COVERED);
  // Nothing could be measured, yet it is said by somebody who is there.
  for (const { valid_until } of await store.components())
    expect(valid_until).toBeGreaterThan(Date.now());

  await administrator.command(id, { name: 'end' });
  const ended_at = Date.now();
  await world.pass(SECOND);
  // What was measured shows: nothing that could be judged, and nothing that arrived.
  expect(await statesOf(world)).toEqual({
    ...ALL_WELL,
    'bureau.query': 'unknown',
    'bureau.sync': 'partial_outage',
  });
  script.runs = {};
  script.finding = 'found';
  await world.pass(3 * MINUTE);
  expect(await statesOf(world)).toEqual(ALL_WELL);
  const { since = 0 } = (await lastTransition(world, 'bureau.query')) ?? {};
  expect(since).toBeGreaterThanOrEqual(ended_at);
  // What was uploaded meanwhile was held back; it catches up from the first that arrived.
  const arrived = await store.journeys({ state: 'arrived', limit: 1_000 });
  const arrivals = arrived.flatMap((it) => it.first_present_at ?? []);
  const back_at = Math.min(...arrivals.filter((it) => it > ended_at));
  const syncs = (await store.transitions(ended_at, START * 2, 'bureau.sync')).slice(1);
  expect(syncs.map(({ to, since }) => [to, since])).toEqual([
    ['partial_outage', ended_at],
    ['degraded_performance', back_at],
    ['operational', expect.any(Number)],
  ]);
  expect(await toldOf(world, id)).toEqual([
    'announced',
    'started',
    'extended',
    'ended',
    'completed',
  ]);
  expect(await store.incidents({ limit: 10 })).toEqual([]);
  expect(await store.alerts({ limit: 10 })).toEqual([]);
  expect(await store.integrityProblems()).toEqual([]);
  await stopWorld(world);
});

test('started early it counts from the word, over a restart too', async () => {
  const { world, administrator } = await startWithAdministrator();
  const id = await administrator.announce(aPlan(SCOPE, START + HOUR, START + 2 * HOUR));
  await world.pass(400);
  await administrator.command(id, { name: 'start' });
  const word_at = Date.now();
  await world.pass(SECOND);
  expect(await statesOf(world)).toEqual(COVERED);
  expect(await lastTransition(world, 'bureau.query')).toMatchObject({ since: word_at });
  // Every other answer fails: never two in a row.
  for (let i = 0; i < 16; i += 1) {
    world.script.runs = i % 2 ? { 'bureau-query': HTTP_503 } : {};
    await world.pass(15 * SECOND);
  }
  world.script.runs = {};
  const { path } = world;
  await stopWorld(world);

  const again = await startWorld({ path });
  const after = anAdministrator({ store: again.store, now: fakeClock.now });
  await again.pass(MINUTE);
  expect(await statesOf(again)).toEqual(COVERED);
  await after.command(id, { name: 'end' });
  await again.pass(3 * MINUTE);
  expect(await statesOf(again)).toEqual(ALL_WELL);
  expect(await toldOf(again, id)).toEqual(['announced', 'started', 'ended', 'completed']);
  // What never stood still counts from the end.
  const { actual_until } = (await again.store.maintenance(id)) ?? {};
  expect(await lastTransition(again, 'bureau.sync')).toMatchObject({ since: actual_until });
  expect(await again.store.incidents({ limit: 10 })).toEqual([]);
  await stopWorld(again);
});

test('when an administrator is quicker, the next second decides anew', async () => {
  const { world, administrator } = await startWithAdministrator();
  const { store, pass } = world;
  const from = Date.now() + MINUTE;
  const id = await administrator.announce(aPlan(SCOPE, from, from + HOUR));
  await stopWorld({ ...world, store: { ...store, close: async () => {} } });
  await pass(MINUTE);

  const read = store.maintenances;
  let between: (() => Promise<void>) | null = () => administrator.command(id, { name: 'cancel' });
  const { recorder } = await resumeRecorder(store, configuration(), {
    store: {
      ...store,
      // The administrator cancels after the collector has read and before it writes.
      async maintenances(filter) {
        const seen = await read(filter);
        await between?.();
        between = null;
        return seen;
      },
    },
  });
  await recorder.time();
  await recorder.time();
  expect(await store.maintenance(id)).toMatchObject({ status: 'cancelled', actual_from: null });
  expect((await toldOf(world, id))?.at(-1)).toBe('cancelled');
  expect((await statesOf(world))['bureau.query']).not.toBe('under_maintenance');
  expect(await store.integrityProblems()).toEqual([]);
  await store.close();
});
