import { describe, expect, test, vi } from 'vitest';
import { replayLedger } from '../../collector/replay/replay.ts';
import { siteOf } from '../../collector/state/site.ts';
import { type Configuration, isScheduled } from '../../model/configuration.ts';
import { spansOf } from '../../model/ledger.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { regularSlots } from '../../probes/line/schedule/regular.ts';
import type { Store } from '../../store/store.ts';
import { anAdministrator, aPlan } from './administrator.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, query } from './judged-site.ts';
import { aBatch, openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

type Recording = Awaited<ReturnType<typeof resumeRecorder>>;

const minute = (n: number) => START + Math.round(n * MINUTE);

function settingsEvery(schedule: string) {
  const settings = configuration({ confirmations: 3, confirm_distance_ms: 10_000 });
  const scheduled = settings.checks.map((it) =>
    it.id === 'bureau-query' ? { ...it, schedule } : it,
  );
  return { ...settings, checks: scheduled };
}

/** The query by two checks that need so many bad results in a row. */
function settingsOfTwo(confirmations: number) {
  const { checks, ...settings } = configuration({ confirmations, confirm_distance_ms: 10_000 });
  const queries = checks.filter(({ id }) => id === 'bureau-query');
  return { ...settings, checks: [...checks, ...queries.map((it) => ({ ...it, id: 'second' }))] };
}

const startEvery = (schedule: string) => startWith(settingsEvery(schedule));

async function startWith(settings: Configuration) {
  stopTime();
  const { store } = await openSiteStore(settings);
  let written = 0;
  const now = await resumeRecorder(store, settings, {
    observer: {
      committed(recording) {
        written += recording.components?.length ?? 0;
      },
      judged() {},
      dropped() {},
    },
  });
  await now.recorder.start();
  return { ...now, store, settings, written: () => written };
}
type Started = Awaited<ReturnType<typeof startWith>>;

async function see(
  { recorder }: Recording,
  at: number,
  changed: Partial<Result> = {},
  every_ms = MINUTE,
): Promise<void> {
  const slot_at = minute(at);
  vi.setSystemTime(slot_at + 200);
  const valid_until = slot_at + 2 * every_ms + 8 * SECOND;
  const given = { result: query(slot_at, changed), next_slot_at: slot_at + every_ms, valid_until };
  await recorder.batch(aBatch({ results: [given] }));
}

/** States, and the minutes in which they begin. */
async function told(store: Store, until: number): Promise<[string, number][]> {
  const component = 'bureau.query';
  const transitions = await store.transitions(0, START * 2);
  const spans = spansOf({ transitions, component, from: START, to: minute(until) });
  return spans.map(({ state, from }) => [state, (from - START) / MINUTE]);
}

test('results of a rarer schedule than that of now are not taken for gaps', async () => {
  const before = await startEvery('0 * * * * *');
  for (let i = 0; i < 40; i += 1) await see(before, i, [5, 15, 25].includes(i) ? FAILED : {});
  await before.recorder.stop(Date.now());
  vi.setSystemTime(minute(40) - 10 * SECOND);
  const after = await resumeRecorder(before.store, settingsEvery('*/15 * * * * *'));
  await after.recorder.start();
  for (let i = 0; i < 40; i += 1)
    await see(after, 40 + i / 4, i % 5 === 2 ? FAILED : {}, 15 * SECOND);
  expect(await told(before.store, 60)).toEqual([
    ['operational', 0],
    ['partial_outage', 15],
  ]);
});

test('missed slots are no rarer schedule while the configuration stays', async () => {
  const settings = settingsEvery('0 * * * * *');
  const world = await startEvery('0 * * * * *');
  const { store } = world;
  const site = siteOf(settings);
  const scheduled = [...site.checks.values()].filter((it) => isScheduled(it));
  const first = (regularSlots(scheduled)('bureau-query', START) - START) / MINUTE;
  for (const at of [0, 1, 2, 4, 6]) await see(world, first + at);
  for (let at = 7; at < 12; at += 1) {
    vi.setSystemTime(minute(first + at));
    await world.recorder.time();
  }
  await see(world, first + 12);
  const [, ...states] = await told(store, 14);
  expect(states.map(([state, at]) => [state, Math.round(at - first)])).toEqual([
    ['operational', 0],
    ['unknown', 7],
    ['operational', 12],
  ]);
  const span = { from: START - MINUTE, to: minute(14), compare_until: minute(14) };
  const pause = async () => {};
  const { differences } = await replayLedger({ ...span, store, site, judged_since: 0, pause });
  expect(differences).toEqual([]);
  await world.recorder.stop(Date.now());
  expect((await resumeRecorder(store, settings)).live.judged_since).toBe(START);
  const other = await resumeRecorder(store, settingsEvery('*/30 * * * * *'));
  expect(other.live.judged_since).toBe(minute(first + 12) + 200);
});

test('a check that is not known any more to be slow is unknown from that slot on', async () => {
  const now = await startEvery('0 * * * * *');
  const slow = { duration_ms: 2_000 };
  for (let i = 0; i < 5; i += 1) await see(now, i);
  for (let i = 5; i < 10; i += 1) await see(now, i, slow);
  for (let i = 10; i < 15; i += 1) await see(now, i, { ...slow, notes: ['our_delay'] });
  expect(await told(now.store, 20)).toEqual([
    ['operational', 0],
    ['degraded_performance', 5],
    ['unknown', 12],
  ]);
});

describe('what runs out in a window', () => {
  /** Time is looked at every second; the rows of components that are written meanwhile. */
  async function look(world: Started, from: number, to: number): Promise<number> {
    const before = world.written();
    for (let at = from; at < to; at += 1 / 60) {
      vi.setSystemTime(minute(at));
      await world.recorder.time();
    }
    return world.written() - before;
  }

  async function startWithWindow(from: number, to: number) {
    const world = await startEvery('0 * * * * *');
    const admin = anAdministrator({ store: world.store, now: () => Date.now() });
    const id = await admin.announce(aPlan(['bureau.query'], minute(from), minute(to)));
    return { ...world, end: () => admin.command(id, { name: 'end' }) };
  }

  test('was not known before it either, from its first missed slot', async () => {
    const world = await startWithWindow(6.5, 9);
    for (let at = 0; at <= 5; at += 1) await see(world, at);
    await look(world, 6, 7.5);
    expect(await told(world.store, 9)).toEqual([
      ['operational', 0],
      ['unknown', 6],
      ['under_maintenance', 6.5],
    ]);
    const [, , ...corrected] = await world.store.transitions(0, START * 2);
    expect(corrected.map(({ cause }) => cause)).toEqual(['expired', 'window']);
    // A window is renewed every half a minute.
    expect(await look(world, 7.5, 8.5)).toBeLessThanOrEqual(3);
  });

  test('is no news where nothing was known', async () => {
    const world = await startWithWindow(6.5, 9);
    await see(world, 5, FAILED);
    await look(world, 6, 7.5);
    expect(await told(world.store, 9)).toEqual([
      ['unknown', 0],
      ['under_maintenance', 6.5],
    ]);
    expect(await look(world, 7.5, 8.5)).toBeLessThanOrEqual(3);
  });

  test('is known when the window is over, if nobody looked before', async () => {
    const world = await startWithWindow(6.5, 9);
    for (let at = 0; at <= 5; at += 1) await see(world, at);
    await look(world, 6, 7);
    vi.setSystemTime(minute(7.5));
    await world.end();
    await look(world, 8, 8.2);
    expect(await told(world.store, 9)).toEqual([
      ['operational', 0],
      ['unknown', 6],
      ['under_maintenance', 6.5],
      ['unknown', 7.5],
    ]);
  });

  test('is not what ran out long before, judged by other rules since', async () => {
    const settings = settingsOfTwo(3);
    const world = await startWith(settings);
    const { store, recorder } = world;
    for (let at = 0; at < 20; at += 1) {
      await see(world, at);
      if (at < 7) await see(world, at + 0.5, { check: 'second', ...(at > 4 ? FAILED : {}) });
    }
    await recorder.stop(Date.now());
    const admin = anAdministrator({ store, now: () => Date.now() });
    await admin.announce(aPlan(['bureau.query'], minute(25), minute(30)));
    const again = { ...world, ...(await resumeRecorder(store, settingsOfTwo(2))) };
    await again.recorder.start();
    for (let at = 20; at < 28; at += 1) {
      await see(again, at);
      await look(again, at + 0.5, at + 1);
    }
    expect((await told(store, 28)).filter(([, at]) => at < 25)).toEqual([['operational', 0]]);
  });
});

test('a restart in a maintenance does not end it, nor opens an incident', async () => {
  const first = await startEvery('0 * * * * *');
  const { store, settings } = first;
  const admin = anAdministrator({ store, now: () => Date.now() });
  await admin.announce(aPlan(['bureau.query'], minute(10), minute(40)));
  await pass(first, 0, 20);
  await first.recorder.stop(Date.now());
  vi.setSystemTime(minute(22));
  const second = await resumeRecorder(store, settings);
  await second.recorder.gap({ from: minute(20), to: minute(22), cause: 'restart' });
  await pass(second, 23, 35);
  expect((await told(store, 35)).map(([state]) => state)).not.toContain('major_outage');
  expect((await told(store, 35)).filter(([, at]) => at >= 10 && at < 35)).not.toEqual([]);
  expect(second.live.statuses.get('bureau.query')).toMatchObject({
    state: 'under_maintenance',
    since: minute(10),
  });
  expect(await store.incidents({ limit: 9 })).toEqual([]);

  async function pass(now: Recording, from: number, to: number): Promise<void> {
    for (let i = from; i < to; i += 1) {
      await see(now, i, i > 12 ? FAILED : {});
      for (let s = 1; s < 60; s += 5) {
        vi.setSystemTime(minute(i) + s * SECOND);
        await now.recorder.time();
      }
    }
  }
});

test('users affected for longer than a day stay so when the clock is set back', async () => {
  const now = await startEvery('0 */5 * * * *');
  const every_ms = 5 * MINUTE;
  // 27 hours of slots every 5 minutes, every eighth of them bad.
  for (let i = 0; i < 27 * 12; i += 1) await see(now, 5 * i, i % 8 === 5 ? FAILED : {}, every_ms);
  const before = await told(now.store, 5 * 27 * 12);
  expect(before.at(-1)).toEqual(['partial_outage', 25]);
  const at = minute(5 * (27 * 12 - 1)) - 20 * SECOND;
  vi.setSystemTime(at);
  await now.recorder.batch(aBatch({ steps: [{ at, by_ms: -30 * SECOND }] }));
  vi.setSystemTime(at + SECOND);
  await now.recorder.time();
  expect(await told(now.store, 5 * 27 * 12)).toEqual(before);
  expect(now.live.statuses.get('bureau.query')).toMatchObject({
    state: 'partial_outage',
    since: minute(25),
  });
});

test('what is left is judged after a restart, if it was not before', async () => {
  const first = await startEvery('0 * * * * *');
  for (let i = 0; i < 34; i += 1) await see(first, i, i < 30 ? {} : FAILED);
  const at = minute(31) - 30 * SECOND;
  vi.setSystemTime(at);
  await first.recorder.batch(aBatch({ steps: [{ at, by_ms: -3 * MINUTE }] }));
  await first.recorder.stop(Date.now());
  vi.setSystemTime(at + 500);
  const second = await resumeRecorder(first.store, first.settings);
  await second.recorder.start();
  vi.setSystemTime(at + 2 * SECOND);
  await second.recorder.time();
  expect((await told(first.store, 60)).map(([state]) => state)).toEqual(['operational', 'unknown']);
  expect(second.live.judgements.get('bureau-query')).toMatchObject({ bad_run: 1 });
});
