import { expect, test, vi } from 'vitest';
import type { OwnCondition } from '../../collector/judging/own-trouble.ts';
import { judgedBy } from '../../collector/replay/judged-by.ts';
import { replayKept } from '../../collector/replay/kept.ts';
import { createReplayWatch } from '../../collector/replay-watch.ts';
import { siteOf } from '../../collector/state/site.ts';
import type { Configuration, Policy } from '../../model/configuration.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { quiet } from '../platform/quiet.ts';
import { editFile } from '../store/temporary.ts';
import { configuration } from './configuration.ts';
import { HTTP_503, startWorld, stopTime, stopWorld, transitionsOf, type World } from './world.ts';

/** 02:40 in China: twenty minutes before the ledger of the night is compared. */
const NIGHT = Date.parse('2026-11-02T18:40:00.000Z');
const WRONG = 'the ledger differs from what the results say';

/** Little is kept, so that little is judged again. */
function settingsWith(policy: Partial<Policy> = {}): Configuration {
  const { retention, ...settings } = configuration(policy);
  return { ...settings, retention: { ...retention, results_ms: 2 * HOUR } };
}

/** A world in which the bureau has been down for a minute. */
async function startNight(): Promise<World> {
  stopTime(NIGHT);
  const world = await startWorld({ settings: settingsWith() });
  await world.pass(MINUTE);
  world.script.runs = { 'bureau-query': HTTP_503 };
  await world.pass(MINUTE);
  world.script.runs = {};
  await world.pass(MINUTE);
  return world;
}

/** Says behind everybody's back that the outage began seven seconds before, or does no more. */
function moveOutage({ path }: Pick<World, 'path'>, by_s: number): void {
  editFile(path, (handle) =>
    handle
      .prepare("update transition set since = since + ? where to_state = 'major_outage'")
      .run(by_s * SECOND),
  );
}

/** Judging again takes no time here, but turns. */
async function untilTold({ store, pass }: World): Promise<void> {
  for (let i = 0; i < 600 && (await store.openOwnTroubles()).length === 0; i += 1) {
    await pass(SECOND / 10);
    for (let turns = 0; turns < 20; turns += 1) await new Promise((next) => setImmediate(next));
  }
}

async function replayed({ store }: World, policy = {}) {
  const { retention } = settingsWith();
  const site = siteOf(settingsWith(policy));
  return await replayKept({ store, site, retention, pause: async () => {} });
}

test('every night the ledger is compared once, and what differed may agree again', async () => {
  const world = await startNight();
  await world.pass(15 * MINUTE);
  await stopWorld(world);
  vi.useRealTimers();
  const store = await openStore({ path: world.path });
  let now = NIGHT + 19 * MINUTE;
  const conditions: OwnCondition[] = [];
  const watch = createReplayWatch({
    store,
    site: siteOf(settingsWith()),
    retention: settingsWith().retention,
    recorder: { condition: async (condition) => void conditions.push(condition) },
    clock: { now: () => now, monotonic: () => now },
    log: quiet,
  });
  const nights = [];
  for (const moved_s of [0, -7, 7]) {
    await watch.tick();
    nights.push(conditions.splice(0).map(({ is_failing }) => is_failing));
    moveOutage(world, moved_s);
    now += nights.length === 1 ? 11 * MINUTE : DAY;
    await watch.tick();
    nights.push(conditions.splice(0).map(({ is_failing }) => is_failing));
  }
  expect(nights).toEqual([[], [false], [], [true], [], [false]]);
  await store.close();
});

