import { expect, test, vi } from 'vitest';
import { decodeSketch, quantile } from '../../model/sketch.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { configuration, START } from './configuration.ts';
import { event, post, SENDERS, SILENT, startSilent, sync } from './posting.ts';
import { startWorld, statusOf, stopTime, stopWorld, type World } from './world.ts';

const at = (ms: number) => new Date(START + ms).toISOString();
const journeys = (world: World) => world.store.journeys({ limit: 10 });

/** An invoice that was accepted, and the event that says when it could be queried. */
function arriving(accepted_ms: number, queryable_ms: number) {
  const accepted = event({ issued: '20261102080000', at: at(accepted_ms) });
  const queryable = { ...accepted, type: 'queryable', at: at(queryable_ms) };
  return [accepted, { ...queryable, key: `${accepted.key}/q` }];
}

/** Of all delays of arrivals: how many, and their sum in seconds, by their end and their start. */
async function delays(world: World, stage = 'queryable') {
  const text = await world.telemetry.text();
  const read = (name: string) =>
    Number(text.split(`${name}{system="bureau",stage="${stage}"} `)[1]?.split('\n')[0]);
  const seconds = 'fapiao_invoice_stage_delay_seconds';
  const at_least = 'fapiao_invoice_stage_delay_at_least_seconds';
  return [read(`${seconds}_count`), read(`${seconds}_sum`), read(`${at_least}_sum`)];
}

test('an event says when an invoice arrived: a point, without a look', async () => {
  const world = await startSilent();
  const [accepted, queryable] = arriving(-10_000, -4_000);
  await post(world, [accepted]);
  expect(await post(world, [queryable])).toMatchObject({ body: { accepted: 1 } });
  const told = {
    state: 'arrived',
    number: null,
    accepted_at: START - 10 * SECOND,
    last_absent_at: START - 4 * SECOND,
    first_present_at: START - 4 * SECOND,
    next_look_at: null,
    looks: 0,
  };
  expect(await journeys(world)).toMatchObject([told]);
  expect(await delays(world)).toEqual([1, 6, 6]);
  expect(await sync(world)).toMatchObject({ waiting: 0, watermark_at: START - 10 * SECOND });
  // Told again, or accepted again, it is what it was.
  await post(world, [
    { ...queryable, key: 'again' },
    { ...accepted, key: 'more' },
  ]);
  expect(await journeys(world)).toMatchObject([told]);
  expect(await delays(world)).toEqual([1, 6, 6]);
  await world.pass(30 * SECOND);
  const before = await statusOf(world, 'bureau.sync');
  expect(before.state).toBe('operational');
  await stopWorld(world);
  const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  expect((await statusOf(again, 'bureau.sync')).sync).toMatchObject({
    waiting: 0,
    watermark_at: START - 10 * SECOND,
    last_arrival_at: START - 4 * SECOND,
  });
  await stopWorld(again);
});

test('both in one body, in either order, come to what each alone would', async () => {
  const world = await startSilent();
  await post(world, [...arriving(-60_000, -30_000), ...arriving(-50_000, -45_000)]);
  expect((await journeys(world)).map((it) => it.first_present_at)).toEqual([
    START - 30 * SECOND,
    START - 45 * SECOND,
  ]);
  expect(await delays(world)).toEqual([2, 35, 35]);
  // Of one that was not accepted yet nothing is known: it is looked for once it is.
  const [accepted, queryable] = arriving(-20_000, -10_000);
  await post(world, [queryable]);
  await post(world, [accepted]);
  expect((await journeys(world)).map(({ state }) => state)).toEqual([
    'arrived',
    'arrived',
    'waiting',
  ]);
  await stopWorld(world);
});

test('what we saw ourselves is known better than an event of before', async () => {
  const world = await startSilent();
  const [accepted, queryable] = arriving(0, 1_000);
  await post(world, [accepted]);
  await world.pass(30 * SECOND);
  const [looked] = await journeys(world);
  expect(looked?.last_absent_at).toBeGreaterThan(START + 1_000);
  await post(world, [queryable]);
  expect(await journeys(world)).toMatchObject([{ state: 'waiting', number: accepted?.number }]);
  // One of after it is taken.
  await post(world, [{ ...queryable, key: 'after', at: at(29_999) }]);
  expect(await journeys(world)).toMatchObject([
    { state: 'arrived', last_absent_at: START + 29_999, first_present_at: START + 29_999 },
  ]);
  await stopWorld(world);
});

