import { expect, test, vi } from 'vitest';
import { decodeSketch } from '../../model/sketch.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { START } from './configuration.ts';
import {
  HTTP_503,
  resultsOf,
  startWorld,
  statusOf,
  stopCollector,
  stopTime,
  stopWorld,
  transitionsOf,
} from './world.ts';

test('a short pause is nothing; a long one is a gap and a back-dated unknown', async () => {
  stopTime();
  const first = await startWorld();
  await first.pass(MINUTE);
  await stopWorld(first);
  const second = await startWorld({ path: first.path });
  await second.pass(20 * SECOND);
  expect(await second.store.gaps(0, START * 2)).toEqual([]);
  const judged = (await resultsOf(second, 'shop-upload')).at(-1)?.slot_at ?? 0;
  await stopWorld(second);

  const heartbeat_at = Date.now() - 10 * SECOND;
  vi.setSystemTime(Date.now() + 10 * MINUTE);
  const third = await startWorld({ path: first.path });
  const [gap] = await third.store.gaps(0, START * 2);
  expect(gap).toMatchObject({ cause: 'restart', to: Date.now() });
  expect(Math.abs((gap?.from ?? 0) - heartbeat_at)).toBeLessThanOrEqual(10 * SECOND);
  const [unknown] = (await transitionsOf(third, 'shop.upload')).slice(-1);
  expect(unknown).toMatchObject({ to: 'unknown', cause: 'gap', recorded_at: Date.now() });
  // The first slot without a result; one may have been recorded while stopping.
  expect([10, 20].map((seconds) => judged + seconds * SECOND)).toContain(unknown?.since);
  await third.pass(5 * SECOND);
  expect(await third.store.alerts({ limit: 10 })).toEqual([]);
  expect((await statusOf(third, 'shop.upload')).state).toBe('operational');
  expect(await third.store.integrityProblems()).toEqual([]);
  await stopWorld(third);
});

test('the time in which this process was suspended is a gap, without made-up results', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(MINUTE);
  const from = Date.now();
  vi.setSystemTime(from + 5 * MINUTE);
  await world.pass(20 * SECOND);
  const gaps = await world.store.gaps(0, START * 2);
  expect(gaps).toHaveLength(1);
  expect(gaps[0]).toMatchObject({ cause: 'suspended' });
  const during = (await resultsOf(world, 'shop-upload')).filter(
    (it) => it.slot_at > from + 10 * SECOND && it.slot_at < (gaps[0]?.to ?? 0),
  );
  expect(during).toEqual([]);
  expect(await world.store.integrityProblems()).toEqual([]);
  await stopWorld(world);
});

test('slots that a blocked process could not attend to are results of its own fault', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(MINUTE);
  vi.setSystemTime(Date.now() + 9 * SECOND);
  await world.pass(15 * SECOND);
  const missed = [
    ...(await resultsOf(world, 'shop-upload')),
    ...(await resultsOf(world, 'bureau-query')),
  ].filter((it) => it.outcome === 'self');
  expect(missed.length).toBeGreaterThan(0);
  expect(missed.every((it) => it.reason === 'missed_slot' && it.duration_ms === 0)).toBe(true);
  expect(await world.store.gaps(0, START * 2)).toEqual([]);
  expect((await statusOf(world, 'shop.upload')).state).toBe('operational');
  await stopWorld(world);
});

test('stopping waits for runs under way, but not for ever', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(MINUTE);
  world.script.runs['shop-upload'] = { duration_ms: 3 * SECOND };
  world.script.runs['bureau-query'] = { duration_ms: 60 * SECOND };
  await world.pass(10 * SECOND);
  while (world.line.runs.at(-1)?.check !== 'bureau-query') await world.pass(SECOND);
  const started = world.line.runs.slice();
  const stopping_at = Date.now();
  const stopped = world.collector.stop().then(() => Date.now());
  await world.pass(2 * MINUTE);
  expect((await stopped) - stopping_at).toBeLessThanOrEqual(5 * SECOND);
  expect(world.line.runs).toEqual(started);
  // The short run is there; the one that hung is not, because nobody knows how it ended.
  const slot_of = (check: string) => started.findLast((it) => it.check === check)?.slot_at ?? 0;
  const recorded = async (check: string) =>
    (await resultsOf(world, check)).some((it) => it.slot_at === slot_of(check));
  expect(await recorded('shop-upload')).toBe(true);
  expect(await recorded('bureau-query')).toBe(false);
  // Since then nothing was measured any more: if we stay away, the gap begins there.
  expect(await world.store.heartbeat()).toBe(stopping_at);
  await world.store.close();
  expect(world.complaints).toEqual([]);
});

