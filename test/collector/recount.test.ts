import { describe, expect, test, vi } from 'vitest';
import { emptyLiveState } from '../../collector/state/live-state.ts';
import { emptySyncMemory } from '../../collector/state/sync-memory.ts';
import { createUpkeep } from '../../collector/upkeep/upkeep.ts';
import type { Journey } from '../../model/journey.ts';
import { DEFAULT_RETENTION } from '../../model/policy.ts';
import { decodeSketch, emptySketch, encodeSketch, quantile } from '../../model/sketch.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { Store } from '../../store/store.ts';
import { journey } from '../model/builders.ts';
import { quiet } from '../platform/quiet.ts';
import { START } from './configuration.ts';
import { startCounting } from './counting.ts';
import { query } from './judged-site.ts';
import { aBatch, dated, openSiteStore } from './recording.ts';
import { fakeClock, stopTime } from './world.ts';

type InOrder = <T>(event: () => Promise<T>) => Promise<T>;

/** As the recorder does: one after the other. */
function oneByOne(): InOrder {
  let last: Promise<unknown> = Promise.resolve();
  return (event) => {
    const done = last.then(event);
    last = done.catch(() => undefined);
    return done;
  };
}

/** Upkeep alone; `changed` replaces what it asks of the store. */
async function open(
  changed: (store: Store) => Partial<Store> = () => ({}),
  inOrder: InOrder = (event) => event(),
) {
  stopTime();
  const { store, site } = await openSiteStore();
  const live = emptyLiveState(site, START);
  const upkeep = createUpkeep({
    store: { ...store, ...changed(store) },
    site,
    live,
    zone: 'Asia/Shanghai',
    retention: DEFAULT_RETENTION,
    clock: fakeClock,
    log: quiet,
    inOrder,
  });
  return {
    store,
    live,
    upkeep,
    async measure(slot_at: number) {
      await store.record({ results: [query(slot_at)] });
      upkeep.result(query(slot_at));
    },
    async follow(it: Journey) {
      live.syncs.set('bureau.sync', { ...emptySyncMemory(), waiting: new Map([[it.id, it]]) });
      await store.record({ journeys: [it] });
    },
    async found(it: Journey, first_present_at: number) {
      const ended = { ...it, state: 'arrived' as const, number: null, first_present_at };
      live.syncs.set('bureau.sync', emptySyncMemory());
      await store.record({ journeys: [ended] });
      upkeep.committed({ journeys: [ended] });
    },
  };
}

/** Its arrival within a day was promised. */
const invoiceDue = (at: number) =>
  journey(at - DAY, { component: 'bureau.sync', check: 'bureau-sync' });

const days = async (store: Store) =>
  (await store.rollups('day', 0, START * 2)).map(({ n, outcomes }) => [n, outcomes]);

