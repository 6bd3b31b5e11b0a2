import { expect, test, vi } from 'vitest';
import {
  journeyAfterLook,
  type LookReport,
  promisedJourney,
} from '../../collector/judging/journey.ts';
import type { Gap } from '../../model/component.ts';
import { asRange } from '../../model/delays.ts';
import { journeyDelay } from '../../model/journey.ts';
import { decodeSketch, quantile } from '../../model/sketch.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { journey, policy, T0 } from '../model/builders.ts';
import { START } from './configuration.ts';
import { startWorld, statusOf, stopTime, stopWorld, type World } from './world.ts';

const syncStatus = (world: World) => statusOf(world, 'bureau.sync');

test('an accepted invoice is followed until it arrives, and its number is forgotten', async () => {
  stopTime();
  const world = await startWorld({
    script: { runs: {}, finding: 'found', shows_after_ms: 12 * SECOND },
  });
  await world.pass(MINUTE);
  const arrived = await world.store.journeys({ state: 'arrived', limit: 100 });
  expect(arrived.length).toBeGreaterThanOrEqual(3);
  for (const it of arrived) {
    expect(it.number).toBeNull();
    const looks = await world.store.looks(it.id);
    expect(looks.map((look) => look.finding)).toEqual(['absent', 'absent', 'found']);
    const [, second, third] = looks;
    expect(it.last_absent_at).toBe(second?.started_at);
    expect(it.first_present_at).toBe((third?.started_at ?? 0) + 50);
  }
  const { state, sync } = await syncStatus(world);
  const waiting = await world.store.journeys({ state: 'waiting', limit: 100 });
  const oldest = Math.min(...waiting.map((it) => it.accepted_at));
  expect(state).toBe('operational');
  expect(sync).toMatchObject({ waiting: waiting.length, watermark_at: oldest - 1, lost: 0 });
  expect(sync?.sample).toBe(arrived.length + waiting.length);
  await stopWorld(world);
});

test('journeys go on over a restart: same bracket, no look lost or doubled', async () => {
  stopTime();
  const script = { runs: {}, finding: 'absent' as const, shows_after_ms: 0 };
  const first = await startWorld({ script });
  await first.pass(30 * SECOND);
  await stopWorld(first);
  const second = await startWorld({ path: first.path, script: { ...script } });
  const before = await second.store.journeys({ state: 'waiting', limit: 100 });
  expect(before.length).toBeGreaterThanOrEqual(3);
  second.script.finding = 'found';
  await second.pass(30 * SECOND);
  const after = await second.store.journeys({ state: 'arrived', limit: 100 });
  for (const it of before) {
    const same = after.find((other) => other.id === it.id);
    expect(same).toMatchObject({ accepted_at: it.accepted_at, looks: it.looks + 1 });
    expect(same?.last_absent_at).toBe(it.last_absent_at);
    expect(await second.store.looks(it.id)).toHaveLength(it.looks + 1);
  }
  await stopWorld(second);
});

test('a sync stalls when five wait and nothing arrives, and recovers', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(2 * MINUTE);
  const last_arrival_at = (await syncStatus(world)).sync?.last_arrival_at ?? 0;
  world.script.finding = 'absent';
  await world.pass(2 * MINUTE);
  const stalled = await syncStatus(world);
  expect(stalled.state).toBe('partial_outage');
  // The fifth of those accepted every 10 s is overdue after 10 s.
  expect(stalled.since).toBeGreaterThanOrEqual(last_arrival_at + 50 * SECOND);
  expect(stalled.since).toBeLessThanOrEqual(last_arrival_at + 70 * SECOND);
  expect(await world.store.incidents({ unresolved: true, limit: 9 })).toHaveLength(1);
  await stopWorld(world);

  // A restart does not make it forget since when nothing has arrived.
  const again = await startWorld({ path: world.path, script: world.script });
  await again.pass(20 * SECOND);
  expect(await syncStatus(again)).toMatchObject({ state: 'partial_outage', since: stalled.since });
  again.script.finding = 'found';
  await again.pass(90 * SECOND);
  expect((await syncStatus(again)).state).toBe('operational');
  expect(await again.store.incidents({ unresolved: true, limit: 9 })).toHaveLength(0);
  expect(await again.store.integrityProblems()).toEqual([]);
  await stopWorld(again);
});