test('hours and days hold exactly what the raw rows say, also over a restart', async () => {
  stopTime();
  const first = await startWorld();
  await first.pass(90 * SECOND);
  first.script.runs['bureau-query'] = HTTP_503;
  await first.pass(2 * MINUTE);
  await stopWorld(first);
  const second = await startWorld({ path: first.path });
  await second.pass(2 * MINUTE);
  await stopCollector(second.collector);
  for (const grain of ['hour', 'day'] as const) {
    const rollups = await second.store.rollups(grain, 0, START * 2);
    for (const check of ['shop-upload', 'bureau-query']) {
      const results = await resultsOf(second, check);
      const rollup = rollups.find((it) => it.check === check);
      expect(rollup?.n).toBe(results.length);
      expect(rollup?.outcomes.ok ?? 0).toBe(results.filter((it) => it.outcome === 'ok').length);
      expect(rollup?.outcomes.system ?? 0).toBe(
        results.filter((it) => it.outcome === 'system').length,
      );
    }
    const arrived = await second.store.journeys({ state: 'arrived', limit: 1_000 });
    const synced = rollups.find((it) => it.check === 'bureau-sync');
    expect(arrived.length).toBeGreaterThan(0);
    // W5: none is due before tomorrow.
    expect(synced).toMatchObject({ n: 0, outcomes: {} });
    expect(synced?.delays && decodeSketch(synced.delays).count).toBe(arrived.length);
  }
  await second.store.close();
});

test('started six hours late: one gap, unknown since the first slot of it, no alarm', async () => {
  stopTime();
  const first = await startWorld();
  await first.pass(2 * MINUTE);
  await stopWorld(first);
  const stopped_at = Date.now();
  vi.setSystemTime(stopped_at + 6 * HOUR);
  const second = await startWorld({ path: first.path });
  expect(await second.store.gaps(0, START * 2)).toMatchObject([
    { cause: 'restart', to: stopped_at + 6 * HOUR },
  ]);
  const judged = (await resultsOf(second, 'bureau-query')).at(-1)?.slot_at ?? 0;
  const [unknown] = (await transitionsOf(second, 'bureau.query')).slice(-1);
  expect(unknown).toMatchObject({ to: 'unknown', cause: 'gap', since: judged + 15 * SECOND });
  expect(unknown?.notes).toMatchObject([{ code: 'gap', cause: 'restart' }]);
  // An outage now is told after the second bad result.
  second.script.runs['bureau-query'] = HTTP_503;
  await second.pass(30 * SECOND);
  expect(await second.store.incidents({ limit: 9 })).toMatchObject([{ system: 'bureau' }]);
  expect((await second.store.alerts({ limit: 9 })).map(({ kind }) => kind)).toEqual(['state']);
  expect(await second.store.integrityProblems()).toEqual([]);
  await stopWorld(second);
});

test('a sync was not watched while we were away: a stall counts from the next answer', async () => {
  stopTime();
  const first = await startWorld();
  await first.pass(2 * MINUTE);
  first.script.finding = 'absent';
  await first.pass(50 * SECOND);
  await stopWorld(first);
  vi.setSystemTime(Date.now() + 30 * MINUTE);
  const second = await startWorld({ path: first.path, script: first.script });
  expect((await statusOf(second, 'bureau.sync')).state).toBe('unknown');
  await second.pass(40 * SECOND);
  expect((await statusOf(second, 'bureau.sync')).state).not.toMatch(/outage/);
  await second.pass(90 * SECOND);
  expect((await statusOf(second, 'bureau.sync')).state).toBe('partial_outage');
  await stopWorld(second);
});
