import { expect, test, vi } from 'vitest';
import { decodeSketch, quantile } from '../../model/sketch.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { configuration, START } from './configuration.ts';
import { event, post, SENDERS, SILENT, startSilent, sync } from './posting.ts';
import { arriving, isoAt, tellOf } from './telling.ts';
import { startWorld, statusOf, stopTime, stopWorld, type World } from './world.ts';

const journeys = (world: World) => world.store.journeys({ limit: 10 });

/** Of all delays of arrivals: how many, and their sum in seconds, by their end and their start. */
async function delays(world: World, stage = 'queryable', system = 'bureau') {
  const text = await world.telemetry.text();
  const read = (name: string) =>
    Number(text.split(`${name}{system="${system}",stage="${stage}"} `)[1]?.split('\n')[0]);
  const seconds = 'fapiao_invoice_stage_delay_seconds';
  const at_least = 'fapiao_invoice_stage_delay_at_least_seconds';
  return [read(`${seconds}_count`), read(`${seconds}_sum`), read(`${at_least}_sum`)];
}

test('an event says when an invoice arrived: a point, without a look', async () => {
  const world = await startSilent();
  const [accepted, queryable] = arriving(-10_000, -4_000);
  await tellOf(world, [accepted]);
  expect(await tellOf(world, [queryable])).toMatchObject({ body: { accepted: 1 } });
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
  await tellOf(world, [
    { ...queryable, key: 'again' },
    { ...accepted, key: 'more' },
  ]);
  expect(await journeys(world)).toMatchObject([told]);
  expect(await delays(world)).toEqual([1, 6, 6]);
  await world.pass(30 * SECOND);
  const before = await statusOf(world, 'bureau.sync');
  expect(before).toMatchObject({ state: 'operational', since: START });
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
  const in_order = arriving(-60_000, -30_000);
  const turned = arriving(-50_000, -45_000).toReversed();
  expect(await tellOf(world, [...in_order, ...turned])).toMatchObject({ body: { accepted: 4 } });
  expect((await journeys(world)).map((it) => it.first_present_at)).toEqual([
    START - 30 * SECOND,
    START - 45 * SECOND,
  ]);
  expect(await delays(world)).toEqual([2, 35, 35]);
  // In two bodies nothing is known of one that was not accepted yet: it is looked for once it is.
  const [accepted, queryable] = arriving(-20_000, -10_000);
  await tellOf(world, [queryable]);
  await tellOf(world, [accepted]);
  expect((await journeys(world)).map(({ state }) => state)).toEqual([
    'arrived',
    'arrived',
    'waiting',
  ]);
  await stopWorld(world);
});

test('what is rejected before it is accepted is followed, in one body too', async () => {
  const world = await startSilent();
  const [accepted] = arriving(-10_000, -4_000);
  await tellOf(world, [{ ...accepted, key: 'no', type: 'rejected', at: isoAt(-20_000) }, accepted]);
  expect(await journeys(world)).toMatchObject([{ state: 'waiting' }]);
  await stopWorld(world);
});

test('it arrives where it is looked for: what its own system shows proves nothing', async () => {
  const world = await startSilent();
  const [accepted, queryable] = arriving(-10_000, -4_000);
  await tellOf(world, [accepted, { ...queryable, key: 'own', system: 'shop' }]);
  expect(await journeys(world)).toMatchObject([{ state: 'waiting' }]);
  // Who may post for the shop only may not say so.
  expect((await post(world, [queryable])).status).toBe(403);
  const of_bureau = { authorization: 'Bearer of-another-system' };
  expect((await post(world, [queryable], of_bureau)).body).toMatchObject({ accepted: 1 });
  expect(await journeys(world)).toMatchObject([{ state: 'arrived' }]);
  // What the bureau accepts is not followed: nobody said so.
  await post(world, [event({ system: 'bureau' })], of_bureau);
  expect(await journeys(world)).toHaveLength(1);
  await stopWorld(world);
});

test('where several follow a system, those arrive that are looked for there', async () => {
  stopTime();
  const one = configuration({}, SENDERS);
  const second = one.checks.flatMap((check) =>
    check.function === 'sync'
      ? [{ ...check, id: 'shop-sync', system: 'shop', looks_at: 'shop' }]
      : [],
  );
  const settings = { ...one, checks: [...one.checks, ...second] };
  const world = await startWorld({ settings, script: SILENT });
  const stateOf = async () =>
    Object.fromEntries((await journeys(world)).map(({ component, state }) => [component, state]));
  const [accepted, queryable] = arriving(-10_000, -4_000);
  await tellOf(world, [accepted, queryable]);
  expect(await stateOf()).toEqual({ 'bureau.sync': 'arrived', 'shop.sync': 'waiting' });
  await tellOf(world, [{ ...queryable, key: 'own', system: 'shop' }]);
  expect(await stateOf()).toEqual({ 'bureau.sync': 'arrived', 'shop.sync': 'arrived' });
  await stopWorld(world);
});

