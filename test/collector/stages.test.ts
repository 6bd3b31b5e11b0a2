import { expect, test, vi } from 'vitest';
import { Unrecordable } from '../../collector/recording/outage.ts';
import type { InvoiceEvent } from '../../model/event.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { configuration, START } from './configuration.ts';
import { openFailingStore } from './failing-store.ts';
import { ANY, event, post, SENDERS, SILENT, startSilent } from './posting.ts';
import { resumeRecorder } from './recording.ts';
import { startWorld, stopTime, stopWorld, type World } from './world.ts';

const at = (ms: number) => new Date(START + ms).toISOString();

/** The event that begins the journey of an invoice, and others of the same invoice. */
function invoiceAt(ms: number, type = 'accepted') {
  const begun = event({ type, issued: '20261102080000', at: at(ms) });
  const its = (stage: string, stage_ms: number, key = stage) => ({
    ...begun,
    type: stage,
    key: `${begun.key}/${key}`,
    at: at(stage_ms),
  });
  return { begun, its };
}

/** What is stored of all followed invoices: the stage, when after START, and the delay. */
async function rows({ store }: Pick<World, 'store'>) {
  const journeys = await store.journeys({ limit: 100 });
  const reached = await store.reachedStages(journeys.map(({ id }) => id));
  return reached.map(({ stage, at: reached_at, delay_ms }) => [
    stage,
    reached_at - START,
    delay_ms,
  ]);
}

/** How many delays of the stage metrics have counted, and their sum in seconds. */
async function counted({ telemetry }: World, stage: string) {
  const text = await telemetry.text();
  const read = (name: string) => {
    const row = `fapiao_invoice_stage_delay_seconds_${name}{system="shop",stage="${stage}"} `;
    return Number(text.split(row)[1]?.split('\n')[0]);
  };
  return [read('count'), read('sum')];
}

test('each stage after the acceptance is stored, with when and after how long', async () => {
  const world = await startSilent();
  const { begun, its } = invoiceAt(-100_000);
  await post(world, [begun, its('reviewed', -98_000), its('issued', -90_000)]);
  await post(world, [{ ...its('queryable', -60_000), system: 'bureau' }], ANY);
  await post(world, [its('downloadable', -50_000)]);
  // Before its acceptance: known, but of no length. What was before all that is of nobody's use.
  await post(world, [its('sealed', -101_000), its('applied', -110_000), its('requested', -1_000)]);
  await post(world, [its('delivered', -100_000), its('verified', -10_000)]);
  expect(await rows(world)).toEqual([
    ['reviewed', -98_000, 2_000],
    ['issued', -90_000, 10_000],
    ['sealed', -101_000, null],
    ['delivered', -100_000, 0],
    ['downloadable', -50_000, 50_000],
    ['verified', -10_000, 90_000],
  ]);
  const [journey] = await world.store.journeys({ limit: 1 });
  const kept = await world.store.reachedStages([journey?.id ?? '']);
  expect(kept[0]).toMatchObject({ check: 'bureau-sync', simulated: false });
  expect(JSON.stringify(kept)).not.toContain(begun.number);
  // Of an invoice that is not followed nothing is kept.
  await post(world, [event({ type: 'delivered' })]);
  expect(await rows(world)).toHaveLength(6);
  await stopWorld(world);
});

test('told again, late or otherwise it counts once, also over a restart', async () => {
  const world = await startSilent();
  const { begun, its } = invoiceAt(-100_000);
  await post(world, [begun]);
  await post(world, [its('issued', -90_000), its('issued', -80_000, 'in one body')]);
  await post(world, [its('issued', -90_000, 'again'), its('issued', -95_000, 'otherwise')]);
  expect(await rows(world)).toEqual([['issued', -90_000, 10_000]]);
  expect(await counted(world, 'issued')).toEqual([1, 10]);
  await stopWorld(world);
  vi.setSystemTime(START + 10 * MINUTE);
  const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  await post(again, [its('issued', 0, 'later'), its('sealed', 60_000)]);
  expect(await rows(again)).toEqual([
    ['issued', -90_000, 10_000],
    ['sealed', 60_000, 160_000],
  ]);
  expect(await counted(again, 'issued')).toEqual([0, 0]);
  expect(await counted(again, 'sealed')).toEqual([1, 160]);
  await stopWorld(again);
});