/** Lets everything happen that waits for nothing. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 50; turns += 1) await new Promise((next) => setImmediate(next));
}

function gate() {
  const { promise: opened, resolve: unlock } = Promise.withResolvers<void>();
  return { opened, unlock };
}

test('a result that is committed while rows are read, and told later, counts once', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const telling = gate();
  const recorded: Store = {
    ...store,
    async record(recording) {
      await store.record(recording);
      if (recording.results?.length) await telling.opened;
    },
  };
  const { recorder, upkeep } = await startCounting(store, { recorded });
  upkeep.committed({ void_after: START + SECOND });
  const recording = recorder.batch(aBatch({ results: [dated(query(START))] }));
  const running = upkeep.run();
  await settle();
  telling.unlock();
  await recording;
  await running;
  await upkeep.run();
  expect(await days(store)).toEqual([[1, { ok: 1 }]]);
  await store.close();
});

test('nothing is lost that comes after a step of the clock while rows are still read', async () => {
  const reading = gate();
  const { store, upkeep, measure } = await open((its) => ({
    results: async (wanted) => {
      await reading.opened;
      return await its.results(wanted);
    },
  }));
  await measure(START - MINUTE);
  vi.setSystemTime(START - 30 * SECOND);
  upkeep.committed({ void_after: START - 30 * SECOND });
  await measure(START - 30 * SECOND);
  vi.setSystemTime(START - 15 * SECOND);
  await measure(START - 15 * SECOND);
  reading.unlock();
  await upkeep.run();
  await measure(START);
  await upkeep.run();
  expect(await days(store)).toEqual([[4, { ok: 4 }]]);
  await store.close();
});

test('a result that comes with the step of the clock counts', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const { recorder, upkeep } = await startCounting(store);
  await recorder.result(query(START - MINUTE));
  await upkeep.run();
  vi.setSystemTime(START - 30 * SECOND);
  const steps = [{ at: START - 30 * SECOND, by_ms: -30 * SECOND }];
  await recorder.batch(aBatch({ steps, results: [dated(query(START - 30 * SECOND))] }));
  await upkeep.run();
  expect(await days(store)).toEqual([[2, { ok: 2 }]]);
  await store.close();
});

test('nothing smaller than what is stored is written while it is counted again', async () => {
  let reading = gate();
  reading.unlock();
  let writing = () => {};
  const { store, upkeep, measure } = await open((its) => ({
    results: async (wanted) => {
      await reading.opened;
      return await its.results(wanted);
    },
    saveRollups: async (...given) => {
      await its.saveRollups(...given);
      writing();
    },
  }));
  for (const minutes of [-3, -2, -1]) await measure(START + minutes * MINUTE);
  await upkeep.run();
  await measure(START);
  reading = gate();
  writing = () => {
    writing = () => {};
    upkeep.committed({ void_after: START });
    upkeep.result(query(START));
  };
  await upkeep.run();
  const [stored] = await days(store);
  expect(stored?.[0]).toBeGreaterThanOrEqual(3);
  reading.unlock();
  await upkeep.run();
  expect(await days(store)).toEqual([[4, { ok: 4 }]]);
  await store.close();
});

test('two steps of the clock: all is counted from the earlier one on, once', async () => {
  const { store, upkeep, measure } = await open();
  for (const minutes of [-70, -50, -1]) await measure(START + minutes * MINUTE);
  await upkeep.run();
  vi.setSystemTime(START - HOUR);
  await store.voidAfter(START - HOUR);
  upkeep.committed({ void_after: START - HOUR });
  await measure(START - HOUR);
  vi.setSystemTime(START - HOUR - MINUTE);
  await store.voidAfter(START - HOUR - MINUTE);
  upkeep.committed({ void_after: START - HOUR - MINUTE });
  await measure(START - HOUR - MINUTE);
  await upkeep.run();
  expect(await days(store)).toEqual([[2, { ok: 2 }]]);
  await store.close();
});

test('a step of the clock while rows are read makes void what was read so far', async () => {
  const reading = gate();
  const { store, upkeep, measure } = await open((its) => ({
    results: async (wanted) => {
      const found = await its.results(wanted);
      await reading.opened;
      return found;
    },
  }));
  for (const minutes of [-2, -1]) await measure(START + minutes * MINUTE);
  upkeep.committed({ void_after: START });
  await settle();
  vi.setSystemTime(START - 90 * SECOND);
  await store.voidAfter(START - 90 * SECOND);
  upkeep.committed({ void_after: START - 90 * SECOND });
  reading.unlock();
  await upkeep.run();
  expect(await days(store)).toEqual([[1, { ok: 1 }]]);
  await store.close();
});

test('rows that cannot be read are counted with a later run, due invoices once', async () => {
  let fails = true;
  const { store, upkeep, measure, follow } = await open((its) => ({
    journeys: async (wanted) =>
      fails ? Promise.reject(new Error('cannot read')) : await its.journeys(wanted),
  }));
  await measure(START);
  await follow(invoiceDue(START + 30 * SECOND));
  vi.setSystemTime(START + MINUTE);
  await upkeep.run();
  expect(await days(store)).toEqual([]);
  fails = false;
  await upkeep.run();
  expect(await days(store)).toEqual([
    [1, { ok: 1 }],
    [1, { timeout: 1 }],
  ]);
  await store.close();
});

test.each([
  ['just after the promise', 35, { timeout: 1 }],
  ['just before it', 25, { ok: 1 }],
])('an invoice that arrives %s, between two runs, counts once', async (_, seconds, outcomes) => {
  const { store, upkeep, follow, found } = await open();
  const its = invoiceDue(START + 30 * SECOND);
  await follow(its);
  await upkeep.run();
  vi.setSystemTime(START + 40 * SECOND);
  await found(its, START + seconds * SECOND);
  vi.setSystemTime(START + MINUTE);
  await upkeep.run();
  await upkeep.run();
  expect(await days(store)).toEqual([[1, outcomes]]);
  await store.close();
});

test.each([
  ['later', 30],
  ['at the very instant', 20],
])('an invoice that is due again after a step of the clock, %s, counts once', async (_, due) => {
  const { store, upkeep, follow } = await open();
  await follow(invoiceDue(START + due * SECOND));
  vi.setSystemTime(START + MINUTE);
  await upkeep.run();
  expect(await days(store)).toEqual([[1, { timeout: 1 }]]);
  vi.setSystemTime(START + 20 * SECOND);
  await store.voidAfter(START + 20 * SECOND);
  upkeep.committed({ void_after: START + 20 * SECOND });
  await upkeep.run();
  vi.setSystemTime(START + 2 * MINUTE);
  await upkeep.run();
  expect(await days(store)).toEqual([[1, { timeout: 1 }]]);
  await store.close();
});

test('an invoice whose arrival is known only after it was due counts once', async () => {
  const { store, upkeep, follow, found } = await open();
  const its = invoiceDue(START + 30 * SECOND);
  await follow(its);
  vi.setSystemTime(START + MINUTE);
  await upkeep.run();
  expect(await days(store)).toEqual([[1, { timeout: 1 }]]);
  await found(its, START + 29 * SECOND);
  await upkeep.run();
  expect(await days(store)).toEqual([[1, { ok: 1 }]]);
  await store.close();
});

test('what a transaction that fails made of one that is due then counts for nothing', async () => {
  const its = invoiceDue(START + MINUTE);
  const refusing = gate();
  const inOrder = oneByOne();
  const { store, live, upkeep, follow } = await open(() => ({}), inOrder);
  await follow(its);
  await upkeep.run();
  vi.setSystemTime(START + 2 * MINUTE);
  // It has arrived, and is being written.
  const waiting = live.syncs.get('bureau.sync') ?? emptySyncMemory();
  live.syncs.set('bureau.sync', emptySyncMemory());
  const failing = inOrder(async () => {
    await refusing.opened;
    live.syncs.set('bureau.sync', waiting);
  });
  const running = upkeep.run();
  await settle();
  refusing.unlock();
  await failing;
  await running;
  await upkeep.run();
  expect(await days(store)).toEqual([[1, { timeout: 1 }]]);
  await store.close();
});

test('a late part that could not be written is not added to what was counted again', async () => {
  let fails = true;
  const { store, upkeep, measure } = await open((its) => ({
    addToRollups: async (...given) =>
      fails ? Promise.reject(new Error('disk full')) : await its.addToRollups(...given),
  }));
  const yesterday = START - 11 * HOUR;
  await measure(yesterday);
  await upkeep.run();
  fails = false;
  vi.setSystemTime(yesterday + MINUTE);
  upkeep.committed({ void_after: yesterday + MINUTE });
  await upkeep.run();
  expect(await days(store)).toEqual([[1, { ok: 1 }]]);
  await store.close();
});

test('every row counts once, also where reading goes on between two slots', async () => {
  stopTime(START + 10 * SECOND);
  const { store, site } = await openSiteStore();
  // A second read begins after 5,000, a millisecond later.
  const results = Array.from({ length: 5_001 }, (_, ms) => query(START + ms));
  await store.record({ results });
  const upkeep = createUpkeep({
    store,
    site,
    live: emptyLiveState(site, START),
    zone: 'Asia/Shanghai',
    retention: DEFAULT_RETENTION,
    clock: fakeClock,
    log: quiet,
    inOrder: (event) => event(),
  });
  await upkeep.run();
  expect(await days(store)).toEqual([[5_001, { ok: 5_001 }]]);
  await upkeep.stop();
});

/** Of a sync by the hour: what became of those that were due, and delays to 50 seconds. */
async function hoursOf(store: Store) {
  const hours = await store.rollups('hour', 0, START * 2);
  return hours.map(({ from, n, outcomes, delays }) => {
    const sketch = decodeSketch(delays ?? encodeSketch(emptySketch()));
    // Sketches are right within 1 %.
    const median_s = Math.round((quantile(sketch, 0.5) ?? 0) / (50 * SECOND)) * 50;
    return [(from - START) / HOUR, n, outcomes, sketch.count, median_s];
  });
}