test('checks of one component follow each what is theirs, and look where they do', async () => {
  stopTime();
  const one = configuration({}, SENDERS);
  const [shop] = one.systems;
  if (!shop) throw new Error('no shop');
  const second = one.checks.flatMap((check) =>
    check.function === 'sync'
      ? [{ ...check, id: 'bureau-sync-2', follows: 'market', looks_at: 'archive' }]
      : [],
  );
  const systems = [...one.systems, ...['market', 'archive'].map((id) => ({ ...shop, id }))];
  const world = await startWorld({
    settings: { ...one, systems, checks: [...one.checks, ...second] },
    script: SILENT,
  });
  const [accepted, queryable] = arriving(-10_000, -4_000);
  await tellOf(world, [
    { ...accepted, amount: '1.00' },
    { ...queryable, system: 'archive' },
  ]);
  const [before] = await journeys(world);
  expect(before).toMatchObject({ state: 'waiting', check: 'bureau-sync' });
  // What another system did with it is no matter of this journey.
  const of_market = { ...accepted, system: 'market', at: isoAt(-3_000) };
  await tellOf(world, [
    { ...of_market, key: 'again', amount: '2.00' },
    { ...of_market, key: 'no', type: 'rejected' },
  ]);
  expect(await journeys(world)).toEqual([before]);
  await tellOf(world, [{ ...queryable, key: 'here' }]);
  expect(await journeys(world)).toMatchObject([{ state: 'arrived' }]);
  await stopWorld(world);
});

test('by a clock ahead of ours an arrival is no point, and a stage has no delay', async () => {
  const world = await startSilent();
  const [accepted, queryable] = arriving(-10_000, 30_000);
  const sealed = { ...accepted, type: 'sealed', key: 'sealed-ahead', at: isoAt(20_000) };
  await tellOf(world, [accepted, sealed, queryable]);
  expect(await journeys(world)).toMatchObject([
    { state: 'arrived', last_absent_at: null, first_present_at: START },
  ]);
  expect(await delays(world)).toEqual([1, 10, 0]);
  expect(await delays(world, 'sealed', 'shop')).toEqual([0, 0, 0]);
  // Less than a second is none.
  await tellOf(world, arriving(-20_000, 900));
  expect((await journeys(world))[0]).toMatchObject({ last_absent_at: START });
  expect(await delays(world)).toEqual([2, 30, 20]);
  await stopWorld(world);
});

test('what we saw ourselves is known better than an event of before', async () => {
  const world = await startSilent();
  const [accepted, queryable] = arriving(0, 1_000);
  await tellOf(world, [accepted]);
  await world.pass(30 * SECOND);
  const [looked] = await journeys(world);
  expect(looked?.last_absent_at).toBeGreaterThan(START + 1_000);
  await tellOf(world, [queryable]);
  expect(await journeys(world)).toMatchObject([{ state: 'waiting', number: accepted.number }]);
  // One of after it is taken.
  await tellOf(world, [{ ...queryable, key: 'after', at: isoAt(29_999) }]);
  expect(await journeys(world)).toMatchObject([
    { state: 'arrived', last_absent_at: START + 29_999, first_present_at: START + 29_999 },
  ]);
  await stopWorld(world);
});

test('what is told to arrive before it was accepted is misdated: it is looked for', async () => {
  const world = await startSilent();
  const [accepted, queryable] = arriving(-10_000, -10_001);
  await tellOf(world, [accepted, queryable]);
  expect(await journeys(world)).toMatchObject([{ state: 'waiting' }]);
  expect(await delays(world)).toEqual([0, 0, 0]);
  await tellOf(world, [{ ...queryable, key: 'at-once', at: isoAt(-10_000) }]);
  expect(await journeys(world)).toMatchObject([{ state: 'arrived' }]);
  expect(await delays(world)).toEqual([1, 0, 0]);
  await stopWorld(world);
});

