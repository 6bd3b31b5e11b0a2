import { expect, test, vi } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import { START } from './configuration.ts';
import { event, SENDERS, SILENT, startSilent, sync } from './posting.ts';
import { arriving, isoAt, tellOf } from './telling.ts';
import { startWorld, statusOf, stopTime, stopWorld, transitionsOf, type World } from './world.ts';

const journeys = (world: World) => world.store.journeys({ limit: 10 });

test('an event told late is no look: what nobody watched stays unknown', async () => {
  const world = await startSilent();
  await tellOf(world, arriving(-10_000, -4_000));
  const [accepted, queryable] = arriving(0, 2 * MINUTE);
  await tellOf(world, [accepted]);
  await world.pass(30 * SECOND);
  expect(await statusOf(world, 'bureau.sync')).toMatchObject({ state: 'operational' });
  world.script.finding = 'failed';
  await world.pass(10 * MINUTE);
  const unknown = await statusOf(world, 'bureau.sync');
  expect(unknown.state).toBe('unknown');
  const told = await transitionsOf(world, 'bureau.sync');
  await tellOf(world, [queryable]);
  await world.pass(5 * SECOND);
  expect((await journeys(world)).map((it) => it.first_present_at)).toContain(START + 2 * MINUTE);
  const after = await statusOf(world, 'bureau.sync');
  expect(after).toMatchObject({ state: 'unknown', since: unknown.since });
  expect(after.measured_at).toBe(unknown.measured_at);
  expect(await transitionsOf(world, 'bureau.sync')).toEqual(told);
  await stopWorld(world);
  const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  await again.pass(5 * SECOND);
  expect(await transitionsOf(again, 'bureau.sync')).toEqual(told);
  // One that is told at once says of now what a look would, and nothing of before.
  const ms = Date.now() - START;
  await tellOf(again, arriving(ms - 5_000, ms - 1_000));
  expect(await statusOf(again, 'bureau.sync')).toMatchObject({
    state: 'operational',
    since: START + ms,
  });
  expect((await transitionsOf(again, 'bureau.sync')).slice(0, told.length)).toEqual(told);
  await stopWorld(again);
});

/** Six that were accepted 5 s before the start, and are not there 3 minutes after it. */
async function stalledWorld(): Promise<World> {
  const world = await startSilent();
  await tellOf(
    world,
    Array.from({ length: 6 }, () => event({ at: isoAt(-5 * SECOND) })),
  );
  await world.pass(3 * MINUTE);
  // The fifth is overdue after 10 s.
  expect(await statusOf(world, 'bureau.sync')).toMatchObject({
    state: 'partial_outage',
    since: START + 5 * SECOND,
  });
  return world;
}

test('after a stall, an event that one arrived ends it like a look that found it', async () => {
  const world = await stalledWorld();
  const [stalled] = await journeys(world);
  await tellOf(world, [event({ system: 'bureau', type: 'queryable', number: stalled?.number })]);
  await world.pass(SECOND);
  expect(await statusOf(world, 'bureau.sync')).toMatchObject({
    state: 'degraded_performance',
    since: START + 3 * MINUTE,
    course: { phase: 'catching_up' },
  });
  await stopWorld(world);
});

test('what arrived before a stall began does not end it, also after a start', async () => {
  const world = await stalledWorld();
  const unchanged = { state: 'partial_outage', since: START + 5 * SECOND };
  await tellOf(world, arriving(-6 * SECOND, 2 * SECOND));
  await world.pass(SECOND);
  expect(await statusOf(world, 'bureau.sync')).toMatchObject(unchanged);
  expect(await sync(world)).toMatchObject({ waiting: 6, last_arrival_at: START + 2 * SECOND });
  await stopWorld(world);
  // It goes on with the first answers, though nothing tells yet that none arrives now.
  vi.setSystemTime(START + 20 * MINUTE);
  const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  await again.pass(30 * SECOND);
  await tellOf(again, arriving(-7 * SECOND, 3 * SECOND));
  expect(await statusOf(again, 'bureau.sync')).toMatchObject({
    state: 'partial_outage',
    course: { phase: 'stalled', stall: { since: START + 5 * SECOND } },
  });
  await stopWorld(again);
});

test('one accepted after all that stand still says that the sync went on', async () => {
  const world = await stalledWorld();
  await tellOf(world, arriving(-SECOND, 2 * SECOND));
  await world.pass(SECOND);
  // Six are overdue, and known from now on to be no stall.
  expect(await statusOf(world, 'bureau.sync')).toMatchObject({
    state: 'degraded_performance',
    since: START + 3 * MINUTE,
  });
  await stopWorld(world);
});

test('one that was taken for lost has arrived if an event says so', async () => {
  stopTime();
  const policy = { lost_after_ms: 5 * MINUTE };
  const script = { ...SILENT, finding: 'failed' as const };
  const world = await startWorld({ policy, ingest: SENDERS, script });
  const [accepted, queryable] = arriving(0, 2 * MINUTE);
  const [other] = arriving(0, 0);
  await tellOf(world, [accepted, other]);
  await world.pass(6 * MINUTE);
  expect((await journeys(world)).map(({ state }) => state)).toEqual(['lost', 'lost']);
  expect(await sync(world)).toMatchObject({ lost: 2, last_arrival_at: null });
  await tellOf(world, [queryable]);
  const arrived = { lost: 1, waiting: 0, last_arrival_at: START + 2 * MINUTE };
  expect(await sync(world)).toMatchObject(arrived);
  const states = (await journeys(world)).map((it) => [it.state, it.first_present_at]);
  expect(states).toContainEqual(['arrived', START + 2 * MINUTE]);
  await stopWorld(world);
  const parts = { path: world.path, policy, ingest: SENDERS, script };
  const again = await startWorld(parts);
  await again.pass(2 * MINUTE);
  expect(await sync(again)).toMatchObject(arrived);
  await stopWorld(again);
});
