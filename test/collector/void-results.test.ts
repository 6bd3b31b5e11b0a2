import { expect, test, vi } from 'vitest';
import { firstSlotAfter } from '../../collector/judging/void-results.ts';
import { replayLedger } from '../../collector/replay/replay.ts';
import { setBacks } from '../../collector/replay/set-backs.ts';
import { isScheduled } from '../../model/configuration.ts';
import type { Result } from '../../model/result.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { componentId } from '../../model/vocabulary.ts';
import { regularSlots } from '../../probes/line/schedule/regular.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, query } from './judged-site.ts';
import { aBatch, openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

/** A regular slot of the check, as its schedule has it. */
const SLOT = regularSlots(configuration().checks.filter(isScheduled))('bureau-query', START);
const at = (seconds: number) => SLOT + seconds * SECOND;
const DEGRADED = { outcome: 'degraded', reason: 'http_status' } as const;

/** Regular slots every 15 s, with a deadline of the check's own; three bad ones fail it. */
async function startRecorder() {
  stopTime();
  const settings = configuration({ confirmations: 3, confirm_distance_ms: 10_000 });
  const { store, site } = await openSiteStore(settings);
  const { recorder, live } = await resumeRecorder(store, settings);
  const deadline_ms = site.checks.get('bureau-query')?.deadline_ms ?? 0;
  const regularAfter = (slot_at: number) => (Math.floor((slot_at - SLOT) / 15_000) + 1) * 15_000;
  return {
    recorder,
    live,
    deadline_ms,
    replay: (to: number) =>
      replayLedger({
        store,
        site,
        from: START - MINUTE,
        to: at(to),
        judged_since: 0,
        compare_until: at(to),
        pause: async () => {},
      }),
    resumed: async () => (await resumeRecorder(store, settings)).live.spells.get('bureau-query'),
    steps: () => setBacks(store, 0, START * 2),
    judge: () => store.judge(),
    judgement: () => live.judgements.get('bureau-query'),
    recent: () => live.statuses.get(componentId('bureau', 'query'))?.recent,
    async see(seconds: number, changed: Partial<Result> = {}) {
      vi.setSystemTime(at(seconds) + 200);
      const next_slot_at = SLOT + regularAfter(at(seconds));
      const valid_until = next_slot_at + 15 * SECOND + deadline_ms;
      const result = query(at(seconds), changed);
      await recorder.batch(aBatch({ results: [{ result, valid_until, next_slot_at }] }));
    },
    async setBack(seconds: number, by_ms: number) {
      vi.setSystemTime(at(seconds));
      await recorder.batch(aBatch({ steps: [{ at: at(seconds), by_ms: -by_ms }] }));
    },
    ledger: async () =>
      (await store.transitions(0, START * 2))
        .filter(({ component }) => component === 'bureau.query')
        .map(({ to, since }) => [to, (since - SLOT) / SECOND]),
  };
}

/** Well until 60 s, then what follows. */
async function wellFor(seconds: number) {
  const world = await startRecorder();
  for (let slot = 0; slot <= seconds; slot += 15) await world.see(slot);
  return world;
}

test('B6: a void bad result does not count, and nothing begins where no slot is', async () => {
  const world = await wellFor(60);
  await world.see(75, FAILED);
  await world.setBack(70, 10 * SECOND);
  expect(world.judgement()).toMatchObject({ bad_run: 0, bad_since: null, confirmations: null });
  for (const slot of [75, 85]) await world.see(slot, FAILED);
  expect(await world.ledger()).toEqual([['operational', 0]]);
  await world.see(95, FAILED);
  expect(await world.ledger()).toEqual([
    ['operational', 0],
    ['major_outage', 75],
  ]);
});

test('B6: bad results before the new time still count', async () => {
  const world = await wellFor(45);
  for (const slot of [60, 70, 75]) await world.see(slot, FAILED);
  expect((await world.ledger()).at(-1)).toEqual(['major_outage', 60]);
  const other = await wellFor(45);
  for (const slot of [60, 70]) await other.see(slot, FAILED);
  await other.setBack(65, 10 * SECOND);
  expect(other.judgement()).toMatchObject({ bad_run: 1, bad_since: at(60) });
  await other.see(75, FAILED);
  expect((await other.ledger()).at(-1)).toEqual(['operational', 0]);
  await other.see(85, FAILED);
  expect((await other.ledger()).at(-1)).toEqual(['major_outage', 60]);
});

test('B6: a void good result does not make a failing check well', async () => {
  const world = await wellFor(45);
  for (const slot of [60, 70, 80]) await world.see(slot, FAILED);
  await world.see(105);
  await world.setBack(100, 10 * SECOND);
  await world.see(105);
  expect((await world.ledger()).at(-1)).toEqual(['major_outage', 60]);
  await world.see(120);
  expect((await world.ledger()).at(-1)).toEqual(['operational', 105]);
});

test('what had left the last hour is in it again', async () => {
  const world = await wellFor(3_720);
  expect(world.recent()?.n).toBe(240);
  await world.setBack(3_120, 10 * MINUTE);
  await world.recorder.time();
  // Slots from 0 s to 3,120 s.
  expect(world.recent()).toMatchObject({ n: 209, bad: 0 });
  await world.see(3_135, FAILED);
  expect(world.recent()).toMatchObject({ n: 210, bad: 1 });
});

test('a void degraded result does not degrade', async () => {
  const world = await wellFor(60);
  await world.see(75, DEGRADED);
  await world.setBack(70, 10 * SECOND);
  await world.see(75, DEGRADED);
  expect((await world.ledger()).at(-1)).toEqual(['operational', 0]);
  await world.see(90, DEGRADED);
  expect((await world.ledger()).at(-1)).toEqual(['degraded_performance', 75]);
});

test.each([10 * SECOND, 3 * MINUTE, HOUR])(
  'set back by %i ms: unknown since a slot',
  async (by) => {
    const world = await wellFor(60);
    const seconds = 70 - by / SECOND;
    await world.setBack(seconds, by);
    const first_slot = (Math.floor(seconds / 15) + 1) * 15;
    expect(world.judgement()?.next_slot_at).toBe(at(first_slot));
  },
);

test.each([
  // Slots every 15 s at :00, :15, :30, :45.
  [60, 0, 15],
  [60, 14, 15],
  [60, 15, 30],
  [60, 59, 60],
  [60, 60, 60],
  [60, 75, 60],
])('of a slot at %i s the first after %i s is that at %i s', (slot, after, first) => {
  const found = firstSlotAfter({ slot_at: at(slot), distance_ms: 15_000, at: at(after) });
  expect(found).toBe(at(first));
});

test('a verdict that void results decided is taken back', async () => {
  const world = await wellFor(45);
  for (const slot of [60, 70, 80, 90, 102]) await world.see(slot, FAILED);
  for (const slot of [105, 110]) await world.see(slot);
  expect((await world.ledger()).at(-1)).toEqual(['operational', 105]);
  await world.setBack(104, 7 * SECOND);
  await world.recorder.time();
  expect(world.live.statuses.get('bureau.query')).toMatchObject({
    state: 'major_outage',
    since: at(60),
  });
  expect(world.judgement()).toMatchObject({ verdict: 'failing', bad_run: 5, good_run: 0 });
  await world.see(105, FAILED);
  expect((await world.ledger()).at(-1)).toEqual(['major_outage', 60]);
});

test('what is left is judged once, not every minute', async () => {
  const world = await wellFor(60);
  await world.setBack(70, 10 * SECOND);
  await world.recorder.time();
  expect(world.live.set_back).toMatchObject({ at: at(70), is_judged: true });
  await world.setBack(65, 5 * SECOND);
  expect(world.live.set_back).toMatchObject({ at: at(65), by_ms: -5 * SECOND, is_judged: false });
});

test('what judges has done so since the new time, if it began by a clock ahead', async () => {
  const world = await wellFor(15);
  expect(world.live.judged_since).toBe(START);
  await world.setBack(10, 10 * SECOND);
  expect(world.live.judged_since).toBe(START);
  await world.setBack(-60, 75 * SECOND);
  expect(world.live.judged_since).toBe(at(-60));
  expect(await world.judge()).toMatchObject({ judged_since: at(-60) });
});

test('what had expired by the clock before says nothing, near as its slot is now', async () => {
  const world = await wellFor(60);
  for (const slot of [75, 85, 95]) await world.see(slot, FAILED);
  await world.setBack(70, 2 * MINUTE);
  vi.setSystemTime(at(71));
  await world.recorder.time();
  expect((await world.ledger()).at(-1)).toEqual(['unknown', 70]);
  await world.see(75);
  expect((await world.ledger()).at(-1)).toEqual(['operational', 75]);
});

/** Its slot at 75 s was lost; by the old clock it expired before that at 90 s. */
async function setBackInLostSlot() {
  const world = await wellFor(60);
  await world.setBack(76, world.deadline_ms + 2 * SECOND);
  await world.recorder.time();
  vi.setSystemTime(at(89));
  await world.recorder.time();
  await world.see(90);
  await world.see(105);
  return world;
}

test('CLOCK-8: nothing is valid for longer, also where the judge says it again', async () => {
  const world = await setBackInLostSlot();
  expect(await world.ledger()).toEqual([
    ['operational', 0],
    ['unknown', 75],
    ['operational', 90],
  ]);
  expect((await world.replay(106)).differences).toEqual([]);
});

test('CLOCK-8: a start knows what was valid until the clock was set back', async () => {
  const world = await setBackInLostSlot();
  expect(await world.resumed()).toEqual(world.live.spells.get('bureau-query'));
});

test('CLOCK-8: what was measured before and is known late is valid no longer either', async () => {
  const world = await wellFor(60);
  await world.setBack(78, 7 * SECOND);
  await world.see(75);
  const shorter_ms = 7 * SECOND;
  expect(world.judgement()?.valid_until).toBe(at(105) + world.deadline_ms - shorter_ms);
});

test('CLOCK-8: what ran out before the clock was set back is not valid until then', async () => {
  const world = await wellFor(60);
  const valid_until = at(90) + world.deadline_ms;
  expect(world.judgement()?.valid_until).toBe(valid_until);
  await world.setBack(600, 5 * SECOND);
  expect(world.judgement()?.valid_until).toBe(valid_until);
});

test('each step back is known, also within a minute of another', async () => {
  const world = await wellFor(60);
  await world.setBack(58, 7 * SECOND);
  await world.setBack(62, 3 * SECOND);
  expect(await world.steps()).toEqual([
    { at: at(58), by_ms: -7_000 },
    { at: at(62), by_ms: -3_000 },
  ]);
  await world.setBack(30, 40 * SECOND);
  expect(await world.steps()).toEqual([{ at: at(30), by_ms: -40_000 }]);
});