test('what began a journey has no delay, and is not reached again', async () => {
  const world = await startSilent();
  const { begun, its } = invoiceAt(-100_000, 'issued');
  await post(world, [begun, its('accepted', -70_000), its('issued', -40_000, 'again')]);
  await post(world, [its('issued', -30_000, 'more'), its('sealed', -90_000)]);
  expect(await rows(world)).toEqual([
    ['issued', -100_000, null],
    ['sealed', -90_000, 10_000],
  ]);
  expect(await counted(world, 'issued')).toEqual([0, 0]);
  await stopWorld(world);
});

test('that what began a journey was reached is known', async () => {
  const world = await startSilent();
  await post(world, [invoiceAt(-100_000, 'issued').begun, invoiceAt(-90_000).begun]);
  const waiting = await world.store.waitingAtStages();
  expect(waiting.map(({ stage, n }) => [stage, n])).toEqual([
    ['accepted', 1],
    ['issued', 1],
  ]);
  await stopWorld(world);
});

test('told at the latest it is reached, and when is taken from who says so later', async () => {
  const world = await startSilent();
  const { begun, its } = invoiceAt(-100_000);
  const at_latest = { at_latest: true };
  await post(world, [begun, { ...its('sealed', -40_000), ...at_latest }]);
  expect(await rows(world)).toEqual([['sealed', -40_000, null]]);
  expect(await world.store.waitingAtStages()).toMatchObject([{ stage: 'sealed', n: 1 }]);
  expect(await counted(world, 'sealed')).toEqual([0, 0]);
  // After that it contradicts what was told first; another upper limit says no more.
  await post(world, [its('sealed', -39_000, 'late')]);
  await post(world, [{ ...its('sealed', -50_000, 'before'), ...at_latest }]);
  expect(await rows(world)).toEqual([['sealed', -40_000, null]]);
  await post(world, [its('sealed', -90_000, 'exactly')]);
  await post(world, [its('sealed', -95_000, 'otherwise')]);
  expect(await rows(world)).toEqual([['sealed', -90_000, 10_000]]);
  expect(await counted(world, 'sealed')).toEqual([1, 10]);
  await stopWorld(world);
});

test('since an acceptance of which only the latest time is known nothing has a delay', async () => {
  const world = await startSilent();
  const { begun, its } = invoiceAt(-50_000);
  await post(world, [{ ...begun, at_latest: true }, its('reviewed', -70_000)]);
  await stopWorld(world);
  const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  await post(again, [its('sealed', -40_000)]);
  expect(await rows(again)).toEqual([
    ['reviewed', -50_000, null],
    ['sealed', -40_000, null],
  ]);
  expect(await again.store.waitingAtStages()).toMatchObject([{ stage: 'sealed', n: 1 }]);
  expect(await counted(again, 'sealed')).toEqual([0, 0]);
  await stopWorld(again);
});

test('of an invoice that was withdrawn nothing more is kept', async () => {
  const world = await startSilent();
  const { begun, its } = invoiceAt(-100_000);
  await post(world, [begun, its('reviewed', -90_000)]);
  await post(world, [its('rejected', -80_000)]);
  // Corrected, under the same number.
  await post(world, [its('accepted', -20_000, 'again'), its('issued', -10_000)]);
  expect(await rows(world)).toEqual([['reviewed', -90_000, 10_000]]);
  expect(await counted(world, 'issued')).toEqual([0, 0]);
  await stopWorld(world);
});

test('in one body it may stand before the acceptance; posted before it is not kept', async () => {
  const world = await startSilent();
  const first = invoiceAt(-100_000);
  await post(world, [first.its('sealed', -90_000), first.begun]);
  expect(await rows(world)).toEqual([['sealed', -90_000, 10_000]]);
  const second = invoiceAt(-50_000);
  await post(world, [second.its('sealed', -40_000)]);
  await post(world, [second.begun]);
  expect(await rows(world)).toHaveLength(1);
  await stopWorld(world);
});

test('of an invoice that a check uploaded too, since it was accepted', async () => {
  stopTime();
  const script = { runs: {}, finding: 'absent', shows_after_ms: 0 } as const;
  const world = await startWorld({ ingest: SENDERS, script: { ...script } });
  await world.pass(MINUTE);
  const [journey] = await world.store.journeys({ state: 'waiting', limit: 1 });
  const { number, accepted_at = 0 } = journey ?? {};
  const when = new Date(accepted_at + 7 * SECOND).toISOString();
  await post(world, [event({ type: 'sealed', number, at: when })]);
  expect(await rows(world)).toEqual([['sealed', accepted_at + 7 * SECOND - START, 7_000]]);
  await stopWorld(world);
});