test('no second look begins while one is under way', async () => {
  stopTime();
  const script = { runs: {}, finding: 'failed' as const, shows_after_ms: 0, look_ms: 4_000 };
  const world = await startWorld({ script });
  await world.pass(MINUTE);
  const waiting = await world.store.journeys({ state: 'waiting', limit: 100 });
  expect(waiting.some((it) => it.looks >= 3)).toBe(true);
  for (const { id } of waiting) {
    const starts = (await world.store.looks(id)).map((it) => it.started_at);
    const distances = starts.slice(1).map((at, i) => at - (starts[i] ?? 0));
    expect(distances.every((it) => it >= 9 * SECOND)).toBe(true);
  }
  await stopWorld(world);
});

test('failed looks never make a sync fail: it becomes unknown, and says so', async () => {
  stopTime();
  const world = await startWorld();
  await world.pass(2 * MINUTE);
  world.script.finding = 'failed';
  await world.pass(3 * MINUTE);
  const status = await syncStatus(world);
  expect(status.state).toBe('unknown');
  expect(status.notes).toMatchObject([{ code: 'look_unanswered' }]);
  expect(await world.store.incidents({ limit: 9 })).toEqual([]);
  // What nobody could see did not fail to arrive: it is operational again from the first answer on.
  world.script.finding = 'absent';
  const answered_from = Date.now();
  await world.pass(40 * SECOND);
  const again = await syncStatus(world);
  expect(again.state).toBe('operational');
  expect(again.since).toBeGreaterThanOrEqual(answered_from);
  await stopWorld(world);
});

test('an invoice that does not come is given up, leaves the watermark and is counted', async () => {
  stopTime();
  const world = await startWorld({
    policy: { lost_after_ms: 40 * SECOND, visible_within_ms: 20 * SECOND },
    script: { runs: {}, finding: 'absent', shows_after_ms: 0 },
  });
  await world.pass(MINUTE);
  const lost = await world.store.journeys({ state: 'lost', limit: 100 });
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.every((it) => it.number === null)).toBe(true);
  expect((await syncStatus(world)).sync?.lost).toBe(lost.length);
  await stopWorld(world);
});

test('looks stay within what the system allows', async () => {
  stopTime();
  const world = await startWorld({ script: { runs: {}, finding: 'absent', shows_after_ms: 0 } });
  await world.pass(5 * MINUTE);
  const waiting = await world.store.journeys({ state: 'waiting', limit: 1_000 });
  const looks = (await Promise.all(waiting.map((it) => world.store.looks(it.id)))).flat();
  const minutes = Map.groupBy(looks, (it) => Math.floor((it.started_at - START) / MINUTE));
  expect(looks.length).toBeGreaterThan(60);
  expect(Math.max(...[...minutes.values()].map((it) => it.length))).toBeLessThanOrEqual(60 + 10);
  await stopWorld(world);
});

const look = (finding: LookReport['finding'], started_at: number): LookReport => ({
  finding,
  started_at,
  duration_ms: 100,
  outcome: finding === 'failed' ? 'timeout' : 'ok',
  reason: null,
});

test('a failed look moves neither end of the bracket', () => {
  const absent = journeyAfterLook(journey(T0), look('absent', T0 + 5 * SECOND));
  const failed = journeyAfterLook(absent, look('failed', T0 + 10 * SECOND));
  const found = journeyAfterLook(failed, look('found', T0 + 15 * SECOND));
  expect(failed).toMatchObject({
    last_absent_at: T0 + 5 * SECOND,
    last_answered_at: T0 + 5_100,
    looks: 2,
  });
  expect(found).toMatchObject({
    last_absent_at: T0 + 5 * SECOND,
    first_present_at: T0 + 15_100,
    next_look_at: null,
    number: null,
  });
  // W6: it came after the last look that did not find it, and by the one that did.
  const bracket = { from_ms: 5_000, to_ms: 15_100 };
  expect(journeyDelay(found, [])).toEqual(bracket);
  const delayWith = (from: number, to: number) => {
    const gap: Gap = { from: T0 + from, to: T0 + to, cause: 'restart' };
    return journeyDelay(found, [gap]);
  };
  expect(delayWith(SECOND, 5 * SECOND)).toEqual(bracket);
  expect(delayWith(SECOND, 5_001)).toBeNull();
  expect(delayWith(15_099, 60 * SECOND)).toBeNull();
  expect(delayWith(15_100, 60 * SECOND)).toEqual(bracket);
});

