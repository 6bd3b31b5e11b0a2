import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import { START } from './configuration.ts';
import { event, post, SENDERS, SILENT, startSilent, sync } from './posting.ts';
import { startWorld, stopWorld } from './world.ts';

test('an event posted twice counts once, and its journey moves the watermark', async () => {
  const world = await startSilent();
  const first = event({ at: new Date(START - 10 * SECOND).toISOString() });
  expect(await post(world, [first])).toEqual({
    status: 200,
    body: { accepted: 1, duplicate: 0, refused: 0, lines: [{ line: 1, status: 'accepted' }] },
  });
  expect(await post(world, [first, event({ type: 'issued' })])).toMatchObject({
    status: 200,
    body: { accepted: 1, duplicate: 1 },
  });
  // Another key for the same invoice is another event, but the invoice is followed once.
  expect(await post(world, [{ ...first, key: 'another' }])).toMatchObject({
    body: { accepted: 1 },
  });
  const waiting = await world.store.journeys({ limit: 10 });
  expect(waiting.map(({ accepted_at, state }) => [accepted_at, state])).toEqual([
    [START - 10 * SECOND, 'waiting'],
    [START, 'waiting'],
  ]);
  expect(await sync(world)).toMatchObject({ waiting: 2, watermark_at: null });

  await world.pass(20 * SECOND);
  world.script.finding = 'found';
  await world.pass(20 * SECOND);
  const arrived = await world.store.journeys({ state: 'arrived', limit: 10 });
  expect(arrived).toHaveLength(2);
  expect(arrived.map(({ number }) => number)).toEqual([null, null]);
  expect(await sync(world)).toMatchObject({ waiting: 0, sample: 2, watermark_at: START });
  // Of two nobody can say what half of all take.
  expect((await sync(world))?.delays).toMatchObject({ n: 2, median_ms: null });
  // Told once more after it has arrived, it is not followed again.
  expect(await post(world, [{ ...first, key: 'late' }])).toMatchObject({ body: { accepted: 1 } });
  expect(await world.store.journeys({ limit: 10 })).toHaveLength(2);
  expect(await sync(world)).toMatchObject({ waiting: 0, sample: 2 });
  expect(await world.telemetry.text()).toContain(
    'fapiao_ingest_events_total{token="sender",result="duplicate"} 1',
  );
  await stopWorld(world);
});

test('an event is remembered over a restart', async () => {
  const world = await startSilent();
  const told = event();
  await post(world, [told]);
  await stopWorld(world);
  const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  expect(await post(again, [told])).toMatchObject({ status: 200, body: { duplicate: 1 } });
  await stopWorld(again);
});

test.for(['rejected', 'voided'] as const)(
  'an invoice that was %s is waited for no longer',
  async (type) => {
    const world = await startSilent();
    const accepted = event();
    const end = event({ type, number: accepted.number });
    await post(world, [accepted]);
    expect(await post(world, [end])).toMatchObject({ body: { accepted: 1 } });
    expect(await world.store.journeys({ limit: 10 })).toMatchObject([
      { state: type, number: null },
    ]);
    expect(await sync(world)).toMatchObject({ waiting: 0, lost: 0 });
    // What its system says of an invoice we never followed changes nothing; all in one body comes
    // to the same.
    const both = event();
    await post(world, [event({ type }), both, event({ type, number: both.number })]);
    const states = (await world.store.journeys({ limit: 10 })).map(({ state }) => state);
    expect(states).toEqual([type, type]);
    // An invoice taken back is no broken promise, after a restart neither.
    await stopWorld(world);
    const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
    await again.pass(2 * MINUTE);
    const due = await again.store.rollupCounts('hour', 0, START * 2);
    expect(due.filter(({ check }) => check === 'bureau-sync')).toEqual([]);
    await stopWorld(again);
  },
);

test('a thousand events in one body are taken', async () => {
  const world = await startSilent();
  const { body } = await post(
    world,
    Array.from({ length: 1_000 }, () => event()),
  );
  expect(body).toMatchObject({ accepted: 1_000 });
  expect(await sync(world)).toMatchObject({ waiting: 1_000, sample: 1_000 });
  await stopWorld(world);
});

test('nothing that is kept tells the key or, once it has arrived, the number', async () => {
  const world = await startSilent();
  const told = event({ key: 'order-4711' });
  await post(world, [told]);
  world.script.finding = 'found';
  await world.pass(20 * SECOND);
  expect(await world.store.journeys({ limit: 10 })).toMatchObject([{ state: 'arrived' }]);
  const kept = JSON.stringify([await world.store.journeys({ limit: 10 }), world.complaints]);
  expect(kept).not.toContain(told.number);
  expect(kept).not.toContain('4711');
  await stopWorld(world);
});
