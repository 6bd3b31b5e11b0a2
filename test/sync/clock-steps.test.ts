import { describe, expect, test } from 'vitest';
import type { LookReport } from '../../collector/judging/journey.ts';
import { syncMemoryOf } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import type { Journey } from '../../model/journey.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { configuration, START } from '../collector/configuration.ts';
import { aBatch, dated, openSiteStore, resumeRecorder } from '../collector/recording.ts';
import { journey, result } from '../model/builders.ts';

const NOW = START + 12 * HOUR;
const BUREAU = 'bureau.sync';
const SETTINGS = configuration({
  overdue_after_ms: 10 * MINUTE,
  stalled_after_ms: 10 * MINUTE,
  visible_within_ms: DAY,
});

/** Accepted so many minutes before, by the clock that is set then. */
function invoice(minutes: number, changed: Partial<Journey> = {}): Journey {
  return journey(NOW - minutes * MINUTE, {
    id: `j${minutes}`,
    component: BUREAU,
    check: 'bureau-sync',
    ...changed,
  });
}

function waits(minutes: number): Journey {
  const looked_at = NOW - 5 * SECOND;
  const seen = { last_absent_at: looked_at, last_answered_at: looked_at, looks: 9 };
  return invoice(minutes, { ...seen, next_look_at: NOW + MINUTE });
}

/** Came within a minute. */
function came(minutes: number): Journey {
  const at = NOW - (minutes - 1) * MINUTE;
  const seen = { first_present_at: at, last_absent_at: at - SECOND, last_answered_at: at };
  return invoice(minutes, {
    ...seen,
    state: 'arrived',
    number: null,
    next_look_at: null,
    looks: 2,
  });
}

const minutes = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, i) => from - i);

/** What is known right before the clock is set, by the state that it makes. */
const KNOWN: Record<string, readonly Journey[]> = {
  partial_outage: [...minutes(120, 61).map(came), ...minutes(60, 40).map(waits)],
  'partial_outage: some lost': minutes(150, 1).map((it) =>
    it > 60 && it % 5 === 0 ? waits(it) : came(it),
  ),
  // Overtaken, so that they are no stall, and too few for a loss.
  operational: [...minutes(150, 16).map(came), ...[21.5, 20.5].map(waits)],
  'operational: all overtaken': [...minutes(600, 121).map(came), ...[200.5, 190.5].map(waits)],
};

/** A collector whose clock is set by hand, and the sync as it judges it. */
async function collectorAt(journeys: readonly Journey[]) {
  const { store } = await openSiteStore(SETTINGS);
  const [component] = await statusRow();
  await store.record({ components: component ? [component] : [], journeys: [...journeys] });
  const time = { elapsed_ms: 0, set_ms: 0 };
  const clock = {
    now: () => NOW + time.elapsed_ms + time.set_ms,
    monotonic: () => time.elapsed_ms,
  };
  const start = () => resumeRecorder(store, SETTINGS, { clock });
  let running = await start();
  return {
    store,
    clock,
    recorder: () => running.recorder,
    pass(ms: number) {
      time.elapsed_ms += ms;
      return running.recorder.time();
    },
    async set(by_ms: number) {
      time.set_ms += by_ms;
      const at = clock.now();
      const gaps = by_ms > 0 ? [{ from: at - by_ms, to: at, cause: 'clock' as const }] : [];
      await running.recorder.batch(aBatch({ steps: [{ at, by_ms }], gaps }));
    },
    look: (look: Pick<LookReport, 'started_at' | 'finding'>) =>
      running.recorder.look(
        { id: OLDEST.id, check: 'bureau-sync' },
        { duration_ms: 50, outcome: 'ok', reason: null, ...look },
      ),
    async restart({ set_back_by_ms = 0 } = {}) {
      await running.recorder.stop(clock.now());
      time.set_ms -= set_back_by_ms;
      running = await start();
      const set_back = { at: clock.now(), by_ms: -set_back_by_ms };
      await running.recorder.open({
        recording: {},
        downtime: null,
        set_back: set_back_by_ms === 0 ? null : set_back,
      });
    },
    status: () => running.live.statuses.get(BUREAU),
    memory: () => syncOf(running.live),
  };
}