test('an event of when a look found it makes its bracket a point, within it only', async () => {
  const world = await startSilent();
  const first = arriving(-2, 0);
  const second = arriving(0, 0);
  await post(world, [first[0], second[0]]);
  await world.pass(12 * SECOND);
  world.script.finding = 'found';
  await world.pass(12 * SECOND);
  const found = await journeys(world);
  expect(found.map(({ state }) => state)).toEqual(['arrived', 'arrived']);
  const [from, to] = [found[0]?.last_absent_at ?? 0, found[0]?.first_present_at ?? 0];
  expect(to - from).toBeGreaterThan(2 * SECOND);
  const before = await delays(world);
  // Before it was seen not to be there, after it was seen, and as it is.
  for (const [key, ms] of [
    ['early', from - 1_000],
    ['late', to + 1],
  ] as const)
    await post(world, [{ ...first[1], key, at: new Date(ms).toISOString() }]);
  expect(await journeys(world)).toEqual(found);
  await post(world, [{ ...first[1], at: new Date(from + 1_000).toISOString() }]);
  const points = (await journeys(world)).map((it) => [it.last_absent_at, it.first_present_at]);
  expect(points).toContainEqual([from + 1_000, from + 1_000]);
  expect(points.filter(([absent, present]) => absent === present)).toHaveLength(1);
  // Once a point, it stays; it was counted when it was found.
  await post(world, [{ ...first[1], key: 'more', at: new Date(from + 500).toISOString() }]);
  expect((await journeys(world)).map((it) => [it.last_absent_at, it.first_present_at])).toEqual(
    points,
  );
  expect(await delays(world)).toEqual(before);
  const known = (await sync(world))?.delays;
  expect(known).toMatchObject({ n: 2 });
  await stopWorld(world);
  const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  expect((await sync(again))?.delays).toEqual(known);
  await stopWorld(again);
});

test('after a stall, an event that one arrived ends it like a look that found it', async () => {
  const world = await startSilent();
  const accepted = Array.from({ length: 6 }, () => event({ at: at(-5 * SECOND) }));
  await post(world, accepted);
  await world.pass(3 * MINUTE);
  expect((await statusOf(world, 'bureau.sync')).state).toBe('partial_outage');
  const { number } = accepted[0] ?? {};
  await post(world, [event({ type: 'queryable', number })]);
  await world.pass(SECOND);
  expect(await statusOf(world, 'bureau.sync')).toMatchObject({
    state: 'degraded_performance',
    course: { phase: 'catching_up' },
  });
  await stopWorld(world);
});

test('an arrival that is told late counts in the figures of its own time', async () => {
  const world = await startSilent();
  await post(world, arriving(-90 * MINUTE, -80 * MINUTE));
  await stopWorld(world);
  const read = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  await read.pass(2 * MINUTE);
  const rollups = await read.store.rollups('hour', 0, START * 2);
  const its = rollups.filter(({ check }) => check === 'bureau-sync');
  // At 00:40 in UTC, after 10 minutes.
  expect(its.map(({ from }) => (from - START) / MINUTE)).toEqual([-120]);
  const sketch = decodeSketch(its[0]?.delays ?? new Uint8Array());
  const median_ms = quantile(sketch, 0.5) ?? 0;
  // Sketches are right within 1 %.
  expect(Math.abs(median_ms / MINUTE - 10)).toBeLessThan(0.1);
  await stopWorld(read);
});

test('what came while we were away is known exactly, if an event says when', async () => {
  const world = await startSilent();
  const [accepted, queryable] = arriving(0, 5 * MINUTE);
  await post(world, [accepted]);
  await world.pass(30 * SECOND);
  await stopWorld(world);
  vi.setSystemTime(START + 10 * MINUTE);
  const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  expect(await again.store.gaps(START, START + 10 * MINUTE)).toMatchObject([{ cause: 'restart' }]);
  await post(again, [queryable]);
  expect(await journeys(again)).toMatchObject([{ first_present_at: START + 5 * MINUTE }]);
  expect(await delays(again)).toEqual([1, 300, 300]);
  await stopWorld(again);
});

test('where several follow a system, nobody knows which of them has it', async () => {
  stopTime();
  const one = configuration({}, SENDERS);
  const second = one.checks.flatMap((check) =>
    check.function === 'sync'
      ? [{ ...check, id: 'shop-sync', system: 'shop', looks_at: 'shop' }]
      : [],
  );
  const settings = { ...one, checks: [...one.checks, ...second] };
  const world = await startWorld({ settings, script: SILENT });
  await post(world, arriving(-10_000, -4_000));
  expect((await journeys(world)).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  await stopWorld(world);
});

test('every stage after the acceptance has its delay, once an event says when', async () => {
  const world = await startSilent();
  const [accepted, queryable] = arriving(-100_000, -60_000);
  const stage = (type: string, ms: number) => ({
    ...accepted,
    type,
    key: `${accepted?.key}/${type}`,
    at: at(ms),
  });
  await post(world, [accepted, stage('reviewed', -98_000), queryable]);
  // After it has arrived, too; what was applied for before it was accepted has no delay.
  await post(world, [stage('downloadable', -50_000), stage('verified', -10_000)]);
  await post(world, [stage('applied', -110_000), stage('sealed', -101_000)]);
  await post(world, [stage('downloadable', -50_000)]);
  expect(await delays(world, 'reviewed')).toEqual([1, 2, 2]);
  expect(await delays(world)).toEqual([1, 40, 40]);
  expect(await delays(world, 'downloadable')).toEqual([1, 50, 50]);
  expect(await delays(world, 'verified')).toEqual([1, 90, 90]);
  expect(await delays(world, 'sealed')).toEqual([0, 0, 0]);
  // Of one that is not followed nothing is known.
  await post(world, [event({ type: 'delivered' })]);
  expect(await delays(world, 'delivered')).toEqual([0, 0, 0]);
  await stopWorld(world);
});
