import { expect, test, vi } from 'vitest';
import { journeyId } from '../../model/journey-id.ts';
import { ownDetail } from '../../model/own-detail.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { journey } from '../model/builders.ts';
import { temporaryPath } from '../store/temporary.ts';
import { configuration, START } from './configuration.ts';
import { event, SENDERS, SILENT, startSilent, sync } from './posting.ts';
import { openSiteStore } from './recording.ts';
import { arriving, isoAt, tellOf } from './telling.ts';
import { startWorld, statusOf, stopTime, stopWorld, transitionsOf, type World } from './world.ts';

const journeys = (world: World) => world.store.journeys({ limit: 10 });
const number = '26000000000000999999';

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

test.each([
  ['forth', -40 * HOUR],
  ['back', -1_000],
])('an arrival across a clock that was set %s long before a start is no point', async (...of) => {
  stopTime();
  const path = temporaryPath();
  const { store } = await openSiteStore(configuration(), path);
  const set_at = START - 40 * HOUR;
  const detail = ownDetail({ code: 'clock_set', by_ms: of[1] });
  const waiting = journey(START - 50 * HOUR, {
    ...{ component: 'bureau.sync', check: 'bureau-sync' },
    id: journeyId({ installation: await store.installation(), component: 'bureau.sync', number }),
    number,
  });
  await store.record({
    heartbeat_at: START - SECOND,
    journeys: [waiting],
    gaps: of[0] === 'forth' ? [{ from: set_at - HOUR, to: set_at, cause: 'clock' }] : [],
    own_troubles:
      of[0] === 'back'
        ? [{ kind: 'clock', line: null, since: set_at, until: set_at + MINUTE, detail }]
        : [],
  });
  await store.close();
  const world = await startWorld({ path, ingest: SENDERS, script: SILENT });
  const [, queryable] = arriving(0, -30 * HOUR);
  await tellOf(world, [{ ...queryable, number, issued: '20261030080000' }]);
  expect(await journeys(world)).toMatchObject([
    { state: 'arrived', last_absent_at: null, first_present_at: START - 30 * HOUR },
  ]);
  const text = await world.telemetry.text();
  const name = 'fapiao_invoice_stage_delay_seconds_count{system="bureau",stage="queryable"}';
  expect(text).toContain(`${name} 0\n`);
  await stopWorld(world);
});

test('one that is told to have arrived in the moment in which it is lost is not lost', async () => {
  stopTime();
  const policy = { lost_after_ms: 5 * MINUTE };
  const world = await startWorld({ policy, ingest: SENDERS, script: SILENT });
  await tellOf(world, arriving(-10_000, -4_000));
  const [accepted, queryable] = arriving(0, 4 * MINUTE);
  await tellOf(world, [accepted]);
  await world.pass(4 * MINUTE);
  // Nothing has looked at time since.
  vi.setSystemTime(START + 6 * MINUTE);
  await tellOf(world, [queryable]);
  expect((await journeys(world)).map(({ state }) => state)).toEqual(['arrived', 'arrived']);
  expect(await sync(world)).toMatchObject({ lost: 0, waiting: 0 });
  await stopWorld(world);
});