test('a difference is told with its place, and goes on after a restart', async () => {
  let world = await startNight();
  const down = (await transitionsOf(world, 'bureau.query')).find(({ to }) => to === 'major_outage');
  const since = down?.since ?? 0;
  moveOutage(world, -7);
  await world.pass(16 * MINUTE);
  expect(await world.store.openOwnTroubles()).toEqual([]);
  await world.pass(MINUTE);
  await untilTold(world);
  const place = `component=bureau.query from_at=${since - 7_000} to_at=${since}`;
  const detail = `ledger_differs n=1 ${place} recorded=major_outage derived=operational`;
  const trouble = { kind: 'ledger', line: null, until: null, detail };
  expect(await world.store.openOwnTroubles()).toMatchObject([trouble]);
  const [alert] = await world.store.alerts({ open: true, limit: 9 });
  expect(alert).toMatchObject({ kind: 'own', subject: 'ledger', error: detail });
  await world.pass(2 * SECOND);
  const metrics = await world.telemetry.text();
  expect(metrics).toContain('fapiao_own_trouble{kind="ledger",line=""} 1');
  expect(world.complaints.splice(0)).toEqual([WRONG]);
  await stopWorld(world);

  world = await startWorld({ path: world.path, settings: settingsWith() });
  await world.pass(MINUTE);
  expect(await world.store.openOwnTroubles()).toMatchObject([trouble]);
  expect(await world.store.alerts({ open: true, limit: 9 })).toMatchObject([{ id: alert?.id }]);
  await stopWorld(world);
});

test('one that fails is tried again, and a start does not wait for the night', async () => {
  const world = await startNight();
  await world.pass(17 * MINUTE);
  moveOutage(world, -7);
  await stopWorld(world);
  vi.useRealTimers();
  const store = await openStore({ path: world.path });
  let now = Date.parse('2026-11-03T04:00:00.000Z');
  const conditions: OwnCondition[] = [];
  let fails = true;
  const watch = createReplayWatch({
    store: {
      ...store,
      judge: async () => {
        if (fails) throw new Error('database is locked');
        return await store.judge();
      },
    },
    site: siteOf(settingsWith()),
    retention: settingsWith().retention,
    recorder: { condition: async (condition) => void conditions.push(condition) },
    clock: { now: () => now, monotonic: () => now },
    log: quiet,
  });
  now += 11 * MINUTE;
  await expect(watch.tick()).rejects.toThrow('locked');
  fails = false;
  await watch.tick();
  expect(conditions).toEqual([]);
  now += 11 * MINUTE;
  await watch.tick();
  await watch.tick();
  expect(conditions.map(({ is_failing }) => is_failing)).toEqual([true]);
  await store.close();
});

test('what others judged is not compared, and two days beside it', async () => {
  let world = await startNight();
  moveOutage(world, -7);
  await world.pass(15 * MINUTE);
  expect((await replayed(world))?.differences).toHaveLength(1);
  expect(await replayed(world, { confirmations: 3 })).toBeNull();
  await stopWorld(world);

  const restarted_at = Date.now();
  world = await startWorld({ path: world.path, settings: settingsWith({ confirmations: 3 }) });
  await world.pass(15 * MINUTE);
  expect(await replayed(world)).toBeNull();
  const compared_from = restarted_at + 2 * DAY;
  expect(await replayed(world, { confirmations: 3 })).toEqual({
    from: compared_from,
    to: compared_from,
    differences: [],
  });
  await stopWorld(world);
});

test('what judges depends on each check and policy, and on nothing else', () => {
  const by = (policy = {}) => judgedBy(siteOf(configuration(policy)));
  expect(by()).toBe(by());
  expect(by()).toMatch(/^[0-9a-f]{16}$/);
  expect(by({ slow_ms: 1_501 })).not.toBe(by());
  const [first, ...rest] = configuration().checks;
  const rarer = { ...first, schedule: '*/20 * * * * *' } as typeof first;
  const site = siteOf({ ...configuration(), checks: [...(rarer ? [rarer] : []), ...rest] });
  expect(judgedBy(site)).not.toBe(by());
  const elsewhere = configuration().checks.map((it) => ({ ...it, zone: 'Europe/Berlin' }));
  expect(judgedBy(siteOf({ ...configuration(), checks: elsewhere }))).not.toBe(by());
  const { page } = configuration();
  const renamed = { ...configuration(), page: { ...page, contact: 'other@example.invalid' } };
  expect(judgedBy(siteOf(renamed))).toBe(by());
});
