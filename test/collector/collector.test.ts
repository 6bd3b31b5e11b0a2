import { expect, test, vi } from 'vitest';
import type { Result } from '../../model/result.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { HTTP_503, START, startWorld, stopTime, stopWorld, type World } from './world.ts';

async function resultsOf({ store }: World, check: string): Promise<Result[]> {
  return store.results({ check, from: 0, to: START * 2, limit: 10_000 });
}

async function stateOf({ store }: World, component: string) {
  return (await store.components()).find((it) => it.component === component)?.state;
}

async function transitionsOf({ store }: World, component: string) {
  const all = await store.transitions(0, START * 2);
  return all.filter((it) => it.component === component);
}

test('everything is measured once within three seconds, then at its slots', async () => {
  stopTime();
  const world = await startWorld();
  expect(await stateOf(world, 'bureau.query')).toBe('unknown');
  await world.pass(3 * SECOND);
  expect(await stateOf(world, 'bureau.query')).toBe('operational');
  expect(await stateOf(world, 'shop.upload')).toBe('operational');
  await world.pass(5 * MINUTE);
  const slots = (await resultsOf(world, 'bureau-query')).map((it) => it.slot_at);
  const regular = slots.slice(1).map((at, i) => at - (slots[i] ?? 0));
  expect(regular.slice(1).every((distance) => distance === 15 * SECOND)).toBe(true);
  expect(slots.length).toBeGreaterThanOrEqual(20);
  // A result speaks until the second next slot, plus the deadline.
  const query = (await world.store.components()).find((it) => it.component === 'bureau.query');
  expect(query?.valid_until).toBe((slots.at(-1) ?? 0) + 2 * 15 * SECOND + 8 * SECOND);
  expect(await world.store.integrityProblems()).toEqual([]);
  await stopWorld(world);
});

test('a fault becomes an incident after a confirming slot, and is over after two good results', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(2 * MINUTE);
  world.script.runs['bureau-query'] = HTTP_503;
  const injected_at = Date.now();
  await world.pass(15 * SECOND + 10 * SECOND + 8 * SECOND);
  const [opened] = await world.store.incidents({ limit: 10 });
  const failing = (await resultsOf(world, 'bureau-query')).filter((it) => it.outcome !== 'ok');
  expect(failing[1]).toMatchObject({
    confirming: true,
    slot_at: (failing[0]?.slot_at ?? 0) + 10 * SECOND,
  });
  expect(opened).toMatchObject({ system: 'bureau', status: 'investigating', impact: 'critical' });
  const [down] = (await transitionsOf(world, 'bureau.query')).slice(-1);
  expect(down).toMatchObject({
    to: 'major_outage',
    since: failing[0]?.slot_at,
    cause_ref: `bureau-query@${failing[1]?.slot_at}`,
  });
  // The budget: interval + max(10 s, deadline) + deadline.
  expect((down?.recorded_at ?? 0) - injected_at).toBeLessThanOrEqual(33 * SECOND);

  delete world.script.runs['bureau-query'];
  await world.pass(MINUTE);
  const [closed] = await world.store.incidents({ limit: 10 });
  expect(closed?.updates.map((it) => it.code)).toEqual(['opened', 'recovered', 'resolved']);
  expect(await world.store.integrityProblems()).toEqual([]);
  await stopWorld(world);
});

test('no confirming slot where a regular one comes first, and none after the check fails', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(30 * SECOND);
  world.script.runs['shop-upload'] = HTTP_503;
  await world.pass(2 * MINUTE);
  const bad = (await resultsOf(world, 'shop-upload')).filter((it) => it.outcome !== 'ok');
  expect(bad.length).toBeGreaterThan(5);
  expect(bad.every((it) => !it.confirming)).toBe(true);
  await stopWorld(world);
});

test('a slot that finds its predecessor running is a timeout at once', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(MINUTE);
  world.script.runs['shop-upload'] = { duration_ms: 12 * SECOND };
  await world.pass(25 * SECOND);
  const overlaps = (await resultsOf(world, 'shop-upload')).filter((it) => it.reason === 'overlap');
  expect(overlaps[0]).toMatchObject({ outcome: 'timeout', duration_ms: 0 });
  await stopWorld(world);
});

test('a confirming run that is slow but in time is no overlap for the regular slot after it', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(MINUTE);
  world.script.runs['bureau-query'] = HTTP_503;
  const bad = async () =>
    (await resultsOf(world, 'bureau-query')).filter((it) => it.outcome !== 'ok');
  while ((await bad()).length === 0) await world.pass(SECOND);
  world.script.runs['bureau-query'] = { duration_ms: 7 * SECOND };
  await world.pass(MINUTE);
  const confirmed = (await resultsOf(world, 'bureau-query')).find((it) => it.confirming);
  expect(confirmed).toMatchObject({ outcome: 'ok', duration_ms: 7 * SECOND });
  expect(await bad()).toHaveLength(1);
  expect(await world.store.incidents({ limit: 9 })).toEqual([]);
  await stopWorld(world);
});