async function statusRow() {
  const { store } = await openSiteStore(SETTINGS);
  const { live } = await resumeRecorder(store, SETTINGS);
  const status = live.statuses.get(BUREAU);
  return status ? [{ ...status, state: 'operational' as const, since: START, notes: [] }] : [];
}

function syncOf(live: Parameters<typeof syncMemoryOf>[0]) {
  const component = siteOf(SETTINGS).components.get(BUREAU);
  if (!component) throw new Error('no sync');
  return syncMemoryOf(live, component);
}

const STEPS = [-HOUR, -2 * SECOND, 8 * HOUR];

describe.each(Object.entries(KNOWN))('%s', (name, journeys) => {
  const [state] = name.split(':');

  test.each(STEPS)('stays so where the clock is set by %i ms', async (by_ms) => {
    const it = await collectorAt(journeys);
    await it.pass(SECOND);
    expect(it.status()?.state).toBe(state);
    const before = it.status();
    await it.set(by_ms);
    await it.pass(SECOND);
    expect(it.status()?.state).toBe(state);
    expect(it.status()?.notes.map(({ code }) => code)).toEqual(before?.notes.map((n) => n.code));
    expect(it.status()?.since).toBeLessThanOrEqual(it.clock.now());
    await it.store.close();
  });

  test.each(STEPS)('stays so after a start, the clock having been set by %i ms', async (by_ms) => {
    const it = await collectorAt(journeys);
    await it.pass(SECOND);
    await it.set(by_ms);
    await it.restart();
    await it.pass(SECOND);
    expect(it.status()?.state).toBe(state);
    await it.store.close();
  });

  test('stays so where the clock is set forth and back again', async () => {
    const it = await collectorAt(journeys);
    await it.pass(SECOND);
    await it.set(8 * HOUR);
    await it.pass(SECOND);
    await it.set(-8 * HOUR);
    await it.pass(SECOND);
    expect(it.status()?.state).toBe(state);
    expect(it.status()?.since).toBeLessThanOrEqual(it.clock.now());
    await it.restart();
    await it.pass(SECOND);
    expect(it.status()?.state).toBe(state);
    await it.store.close();
  });
});

/** Nothing has come for an hour. */
const STANDS_STILL = KNOWN.partial_outage ?? [];
const OLDEST = waits(60);

test('set forth, it is unknown in the time that never was, and known right after', async () => {
  const it = await collectorAt(STANDS_STILL);
  await it.pass(SECOND);
  const { since, valid_until } = it.status() ?? {};
  await it.set(8 * HOUR);
  const told = await it.store.transitions(START, 2 * NOW);
  expect(told.map((one) => [one.to, one.since])).toEqual([
    ['partial_outage', since],
    ['unknown', valid_until],
    ['partial_outage', it.clock.now()],
  ]);
  await it.pass(SECOND);
  expect(await it.store.transitions(START, 2 * NOW)).toEqual(told);
  await it.store.close();
});

test('set back, nothing is told anew, and nothing of it is dated by the clock before', async () => {
  const it = await collectorAt(STANDS_STILL);
  await it.pass(SECOND);
  await it.set(-HOUR);
  const told = await it.store.transitions(START, 2 * NOW);
  expect(told.map((one) => [one.to, one.since])).toEqual([['partial_outage', it.clock.now()]]);
  const oldest_accepted_at = NOW - 2 * HOUR;
  expect(it.status()?.notes).toEqual([{ code: 'stalled', waiting: 21, oldest_accepted_at }]);
  expect(it.status()?.sync).toMatchObject({
    watermark_at: oldest_accepted_at - 1,
    oldest_waiting_at: oldest_accepted_at,
  });
  await it.store.close();
});