test('an event of when a look found it makes its bracket a point, within it only', async () => {
  const world = await startSilent();
  const first = arriving(-2, 0);
  const second = arriving(0, 0);
  await tellOf(world, [first[0], second[0]]);
  await world.pass(12 * SECOND);
  world.script.finding = 'found';
  await world.pass(12 * SECOND);
  const found = await journeys(world);
  expect(found.map(({ state }) => state)).toEqual(['arrived', 'arrived']);
  const [from, to] = [found[0]?.last_absent_at ?? 0, found[0]?.first_present_at ?? 0];
  expect(to - from).toBeGreaterThan(2 * SECOND);
  const before = await delays(world);
  // Before it was seen not to be there, and after it was seen.
  for (const [key, ms] of [
    ['early', from - 1_000],
    ['late', to + 1],
  ] as const)
    await tellOf(world, [{ ...first[1], key, at: new Date(ms).toISOString() }]);
  expect(await journeys(world)).toEqual(found);
  await tellOf(world, [{ ...first[1], at: new Date(from + 1_000).toISOString() }]);
  const points = (await journeys(world)).map((it) => [it.last_absent_at, it.first_present_at]);
  expect(points).toContainEqual([from + 1_000, from + 1_000]);
  expect(points.filter(([absent, present]) => absent === present)).toHaveLength(1);
  // Once a point, it stays; it was counted when it was found.
  await tellOf(world, [{ ...first[1], key: 'more', at: new Date(from + 500).toISOString() }]);
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

test('an arrival that is told late counts in the figures of its own time', async () => {
  const world = await startSilent();
  await tellOf(world, arriving(-90 * MINUTE, -80 * MINUTE));
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

test('what was due before anybody told of it is counted when it was due', async () => {
  stopTime();
  const policy = { visible_within_ms: 20 * MINUTE };
  const world = await startWorld({ policy, ingest: SENDERS, script: SILENT });
  // After 10 minutes, after 30, and not yet.
  const in_time = arriving(-2 * HOUR, -110 * MINUTE);
  const too_late = arriving(-2 * HOUR, -90 * MINUTE);
  const [missing] = arriving(-2 * HOUR, 0);
  await tellOf(world, [...in_time, ...too_late, missing]);
  await world.pass(2 * MINUTE);
  const counted = async ({ store }: World) =>
    (await store.rollups('hour', 0, START * 2))
      .filter(({ check }) => check === 'bureau-sync')
      .map(({ from, outcomes }) => [(from - START) / HOUR, outcomes]);
  const due = [[-2, { ok: 1, timeout: 2 }]];
  expect(await counted(world)).toEqual(due);
  await stopWorld(world);
  const parts = { path: world.path, policy, ingest: SENDERS, script: SILENT };
  const again = await startWorld(parts);
  await again.pass(2 * MINUTE);
  expect(await counted(again)).toEqual(due);
  await stopWorld(again);
});

test('what came while we were away is known exactly, if an event says when', async () => {
  const world = await startSilent();
  const [accepted, queryable] = arriving(0, 5 * MINUTE);
  await tellOf(world, [accepted]);
  await world.pass(30 * SECOND);
  await stopWorld(world);
  vi.setSystemTime(START + 10 * MINUTE);
  const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  expect(await again.store.gaps(START, START + 10 * MINUTE)).toMatchObject([{ cause: 'restart' }]);
  await tellOf(again, [queryable]);
  expect(await journeys(again)).toMatchObject([{ first_present_at: START + 5 * MINUTE }]);
  expect(await delays(again)).toEqual([1, 300, 300]);
  await stopWorld(again);
});

test('every stage after the acceptance has its delay, once an event says when', async () => {
  const world = await startSilent();
  const [accepted, queryable] = arriving(-100_000, -60_000);
  const stage = (type: string, ms: number, key = type) => ({
    ...accepted,
    type,
    key: `${accepted.key}/${key}`,
    at: isoAt(ms),
  });
  await tellOf(world, [accepted, stage('reviewed', -98_000), queryable]);
  // After it has arrived, too; what was applied for before it was accepted has no delay.
  await tellOf(world, [stage('downloadable', -50_000), stage('verified', -10_000)]);
  await tellOf(world, [stage('applied', -110_000), stage('sealed', -101_000)]);
  await tellOf(world, [stage('downloadable', -50_000)]);
  // Of the system that reached it; told twice at once, it is one.
  await tellOf(world, [stage('delivered', -40_000), stage('delivered', -30_000, 'again')]);
  expect(await delays(world, 'reviewed', 'shop')).toEqual([1, 2, 2]);
  expect(await delays(world)).toEqual([1, 40, 40]);
  expect(await delays(world, 'downloadable', 'shop')).toEqual([1, 50, 50]);
  expect(await delays(world, 'verified', 'shop')).toEqual([1, 90, 90]);
  expect(await delays(world, 'delivered', 'shop')).toEqual([1, 60, 60]);
  expect(await delays(world, 'sealed', 'shop')).toEqual([0, 0, 0]);
  expect(await delays(world, 'delivered')).toEqual([0, 0, 0]);
  // Of one that is not followed nothing is known.
  await tellOf(world, [event({ type: 'issued' }), event({ type: 'delivered' })]);
  expect(await delays(world, 'delivered', 'shop')).toEqual([1, 60, 60]);
  await stopWorld(world);
});