test('each that follows a system has it, and metrics count it once', async () => {
  stopTime();
  const one = configuration({}, SENDERS);
  const second = one.checks.flatMap((check) =>
    check.function === 'sync'
      ? [{ ...check, id: 'shop-sync', system: 'shop', looks_at: 'shop' }]
      : [],
  );
  const settings = { ...one, checks: [...one.checks, ...second] };
  const world = await startWorld({ settings, script: SILENT });
  const { begun, its } = invoiceAt(-100_000);
  await post(world, [begun, its('sealed', -90_000), its('downloadable', -80_000)]);
  const both = [
    ['sealed', -90_000, 10_000],
    ['downloadable', -80_000, 20_000],
  ];
  expect(await rows(world)).toEqual([...both, ...both]);
  const waiting = await world.store.waitingAtStages();
  expect(waiting.map(({ component, stage, n }) => [component, stage, n]).sort()).toEqual([
    ['bureau.sync', 'downloadable', 1],
    ['shop.sync', 'downloadable', 1],
  ]);
  expect(await counted(world, 'downloadable')).toEqual([1, 20]);
  await stopWorld(world);
});

test('when it is known better when an invoice arrived, its stages stay', async () => {
  const world = await startSilent();
  const { begun, its } = invoiceAt(0);
  await post(world, [begun, its('sealed', 0)]);
  await world.pass(12 * SECOND);
  world.script.finding = 'found';
  await world.pass(12 * SECOND);
  const [found] = await world.store.journeys({ limit: 1 });
  expect(found?.state).toBe('arrived');
  const exactly = (found?.first_present_at ?? 0) - START - 1;
  const queryable = { ...its('queryable', exactly), system: 'bureau' };
  await post(world, [queryable, its('verified', exactly + 1)], ANY);
  const [known] = await world.store.journeys({ limit: 1 });
  expect(known).toMatchObject({ last_absent_at: START + exactly, accepted_at: START });
  expect(await rows(world)).toEqual([
    ['sealed', 0, 0],
    ['verified', exactly + 1, exactly + 1],
  ]);
  await stopWorld(world);
});

test('those that wait are known after a restart, too, and forgotten with the results', async () => {
  const world = await startSilent();
  const [first, second, third] = [invoiceAt(-90_000), invoiceAt(-80_000), invoiceAt(-70_000)];
  await post(world, [first.begun, first.its('reviewed', -60_000), second.begun]);
  await post(world, [third.begun, third.its('reviewed', -50_000), third.its('sealed', -40_000)]);
  const known = [
    { stage: 'accepted', n: 1, oldest_accepted_at: START - 80_000 },
    { stage: 'reviewed', n: 1, oldest_accepted_at: START - 90_000 },
    { stage: 'sealed', n: 1, oldest_accepted_at: START - 70_000 },
  ];
  expect(await world.store.waitingAtStages()).toMatchObject(known);
  await stopWorld(world);
  const again = await startWorld({ path: world.path, ingest: SENDERS, script: SILENT });
  expect(await again.store.waitingAtStages()).toMatchObject(known);
  const queryable = { ...second.its('queryable', -10_000), system: 'bureau' };
  await post(again, [third.its('voided', -10_000), queryable], ANY);
  expect(await again.store.waitingAtStages()).toMatchObject([known[1] ?? {}]);
  expect(await again.store.prune('results', START, 100)).toBe(2);
  expect(await rows(again)).toEqual([['reviewed', -60_000, 30_000]]);
  expect(await again.store.integrityProblems()).toEqual([]);
  await stopWorld(again);
});

test('while nothing can be written, nothing of it is kept, afterwards all of it', async () => {
  stopTime();
  const { store, lock, unlock } = await openFailingStore();
  const { recorder } = await resumeRecorder(store);
  await recorder.start();
  const invoice = { number: '26000000000000000001', issued: '20261102080000' };
  const told = (type: InvoiceEvent['type'], ms: number): InvoiceEvent => ({
    id: (type === 'accepted' ? 'a' : 'b').repeat(32),
    ...{ system: 'shop', type, invoice, at: START + ms, says: null, told: null },
  });
  const events = [told('accepted', -5_000), told('sealed', -2_000)];
  lock();
  await expect(recorder.events(events)).rejects.toThrow();
  await expect(recorder.events(events)).rejects.toBeInstanceOf(Unrecordable);
  expect(await rows({ store })).toEqual([]);
  unlock();
  await recorder.time();
  expect(await recorder.events(events)).toEqual([true, true]);
  expect(await rows({ store })).toEqual([['sealed', -2_000, 3_000]]);
});