test.each(STEPS)('catching up goes on where the clock is set by %i ms', async (by_ms) => {
  const it = await collectorAt(STANDS_STILL);
  await it.pass(SECOND);
  await it.look({ started_at: it.clock.now() - SECOND, finding: 'found' });
  const [before] = it.status()?.notes ?? [];
  expect(before).toMatchObject({ code: 'catching_up', overdue: 20 });
  await it.set(by_ms);
  await it.pass(SECOND);
  expect(it.status()?.notes).toEqual([before]);
  expect(it.memory().stall?.from).toBe(NOW - 60 * MINUTE + by_ms);
  await it.store.close();
});

test.each(STEPS)('and after a start, the clock having been set by %i ms', async (by_ms) => {
  const it = await collectorAt(STANDS_STILL);
  await it.pass(SECOND);
  await it.look({ started_at: it.clock.now() - SECOND, finding: 'found' });
  await it.set(by_ms);
  await it.restart();
  await it.pass(SECOND);
  expect(it.status()?.notes).toMatchObject([{ code: 'catching_up', overdue: 20 }]);
  await it.store.close();
});

describe('what was measured before the clock was set back', () => {
  test('runs out earlier by the step', async () => {
    const it = await collectorAt(STANDS_STILL);
    await it.pass(SECOND);
    const left_ms = (it.status()?.valid_until ?? 0) - it.clock.now();
    await it.set(-HOUR);
    expect((it.status()?.valid_until ?? 0) - it.clock.now()).toBe(left_ms);
    await it.pass(left_ms + SECOND);
    expect(it.status()?.state).toBe('unknown');
    await it.store.close();
  });

  test('has run out, where that was before a start', async () => {
    const it = await collectorAt(STANDS_STILL);
    await it.pass(SECOND);
    await it.restart({ set_back_by_ms: HOUR });
    await it.pass(SECOND);
    expect(it.status()?.state).toBe('unknown');
    expect(it.memory().last_arrival_at).toBe(it.clock.now() - SECOND - 60 * MINUTE - SECOND);
    await it.look({ started_at: it.clock.now() - SECOND, finding: 'absent' });
    expect(it.status()?.state).toBe('partial_outage');
    await it.store.close();
  });
});

describe.each([-HOUR, 8 * HOUR])('a look across a step of %i ms', (by_ms) => {
  test.each(['absent', 'found'] as const)('that says %s counts as failed, now', async (finding) => {
    const it = await collectorAt(STANDS_STILL);
    await it.pass(SECOND);
    const started_at = it.clock.now() - SECOND;
    await it.set(by_ms);
    const [before] = await it.store.journeys({ ids: [OLDEST.id], limit: 1 });
    const valid_until = it.status()?.valid_until ?? 0;
    await it.look({ started_at, finding });
    const [after] = await it.store.journeys({ ids: [OLDEST.id], limit: 1 });
    const now = it.clock.now();
    expect(after).toEqual({ ...before, looks: 10, next_look_at: now + 6 * MINUTE + 100 });
    expect(it.status()?.valid_until).toBe(valid_until);
    const [look] = await it.store.looks(OLDEST.id);
    expect(look).toMatchObject({ started_at: now - 50, finding: 'failed', reason: 'clock_wrong' });
    await it.store.close();
  });
});

test('a look by a clock that was set back, which nobody told yet, counts as failed', async () => {
  const it = await collectorAt(STANDS_STILL);
  await it.pass(SECOND);
  await it.look({ started_at: it.clock.now() - HOUR, finding: 'absent' });
  expect(it.memory().waiting.get(OLDEST.id)).toMatchObject({
    last_absent_at: OLDEST.last_absent_at,
    last_answered_at: OLDEST.last_answered_at,
  });
  await it.store.close();
});

test('an invoice that was accepted by the clock before waits from now on', async () => {
  const it = await collectorAt([]);
  await it.pass(SECOND);
  const accepted_at = it.clock.now();
  await it.set(-HOUR);
  const now = it.clock.now();
  const accepted = { number: '26000000000000000001', issued: '20261102100000', accepted_at };
  const upload = result(now - SECOND, { check: 'shop-upload', accepted });
  await it.recorder().batch(aBatch({ results: [dated(upload)] }));
  const [waiting] = it.memory().waiting.values();
  expect(waiting?.accepted_at).toBe(now);
  await it.store.close();
});