describe.each([
  ['of now', 0],
  ['of a day that is not in memory', -50 * HOUR],
])('what is known otherwise of a journey %s is counted at once, as after a start', (_, ms) => {
  const accepted_at = START + ms + 10 * MINUTE;
  const at = (minutes: number) => accepted_at + minutes * MINUTE;
  const its = { component: 'bureau.sync', check: 'bureau-sync', number: null };

  /** What is counted first, then otherwise, then by who counts it all from the rows. */
  async function countedThrice(before: Journey, after: Journey) {
    const { store, upkeep } = await open();
    vi.setSystemTime(START + 30 * HOUR);
    await upkeep.run();
    for (const recording of [{ journeys: [before] }, { corrected_journeys: [{ before, after }] }]) {
      await store.record(recording);
      upkeep.committed(recording);
      await upkeep.run();
    }
    const at_once = await hoursOf(store);
    upkeep.committed({ void_after: START - 60 * HOUR });
    await upkeep.run();
    const from_rows = await hoursOf(store);
    await store.close();
    return [at_once, from_rows];
  }

  test('its arrival, within the bracket of a look', async () => {
    // Between 7 and 9 minutes; it was after 7 and a half.
    const seen = { last_absent_at: at(7), first_present_at: at(9), last_answered_at: at(9) };
    const before = journey(accepted_at, { ...its, state: 'arrived', ...seen });
    const after = { ...before, last_absent_at: at(7.5), first_present_at: at(7.5) };
    const known = [
      [ms / HOUR, 0, {}, 1, 450],
      [ms / HOUR + 24, 1, { ok: 1 }, 0, 0],
    ];
    expect(await countedThrice(before, after)).toEqual([known, known]);
  });

  test('that it came in time, though it was taken for lost', async () => {
    const before = journey(accepted_at, { ...its, state: 'lost', next_look_at: null });
    const told = { last_absent_at: at(20), first_present_at: at(20) };
    const known = [
      [ms / HOUR, 0, {}, 1, 1_200],
      [ms / HOUR + 24, 1, { ok: 1 }, 0, 0],
    ];
    const after = { ...before, state: 'arrived' as const, ...told };
    expect(await countedThrice(before, after)).toEqual([known, known]);
  });
});
