import { expect, test, vi } from 'vitest';
import { DEFAULT_RETENTION } from '../../model/policy.ts';
import { emptyRollup, type Grain } from '../../model/rollup.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { Store } from '../../store/store.ts';
import { START } from './configuration.ts';
import { startCounting } from './counting.ts';
import { query } from './judged-site.ts';
import { openSiteStore } from './recording.ts';
import { stopTime } from './world.ts';

/** START is 10:00 in China. */
const TODAY = START - 10 * HOUR;
/** Rows are kept for 49 hours then, whatever else is said. */
const SHORTEST = { ...DEFAULT_RETENTION, results_ms: HOUR, evidence_ms: HOUR };

async function countsOf(store: Store, grain: Grain) {
  const counts = await store.rollupCounts(grain, 0, START * 2);
  return counts.map(({ from, n }) => [(from - START) / HOUR, n]);
}

test('a late result is in its hour and its day although we were killed at once', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const { recorder, upkeep } = await startCounting(store);
  await recorder.result(query(START));
  await upkeep.run();
  vi.setSystemTime(START + 20 * HOUR);
  await recorder.result(query(START + 20 * HOUR));
  await recorder.time();
  await upkeep.run();
  vi.setSystemTime(START + 20 * HOUR + SECOND);
  await recorder.result(query(START + 15 * SECOND));
  vi.setSystemTime(START + 20 * HOUR + 2 * SECOND);
  await (await startCounting(store)).upkeep.run();
  expect(await countsOf(store, 'hour')).toEqual([
    [0, 2],
    [20, 1],
  ]);
  // It is 6:00 of the next day.
  expect(await countsOf(store, 'day')).toEqual([
    [-10, 2],
    [14, 1],
  ]);
  await store.close();
});

test('two kills in a row lose nothing of the hour before the first', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const first = await startCounting(store);
  await first.recorder.result(query(START));
  await first.upkeep.run();
  vi.setSystemTime(START + 59 * MINUTE);
  await first.recorder.result(query(START + 59 * MINUTE));
  await first.recorder.time();
  vi.setSystemTime(START + 3 * HOUR);
  const second = await startCounting(store);
  await second.recorder.time();
  vi.setSystemTime(START + 3 * HOUR + 30 * SECOND);
  await (await startCounting(store)).upkeep.run();
  expect(await countsOf(store, 'hour')).toEqual([[0, 2]]);
  await store.close();
});

test.each([
  ['of an hour whose rows are kept', 20 * HOUR, [1, 2]],
  ['of a day that is partly gone', 48 * HOUR, [99, 2]],
])('a result is told while roll-ups are written, and then we are killed: %s', async (...given) => {
  const [, late_ms, counts] = given;
  stopTime();
  const { store } = await openSiteStore();
  const day = { ...emptyRollup('bureau-query', TODAY - 2 * DAY), n: 99 };
  if (counts[0] === 99) await store.saveRollups('day', [day]);
  const { promise: opened, resolve: tell } = Promise.withResolvers<void>();
  const recorded: Store = {
    ...store,
    async record(recording) {
      await store.record(recording);
      if (recording.results?.some(({ slot_at }) => slot_at < START)) await opened;
    },
  };
  let recording: Promise<unknown> | null = null;
  const written: Store = {
    ...store,
    async saveRollups(...given) {
      await store.saveRollups(...given);
      if (Date.now() > START) recording ??= recorder.result(query(START - late_ms));
    },
  };
  const parts = { retention: SHORTEST, recorded };
  const { recorder, upkeep } = await startCounting(written, parts);
  await recorder.result(query(START));
  await upkeep.run();
  vi.setSystemTime(START + MINUTE);
  await recorder.result(query(START + MINUTE));
  const running = upkeep.run();
  for (let turns = 0; turns < 50; turns += 1) await new Promise((next) => setImmediate(next));
  tell();
  await recording;
  await running;
  vi.setSystemTime(START + MINUTE + SECOND);
  await (await startCounting(store, { retention: SHORTEST })).upkeep.run();
  const days = await store.rollupCounts('day', 0, START * 2);
  expect(days.map(({ n }) => n)).toEqual(counts);
  await store.close();
});

test('how far roll-ups are written is kept in whole ms, whatever clocks say', async () => {
  stopTime();
  const { store } = await openSiteStore();
  let monotonic = 0.25;
  const clock = { now: () => Date.now(), monotonic: () => monotonic };
  const { recorder, upkeep } = await startCounting(store, { clock, retention: SHORTEST });
  await recorder.result(query(START));
  vi.setSystemTime(START + 10);
  // By it a little less has passed: that is the age of rows.
  monotonic = 9.75;
  await upkeep.run();
  const { rolled_up } = await store.resume();
  // Of 49 hours of rows the first day may be cut: 25 hours at most, and an hour across its start.
  expect(rolled_up).toEqual({ to: START + 10, countable_from: START + 9 - 23 * HOUR });
  await store.close();
});

test('no day is counted again from what is left of it, however late a result is', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const long_ago = TODAY - 3 * DAY;
  await store.saveRollups('day', [{ ...emptyRollup('bureau-query', long_ago), n: 99 }]);
  const parts = { retention: SHORTEST };
  const first = await startCounting(store, parts);
  await first.recorder.time();
  await first.upkeep.run();
  await first.recorder.result(query(long_ago + HOUR));
  await first.upkeep.run();
  expect(await countsOf(store, 'day')).toEqual([[-82, 100]]);
  vi.setSystemTime(START + SECOND);
  const second = await startCounting(store, parts);
  await second.upkeep.run();
  expect(await countsOf(store, 'day')).toEqual([[-82, 100]]);
  await second.recorder.result(query(long_ago + 2 * HOUR));
  vi.setSystemTime(START + 2 * SECOND);
  await (await startCounting(store, parts)).upkeep.run();
  expect((await countsOf(store, 'day'))[0]?.[1]).toBeGreaterThanOrEqual(100);
  await store.close();
});

test('a start after the clock was set back counts anew from there, also after a kill', async () => {
  stopTime(START + HOUR);
  const { store } = await openSiteStore();
  const { recorder, upkeep } = await startCounting(store);
  for (const minutes of [-60, 0, 1]) await recorder.result(query(START + HOUR + minutes * MINUTE));
  await upkeep.run();
  expect(await countsOf(store, 'hour')).toEqual([
    [0, 1],
    [1, 2],
  ]);
  vi.setSystemTime(START + HOUR - MINUTE);
  await store.voidAfter(START + HOUR - MINUTE);
  await (await startCounting(store)).upkeep.run();
  expect(await countsOf(store, 'hour')).toEqual([[0, 1]]);
  expect(await countsOf(store, 'day')).toEqual([[-10, 1]]);
  await store.close();
});