test('W6: histograms have both ends of the bracket in which an invoice arrived', async () => {
  stopTime();
  const world = await startWorld({
    script: { runs: {}, finding: 'found', shows_after_ms: 12 * SECOND },
  });
  await world.pass(MINUTE);
  const lines = (await world.telemetry.text()).split('\n');
  const told = (series: string) =>
    Number(
      lines
        .filter((it) => it.includes('stage="queryable"'))
        .find((it) => it.startsWith(`fapiao_invoice_stage_delay_${series}`))
        ?.split(' ')[1],
    );
  const n = told('seconds_count');
  expect(n).toBeGreaterThanOrEqual(3);
  const arrived = await world.store.journeys({ state: 'arrived', limit: 100 });
  expect(n).toBe(arrived.length);
  const seconds = { absent: 0, found: 0 };
  for (const { id, accepted_at } of arrived) {
    const [last_absent, found] = (await world.store.looks(id)).slice(-2);
    if (!last_absent || !found) throw new Error('no bracket');
    seconds.absent += (last_absent.started_at - accepted_at) / SECOND;
    seconds.found += (found.started_at + found.duration_ms - accepted_at) / SECOND;
  }
  expect(told('at_least_seconds_sum')).toBeCloseTo(seconds.absent, 6);
  expect(told('seconds_sum')).toBeCloseTo(seconds.found, 6);
  const within = (of: string, s: number) =>
    told(`${of}_bucket{le="${s}",system="bureau",stage="queryable"}`);
  expect([within('at_least_seconds', 10), within('at_least_seconds', 30)]).toEqual([0, n]);
  await stopWorld(world);
});

test.each([
  { name: 'arrived in time', present_ms: HOUR, expected: [24 * HOUR, true, HOUR] },
  { name: 'at the last moment', present_ms: 24 * HOUR, expected: [24 * HOUR, true, 24 * HOUR] },
  { name: 'arrived late', present_ms: 30 * HOUR, expected: [24 * HOUR, false, null] },
  { name: 'not there', present_ms: null, expected: [24 * HOUR, false, null] },
])('W5: due when it was promised, whatever became of it: $name', ({ present_ms, expected }) => {
  const first_present_at = present_ms === null ? null : T0 + present_ms;
  const found = promisedJourney(journey(T0, { first_present_at }), policy, []);
  const arrived_at = found?.arrival ? found.arrival.at - T0 : null;
  expect(found && [found.due_at - T0, found.in_time, arrived_at]).toEqual(expected);
});

test.each(['rejected', 'voided'] as const)('one that was %s is never due', (state) => {
  expect(promisedJourney(journey(T0, { state }), policy, [])).toBeNull();
});

test('an invoice that came while we were away has no delay anywhere', async () => {
  stopTime();
  const first = await startWorld();
  await first.pass(MINUTE);
  first.script.finding = 'absent';
  await first.pass(30 * SECOND);
  await stopWorld(first);
  vi.setSystemTime(Date.now() + 20 * MINUTE);
  const second = await startWorld({ path: first.path });
  await second.pass(90 * SECOND);
  const arrived = await second.store.journeys({ state: 'arrived', limit: 100 });
  const waited = arrived.filter((it) => (it.first_present_at ?? 0) - it.accepted_at > 20 * MINUTE);
  expect(waited.length).toBeGreaterThan(2);
  const { sync } = await syncStatus(second);
  expect(asRange(sync?.delays?.p95_ms ?? 0).from).toBeLessThan(MINUTE);
  const buckets = (await second.telemetry.text()).match(
    /stage_delay_seconds_bucket.*le="60".*/,
  )?.[0];
  const count = (await second.telemetry.text()).match(/stage_delay_seconds_count.*/)?.[0];
  expect(count?.split(' ').at(-1)).toBe(buckets?.split(' ').at(-1));
  await second.pass(2 * MINUTE);
  const hours = await second.store.rollups('hour', START - HOUR, START + HOUR);
  const delays = hours.flatMap(({ check, delays }) =>
    check === 'bureau-sync' ? (delays ?? []) : [],
  );
  expect(delays.length).toBeGreaterThan(0);
  for (const it of delays) expect(quantile(decodeSketch(it), 1)).toBeLessThan(MINUTE);
  await stopWorld(second);

  // Nor is it read back.
  const third = await startWorld({ path: first.path });
  await third.pass(30 * SECOND);
  const { sync: read_back } = await syncStatus(third);
  expect(asRange(read_back?.delays?.p95_ms ?? 0).from).toBeLessThan(MINUTE);
  await stopWorld(third);
});
