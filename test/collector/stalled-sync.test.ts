import { describe, expect, test, vi } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { startWorld, statusOf, stopTime, stopWorld, transitionsOf, type World } from './world.ts';

const SYNC = 'bureau.sync';

/** Stalled: invoices wait, and none has arrived for some minutes. */
async function stalled(): Promise<World> {
  stopTime();
  const world = await startWorld();
  await world.pass(2 * MINUTE);
  world.script.finding = 'absent';
  await world.pass(2 * MINUTE);
  expect((await statusOf(world, SYNC)).state).toBe('partial_outage');
  return world;
}

test('a sync that never showed an invoice stalls', async () => {
  stopTime();
  const world = await startWorld();
  world.script.finding = 'absent';
  await world.pass(MINUTE);
  expect((await statusOf(world, SYNC)).state).toBe('unknown');
  await world.pass(5 * MINUTE);
  expect((await statusOf(world, SYNC)).state).toBe('partial_outage');
  await stopWorld(world);
});

/** How nobody looked, or got an answer, until the sync was unknown. */
const BLIND: Record<string, (world: World) => Promise<World>> = {
  async 'looks that fail'(world) {
    world.script.finding = 'failed';
    await world.pass(4 * MINUTE);
    expect((await statusOf(world, SYNC)).state).toBe('unknown');
    return world;
  },
  async 'a restart'(world) {
    await stopWorld(world);
    vi.setSystemTime(Date.now() + HOUR);
    return await startWorld({ path: world.path, script: world.script });
  },
  async 'two restarts'(world) {
    await stopWorld(world);
    vi.setSystemTime(Date.now() + HOUR);
    const script = { ...world.script, finding: 'failed' as const };
    const blind = await startWorld({ path: world.path, script });
    await blind.pass(10 * SECOND);
    await stopWorld(blind);
    vi.setSystemTime(Date.now() + MINUTE);
    return await startWorld({ path: world.path, script: blind.script });
  },
};

describe.each(Object.entries(BLIND))('after %s', (_, blind) => {
  test('a stall goes on with the first answered look', async () => {
    const world = await blind(await stalled());
    expect((await statusOf(world, SYNC)).state).toBe('unknown');
    world.script.finding = 'absent';
    await world.pass(MINUTE);
    expect((await statusOf(world, SYNC)).state).toBe('partial_outage');
    const states = (await transitionsOf(world, SYNC)).map(({ to }) => to);
    expect(states).toEqual(['operational', 'partial_outage', 'unknown', 'partial_outage']);
    const [incident] = await world.store.incidents({ limit: 9 });
    expect(incident?.updates.map(({ code }) => code)).toEqual(['opened', 'unclear', 'known']);
    expect(await world.store.integrityProblems()).toEqual([]);
    await stopWorld(world);
  });

  test('with the first arrival it catches up, until fewer are overdue', async () => {
    const world = await blind(await stalled());
    world.script.finding = 'found';
    world.script.shows_after_ms = 0;
    // Those that wait for an hour are looked for every six minutes.
    await world.pass(8 * MINUTE);
    const states = (await transitionsOf(world, SYNC)).map(({ to }) => to);
    const after = ['degraded_performance', 'operational'];
    expect(states).toEqual(['operational', 'partial_outage', 'unknown', ...after]);
    const [incident] = await world.store.incidents({ limit: 9 });
    expect(incident?.status).toBe('resolved');
    await stopWorld(world);
  });
});

describe.each(Object.entries(BLIND))('what was not stalled, after %s', (_, blind) => {
  test('is not, although five wait and the first look finds nothing', async () => {
    stopTime();
    const first = await startWorld();
    await first.pass(MINUTE);
    first.script.finding = 'absent';
    // Nothing has arrived when nobody looks any more, but not for long enough.
    await first.pass(50 * SECOND);
    const world = await blind(first);
    world.script.finding = 'absent';
    await world.pass(40 * SECOND);
    const { state, sync } = await statusOf(world, SYNC);
    expect([state, (sync?.waiting ?? 0) >= 5]).toEqual(['operational', true]);
    await stopWorld(world);
  });
});