test('a system that stops being measured expires, back-dated to when its last result ran out', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(MINUTE);
  world.script.runs['bureau-query'] = { outcome: 'throttled', reason: 'http_status' };
  const before = (await world.store.components()).find((it) => it.component === 'bureau.query');
  await world.pass(90 * SECOND);
  const [last] = (await transitionsOf(world, 'bureau.query')).slice(-1);
  expect(last).toMatchObject({ to: 'unknown', cause: 'expired' });
  expect(last?.since).toBeGreaterThanOrEqual(before?.valid_until ?? 0);
  expect((last?.recorded_at ?? 0) - (last?.since ?? 0)).toBeLessThanOrEqual(1_001);
  await stopWorld(world);
});

test('after a short pause nothing is said; after a long one there is a gap and a back-dated unknown', async () => {
  stopTime();
  const first = await startWorld();
  await first.pass(MINUTE);
  await stopWorld(first);
  const second = await startWorld({ path: first.path });
  await second.pass(20 * SECOND);
  expect(await second.store.gaps(0, START * 2)).toEqual([]);
  const status = (await second.store.components()).find((it) => it.component === 'shop.upload');
  await stopWorld(second);

  const heartbeat_at = Date.now() - 10 * SECOND;
  vi.setSystemTime(Date.now() + 10 * MINUTE);
  const third = await startWorld({ path: first.path });
  const [gap] = await third.store.gaps(0, START * 2);
  expect(gap).toMatchObject({ cause: 'restart', to: Date.now() });
  expect(Math.abs((gap?.from ?? 0) - heartbeat_at)).toBeLessThanOrEqual(10 * SECOND);
  const [unknown] = (await transitionsOf(third, 'shop.upload')).slice(-1);
  expect(unknown).toMatchObject({ to: 'unknown', cause: 'gap', recorded_at: Date.now() });
  expect(unknown?.since).toBeGreaterThanOrEqual(status?.valid_until ?? 0);
  expect(unknown?.since).toBeLessThan(gap?.to ?? 0);
  await third.pass(5 * SECOND);
  expect(await third.store.alerts({ limit: 10 })).toEqual([]);
  expect(await stateOf(third, 'shop.upload')).toBe('operational');
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
  expect(await stateOf(world, 'shop.upload')).toBe('operational');
  await stopWorld(world);
});

test('stopping waits for runs under way, but not for ever', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(MINUTE);
  world.script.runs['shop-upload'] = { duration_ms: 3 * SECOND };
  world.script.runs['bureau-query'] = { duration_ms: 60 * SECOND };
  await world.pass(16 * SECOND);
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
  const stopped = second.collector.stop();
  await second.pass(10 * SECOND);
  await stopped;
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
    expect(synced).toMatchObject({ n: arrived.length, outcomes: { ok: arrived.length } });
  }
  await second.store.close();
});

test('what is scraped names every function from the start and tells the last result', async () => {
  stopTime();
  const world = await startWorld();
  expect(await world.telemetry.text()).toContain(
    'fapiao_function_state{system="bureau",function="sync"} 0',
  );
  world.script.runs['bureau-query'] = HTTP_503;
  await world.pass(4 * SECOND);
  const text = await world.telemetry.text();
  const labels = 'system="bureau",function="query",check="bureau-query",line="local"';
  expect(text).toContain(`probe_success{${labels}} 0`);
  expect(text).toContain(`probe_duration_seconds{${labels}} 0.2`);
  expect(text).toContain(`probe_http_status_code{${labels}} 503`);
  expect(text).toContain(`fapiao_check_total{${labels},outcome="system"} 1`);
  expect(text).toContain('fapiao_function_state{system="shop",function="upload"} 1');
  // A run that was spoilt here counts, but is no measurement.
  world.script.runs['bureau-query'] = { outcome: 'self', reason: 'worker_died' };
  await world.pass(20 * SECOND);
  const spoilt = await world.telemetry.text();
  expect(spoilt).toContain(`fapiao_check_total{${labels},outcome="self"}`);
  expect(spoilt).toContain(`probe_http_status_code{${labels}} 503`);
  expect(text).toContain('fapiao_invoice_pending{system="bureau",stage="queryable"} 1');
  await stopWorld(world);
});
