import { expect, test, vi } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { anAdministrator, aPlan } from './administrator.ts';
import { START } from './configuration.ts';
import { ANY, event, post, SENDERS, SILENT } from './posting.ts';
import {
  fakeClock,
  HTTP_503,
  type Script,
  startWorld,
  statusOf,
  stopTime,
  stopWorld,
  transitionsOf,
  type World,
} from './world.ts';

const SYNC = 'bureau.sync';

/** Of which invoices arrive. */
async function started(script: Partial<Script> = {}): Promise<World> {
  stopTime();
  const world = await startWorld({
    script: { runs: {}, finding: 'found', shows_after_ms: 0, ...script },
  });
  await world.pass(2 * MINUTE);
  return world;
}

/** Stopped, and started again so much later. */
async function restarted(world: World, away_ms: number): Promise<World> {
  await stopWorld(world);
  vi.setSystemTime(Date.now() + away_ms);
  return await startWorld({ path: world.path, script: world.script });
}

const codesOf = async (world: World) => (await statusOf(world, SYNC)).notes.map(({ code }) => code);

test('what stood still goes on so: the same invoices, since the same time', async () => {
  const world = await started();
  world.script.finding = 'absent';
  await world.pass(2 * MINUTE);
  const before = await statusOf(world, SYNC);
  expect(before.course).toMatchObject({ phase: 'stalled', slow_since: null });
  const again = await restarted(world, SECOND);
  await again.pass(10 * SECOND);
  const { state, since, course } = await statusOf(again, SYNC);
  expect({ state, since, course }).toEqual({
    state: 'partial_outage',
    since: before.since,
    course: before.course,
  });
  await stopWorld(again);
});

test('what comes up with a stall goes on so, also after an hour of nothing known', async () => {
  const world = await started();
  world.script.finding = 'absent';
  await world.pass(20 * MINUTE);
  world.script.finding = 'found';
  await world.pass(10 * SECOND);
  expect(await codesOf(world)).toEqual(['catching_up']);
  world.script.finding = 'absent';
  const { course } = await statusOf(world, SYNC);
  const again = await restarted(world, HOUR);
  await again.pass(40 * SECOND);
  const after = await statusOf(again, SYNC);
  expect(after.notes).toMatchObject([{ code: 'catching_up' }]);
  expect(after.course?.stall).toEqual(course?.stall);
  await stopWorld(again);
});

test('a stall after it lost some, the same state as another ailment, goes on', async () => {
  const loses = (at: number) => at > START + MINUTE && at < START + 100 * SECOND;
  const world = await started({ loses });
  await world.pass(MINUTE);
  expect(await codesOf(world)).toEqual(['part_lost']);
  world.script.finding = 'absent';
  await world.pass(2 * MINUTE);
  expect(await codesOf(world)).toEqual(['stalled']);
  const rows = (await transitionsOf(world, SYNC)).map(({ to, notes }) => [to, notes[0]?.code]);
  expect(rows).toEqual([
    ['operational', undefined],
    ['partial_outage', 'part_lost'],
    ['partial_outage', 'stalled'],
  ]);
  const again = await restarted(world, HOUR);
  await again.pass(30 * SECOND);
  expect(await codesOf(again)).toEqual(['stalled']);
  await stopWorld(again);
});

test('what began to stand still in a maintenance goes on so after a restart', async () => {
  const world = await started();
  const administrator = anAdministrator({ store: world.store, now: fakeClock.now });
  const until = START + 3 * HOUR;
  const id = await administrator.announce(aPlan([SYNC], START + 3 * MINUTE, until));
  await world.pass(MINUTE + SECOND);
  world.script.finding = 'absent';
  await world.pass(2 * MINUTE);
  const measured = { code: 'maintenance', measured: 'partial_outage' };
  expect((await statusOf(world, SYNC)).notes).toMatchObject([measured]);
  const again = await restarted(world, HOUR);
  await again.pass(30 * SECOND);
  const { notes, course } = await statusOf(again, SYNC);
  expect(notes).toMatchObject([measured]);
  expect(course?.phase).toBe('stalled');
  await anAdministrator({ store: again.store, now: fakeClock.now }).command(id, { name: 'end' });
  await stopWorld(again);
});

test('after four quiet days it is known how far all had come, and that it worked', async () => {
  const world = await started();
  world.script.runs = { 'shop-upload': HTTP_503 };
  await world.pass(30 * SECOND);
  const { sync, measured_at } = await statusOf(world, SYNC);
  const again = await restarted(world, 4 * DAY);
  await again.pass(30 * SECOND);
  const quiet = await statusOf(again, SYNC);
  expect(quiet.state).toBe('unknown');
  expect(quiet.sync).toMatchObject({
    watermark_at: sync?.watermark_at,
    last_arrival_at: sync?.last_arrival_at,
  });
  again.script.finding = 'failed';
  again.script.runs = {};
  await again.pass(40 * SECOND);
  expect((await statusOf(again, SYNC)).notes).toEqual([
    { code: 'look_unanswered', last_answered_at: measured_at },
  ]);
  again.script.finding = 'absent';
  await again.pass(20 * SECOND);
  expect(await statusOf(again, SYNC)).toMatchObject({ state: 'operational', notes: [] });
  await stopWorld(again);
});

test('the last answer stays one although its invoice was withdrawn since', async () => {
  stopTime();
  const world = await startWorld({ ingest: SENDERS, script: SILENT });
  const withdrawn = event({ at: new Date(START - 20 * SECOND).toISOString() });
  const arrived = event({ at: new Date(START - 20 * SECOND).toISOString() });
  await post(world, [withdrawn, arrived], ANY);
  await world.pass(30 * SECOND);
  const came = { ...arrived, system: 'bureau', type: 'queryable', key: 'came' };
  await post(world, [{ ...came, at: new Date(START + 30 * SECOND).toISOString() }], ANY);
  // For five minutes only the other one is looked for.
  await world.pass(5 * MINUTE);
  const { measured_at } = await statusOf(world, SYNC);
  expect(measured_at).toBeGreaterThan(START + 4 * MINUTE);
  await post(world, [{ ...withdrawn, type: 'rejected', key: 'withdrawn' }], ANY);
  const again = await restarted(world, SECOND);
  await again.pass(2 * SECOND);
  const after = await statusOf(again, SYNC);
  expect(after.measured_at).toBe(measured_at);
  expect(after.state).not.toBe('unknown');
  await stopWorld(again);
});

test('what has been slow for a while is so after a restart, since it began', async () => {
  stopTime();
  const policy = { slow_wait_ms: 40 * SECOND, slow_over_ms: 5 * MINUTE, slow_for_ms: 3 * MINUTE };
  const script: Script = { runs: {}, finding: 'found', shows_after_ms: 55 * SECOND };
  const world = await startWorld({ policy, script });
  await world.pass(6 * MINUTE);
  const before = await statusOf(world, SYNC);
  expect(before.state).toBe('operational');
  expect(before.course?.slow_since).not.toBeNull();
  await stopWorld(world);
  const again = await startWorld({ path: world.path, policy, script });
  await again.pass(3 * MINUTE);
  const { state, since } = await statusOf(again, SYNC);
  expect({ state, since }).toEqual({
    state: 'degraded_performance',
    since: before.course?.slow_since,
  });
  await stopWorld(again);
});
