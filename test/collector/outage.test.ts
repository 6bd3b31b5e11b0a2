import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Unrecordable } from '../../collector/recording/outage.ts';
import { MOST_WAITING_RESULTS } from '../../collector/recording/waiting.ts';
import type { LiveState } from '../../collector/state/live-state.ts';
import { availability } from '../../model/figures.ts';
import { spansOf } from '../../model/ledger.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { Recording } from '../../store/record.ts';
import { result } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';
import { openFailingStore } from './failing-store.ts';
import { FAILED, query } from './judged-site.ts';
import { described, event, request, SENDERS, SILENT } from './posting.ts';
import { aBatch, dated, knownOpenIncidents, resumeRecorder } from './recording.ts';
import { resultsOf, startWorld, stopCollector, stopTime } from './world.ts';

async function startRecorder(most_waiting_results = MOST_WAITING_RESULTS) {
  stopTime();
  const opened = await openFailingStore();
  const { store } = opened;
  const { recorder, live, judged } = await resumeRecorder(store, configuration(), {
    most_waiting_results,
  });
  return { ...opened, recorder, live, judged };
}

const at = (seconds: number) => START + seconds * SECOND;

/** One result every 15 s from 0 on, the last one at `until`; fails from `fails_from` on. */
async function measureUntil(
  { recorder }: Pick<Awaited<ReturnType<typeof startRecorder>>, 'recorder'>,
  { from = 0, until, fails_from }: { from?: number; until: number; fails_from: number },
) {
  for (let seconds = from; seconds <= until; seconds += 15) {
    vi.setSystemTime(at(seconds) + 200);
    const result = query(at(seconds), seconds >= fails_from ? FAILED : {});
    void recorder.batch(aBatch({ results: [dated(result)] }));
    await recorder.time().catch(() => undefined);
  }
}

async function slotsIn({ store }: Pick<Awaited<ReturnType<typeof startRecorder>>, 'store'>) {
  const results = await store.results({ from: 0, to: START * 2, limit: 100_000 });
  return results.map((it) => (it.slot_at - START) / SECOND);
}

const TROUBLES = [
  ['D4', 'disk', 'fail', 'mend'],
  ['D3', 'lock', 'lock', 'unlock'],
] as const;

test.each(TROUBLES)('%s, U5: while the %s is away nothing measured is lost', async (...given) => {
  const [, cause, begin, end] = given;
  const world = await startRecorder();
  const { store, recorder, live } = world;
  await measureUntil(world, { until: 30, fails_from: 30 });
  world[begin]();
  // The second bad result in a row, which decides the outage, comes when nothing can be written.
  await measureUntil(world, { from: 45, until: 90, fails_from: 45 });
  expect(recorder.outage()).toMatchObject({ cause, since: at(30) + 200 });
  expect(recorder.waiting()).toBe(4);
  // Memory is as the last commit left it.
  expect(live.statuses.get('bureau.query')?.state).toBe('operational');
  expect(await slotsIn(world)).toEqual([0, 15, 30]);

  world[end]();
  vi.setSystemTime(at(93));
  await recorder.time();
  expect(recorder.outage()).toBeNull();
  expect(await slotsIn(world)).toEqual([0, 15, 30, 45, 60, 75, 90]);
  expect(await store.gaps(0, START * 2)).toEqual([{ from: at(30) + 200, to: at(93), cause }]);
  // The outage counts from the slot of its first bad result, as if it had been recorded in time.
  const transitions = await store.transitions(0, START * 2);
  expect(transitions.map(({ to, since }) => [to, (since - START) / SECOND])).toEqual([
    ['operational', 0],
    ['major_outage', 30],
  ]);
  expect(await store.incidents({ limit: 9 })).toMatchObject([{ started_at: at(30) }]);
  expect(await store.integrityProblems()).toEqual([]);
});

test('what began and ended while nothing could be written is told once, as over', async () => {
  const world = await startRecorder();
  const { store, recorder } = world;
  const record = vi.spyOn(store, 'record');
  await measureUntil(world, { until: 30, fails_from: 9_999 });
  world.fail();
  // More than one transaction holds, with the outage across two of them.
  await measureUntil(world, { from: 45, until: 900, fails_from: 9_999 });
  await measureUntil(world, { from: 915, until: 2_100, fails_from: 915 });
  await measureUntil(world, { from: 2_115, until: 3_600, fails_from: 9_999 });
  const failed = record.mock.calls.length;
  world.mend();
  vi.setSystemTime(at(3_605));
  await recorder.time();
  const recordings = record.mock.calls.slice(failed).map(([recording]) => recording);
  expect(recordings.filter(({ results = [] }) => results.length > 0).length).toBeGreaterThan(2);
  const incidents = await store.incidents({ limit: 9 });
  expect(incidents).toMatchObject([{ status: 'monitoring', started_at: at(915) }]);
  expect(incidents[0]?.updates.map(({ code }) => code)).toEqual(['recovered']);
  const notices = recordings.flatMap((it) => it.notices ?? []);
  expect(notices.filter(({ kind }) => kind.startsWith('incident'))).toHaveLength(1);
  const alerts = await store.alerts({ limit: 9 });
  expect(alerts.filter(({ subject }) => subject === 'bureau.query')).toEqual([]);
});

test.each(TROUBLES)('%s: trouble with the %s is told once it can be written', async (...given) => {
  const [, cause, begin, end] = given;
  const world = await startRecorder();
  const { store, recorder } = world;
  await measureUntil(world, { until: 15, fails_from: 900 });
  world[begin]();
  await measureUntil(world, { from: 30, until: 60, fails_from: 900 });
  world[end]();
  vi.setSystemTime(at(61));
  await recorder.time();
  const [trouble] = await store.ownTroubles(0, START * 2);
  expect(trouble).toMatchObject({ kind: cause, line: null, since: at(15) + 200, until: at(61) });
  expect(trouble?.detail).toMatch(/locked|disk/);
  expect(await store.openOwnTroubles()).toEqual([]);
  const [alert] = await store.alerts({ limit: 9 });
  expect(alert).toMatchObject({ kind: 'own', subject: cause, since: at(15) + 200 });
  expect(alert?.resolved_since).toBe(at(61));
  expect(await store.alerts({ open: true, limit: 9 })).toEqual([]);
});

test('what could be measured, but not kept for so long, lies in the gap', async () => {
  const world = await startRecorder(3);
  const { store, recorder } = world;
  await measureUntil(world, { until: 15, fails_from: 900 });
  world.fail();
  await measureUntil(world, { from: 30, until: 120, fails_from: 900 });
  expect(recorder.waiting()).toBe(3);
  world.mend();
  vi.setSystemTime(at(125));
  await recorder.time();
  expect(await slotsIn(world)).toEqual([0, 15, 90, 105, 120]);
  expect(await store.gaps(0, START * 2)).toEqual([
    { from: at(15) + 200, to: at(125), cause: 'disk' },
  ]);
});

/** A copy of what memory says: versions of windows and histories share what lies behind them. */
function visible(live: LiveState) {
  const recent = [...live.recent].map(([id, { slots, delays, from, to }]) => {
    return [id, [...slots.slice(from, to)], [...delays.slice(from, to)]];
  });
  const histories = [...live.histories].map(([id, { bytes: _, ...history }]) => [id, history]);
  return structuredClone({ ...live, usual: null, recent, histories });
}

test('a transaction that fails leaves memory as it was, whatever it changes', async () => {
  const world = await startRecorder();
  const { recorder, live, store } = world;
  const accepted = { number: '26000000000000000001', issued: '20261102100000', accepted_at: at(0) };
  const upload = (seconds: number, changed: Partial<Result> = {}) =>
    dated(result(at(seconds), { check: 'shop-upload', ...changed }));
  const condition = { kind: 'line', line: 'local', neutral: null, is_failing: true } as const;
  vi.setSystemTime(at(20));
  await recorder.batch(aBatch({ results: [dated(query(at(0))), upload(10, { accepted })] }));
  const everything = aBatch({
    results: [
      ...[15, 30, 45].map((seconds) => dated(query(at(seconds), FAILED))),
      upload(20, { accepted: { ...accepted, number: '26000000000000000002' } }),
    ],
    conditions: [{ ...condition, at: at(30), detail: 'x' }],
  });
  const clock = aBatch({
    gaps: [{ from: at(50), to: at(90), cause: 'suspended' }],
    steps: [{ at: at(5), by_ms: -15 * SECOND }],
  });
  const before = visible(live);
  world.fail();
  vi.setSystemTime(at(60));
  for (const batch of [everything, clock]) void recorder.batch(batch);
  await recorder.time().catch(() => undefined);
  expect(recorder.outage()).not.toBeNull();
  expect(visible(live)).toEqual(before);
  // What it would have changed, it changes later.
  world.mend();
  await recorder.time();
  const after = visible(live);
  for (const key of ['judgements', 'statuses', 'recent', 'syncs', 'open_alerts'] as const)
    expect([key, after[key]]).not.toEqual([key, before[key]]);
  expect(knownOpenIncidents(live)).toHaveLength(1);
  expect(live.own_troubles.has('line local')).toBe(true);
  expect(live.last_gaps.at(-1)?.cause).toBe('suspended');
  expect(await store.integrityProblems()).toEqual([]);
});

test('nobody is left waiting for what was dropped', async () => {
  const world = await startRecorder(2);
  world.fail();
  const batches = [0, 15, 30, 45].map((seconds) =>
    world.recorder.batch(aBatch({ results: [dated(query(at(seconds)))] })),
  );
  await world.recorder.time().catch(() => undefined);
  await Promise.all(batches.slice(0, 2));
  world.mend();
  await world.recorder.time();
  await Promise.all(batches);
  expect(await slotsIn(world)).toEqual([30, 45]);
});

test('a state that ran out meanwhile is unknown since the slot without a result', async () => {
  const world = await startRecorder();
  const { store, recorder } = world;
  await measureUntil(world, { until: 15, fails_from: 900 });
  world.fail();
  vi.setSystemTime(at(21));
  await expect(recorder.time()).rejects.toThrow('check its disk');
  // Nothing is measured for five minutes either.
  vi.setSystemTime(at(15) + 5 * MINUTE);
  world.mend();
  await recorder.time();
  await recorder.time();
  const [unknown] = (await store.transitions(0, START * 2)).slice(-1);
  expect(unknown).toMatchObject({ to: 'unknown', since: at(45), cause: 'gap' });
  expect(unknown?.notes).toMatchObject([{ code: 'gap', cause: 'disk' }]);
  expect(await store.integrityProblems()).toEqual([]);
});

test('looks, events and conditions are refused at once, and nothing of them is kept', async () => {
  const world = await startRecorder();
  const { recorder, store } = world;
  world.lock();
  await recorder.time().catch(() => undefined);
  const event = {
    id: 'a'.repeat(32),
    system: 'shop',
    type: 'accepted' as const,
    invoice: { number: '26000000000000000001', issued: '20261102100000' },
    told: null,
    says: null,
    at: START,
    at_latest: false,
  };
  await expect(recorder.events([event])).rejects.toBeInstanceOf(Unrecordable);
  world.unlock();
  await recorder.time();
  expect(await store.knownEvents([event.id])).toEqual([]);
  expect(await recorder.events([event])).toEqual([true]);
});

test('the first good commit may be a heartbeat, where nothing else waits', async () => {
  const world = await startRecorder();
  const { recorder, store } = world;
  await recorder.time();
  world.lock();
  vi.setSystemTime(at(5));
  await recorder.time().catch(() => undefined);
  vi.setSystemTime(at(35));
  world.unlock();
  await recorder.time();
  expect(await store.gaps(0, START * 2)).toEqual([{ from: START, to: at(35), cause: 'lock' }]);
});

test('one result that cannot be written takes no others with it', async () => {
  const world = await startRecorder();
  const unknown = query(at(1), { check: 'nobody-knows' });
  const results = [dated(query(at(0))), dated(unknown), dated(query(at(2)))];
  await world.recorder.batch(aBatch({ results }));
  expect(await slotsIn(world)).toEqual([0, 2]);
  expect(world.recorder.outage()).toBeNull();
});

test('D3, D4: events are acknowledged after the commit only, else refused', async () => {
  stopTime();
  const world = await startWorld({ ingest: SENDERS, script: SILENT, patience_ms: 0 });
  await world.pass(SECOND);
  const other = new Database(world.path);
  onTestFinished(() => void other.close());
  other.exec('begin immediate');
  const told = event();
  const refused = await described(await world.collector.ingest(request([told])));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
  await world.pass(20 * SECOND);
  expect(world.collector.notReady()).toMatchObject({
    cause: 'lock',
    detail: expect.stringContaining('locked'),
  });
  expect(await world.telemetry.text()).toContain('fapiao_own_trouble{kind="lock",line=""} 1');
  const looks_before = world.line.runs.length;
  other.exec('rollback');
  await world.pass(2 * SECOND);
  expect(world.collector.notReady()).toBeNull();
  expect(await world.telemetry.text()).toContain('fapiao_own_trouble{kind="lock",line=""} 0');
  expect(await world.telemetry.text()).toContain('fapiao_gap_total{cause="lock"} 1');
  const taken = await described(await world.collector.ingest(request([told])));
  expect(taken.status).toBe(200);
  // Measuring went on meanwhile, and every slot has its result.
  expect(looks_before).toBeGreaterThan(2);
  const uploads = (await resultsOf(world, 'shop-upload')).map(({ slot_at }) => slot_at);
  const distances = uploads.slice(1).map((slot_at, i) => slot_at - (uploads[i] ?? 0));
  expect(distances.every((it) => it <= 10 * SECOND)).toBe(true);
  await stopCollector(world.collector);
  await world.store.close();
});

test('the gap ends with the first good commit, however long the store has tried', async () => {
  stopTime();
  const { store, fail, mend } = await openFailingStore();
  let tries_ms = 0;
  const patient = {
    ...store,
    record: (recording: Recording) => {
      vi.setSystemTime(Date.now() + tries_ms);
      return store.record(recording);
    },
  };
  const { recorder } = await resumeRecorder(store, configuration(), { store: patient });
  await recorder.time();
  fail();
  vi.setSystemTime(at(6));
  await recorder.time().catch(() => undefined);
  mend();
  tries_ms = 8 * SECOND;
  vi.setSystemTime(at(20));
  await recorder.time();
  const [gap] = await store.gaps(0, START * 2);
  expect(gap).toMatchObject({ from: START, cause: 'disk' });
  expect(gap?.to).toBeGreaterThanOrEqual(at(28));
  expect(await store.ownTroubles(0, START * 2)).toMatchObject([{ since: START, until: gap?.to }]);
});

test('what is committed stays, whatever those think who are told of it', async () => {
  stopTime();
  const { store } = await openFailingStore();
  const observer = {
    committed() {
      throw new Error('no metric');
    },
    judged() {},
    dropped() {},
  };
  const { recorder, live } = await resumeRecorder(store, configuration(), { observer });
  await recorder.result(query(START));
  expect(live.statuses.get('bureau.query')?.state).toBe('operational');
  expect(await store.results({ from: 0, to: START * 2, limit: 9 })).toHaveLength(1);
});

test.each([8, 240])(
  'D4: with the oldest dropped beyond %i, their time is unknown',
  async (most) => {
    const world = await startRecorder(most);
    const { store } = world;
    await measureUntil(world, { until: 60, fails_from: 9_000 });
    world.fail();
    await measureUntil(world, { from: 75, until: 3600, fails_from: 9_000 });
    world.mend();
    await measureUntil(world, { from: 3615, until: 3690, fails_from: 9_000 });
    await world.recorder.time();
    const slots = await slotsIn(world);
    const first_kept = slots.find((it) => it > 60) ?? 0;
    const transitions = await store.transitions(0, START * 2);
    // The state of 60 s was valid for 60 s; unknown from the slot after it on.
    const told = transitions.map(({ to, since, cause }) => [to, (since - START) / SECOND, cause]);
    const is_known = most > 236;
    expect(told).toEqual([
      ['operational', 0, 'result'],
      ...(is_known
        ? []
        : [
            ['unknown', 90, 'gap'],
            ['operational', first_kept, 'result'],
          ]),
    ]);
    const [{ notes = [] } = {}] = transitions.filter(({ to }) => to === 'unknown');
    expect(notes).toMatchObject(is_known ? [] : [{ code: 'gap', cause: 'disk' }]);
    const span = { component: 'bureau.query', from: START, to: at(3700) };
    const { valid_ms } = availability(spansOf({ transitions, ...span }), []);
    expect(valid_ms).toBe(3_700_000 - (is_known ? 0 : (first_kept - 90) * SECOND));
    expect(await store.integrityProblems()).toEqual([]);
  },
);

test('an outage of which the results before it were dropped begins where it is known', async () => {
  const world = await startRecorder(8);
  await measureUntil(world, { until: 60, fails_from: 9_000 });
  world.fail();
  await measureUntil(world, { from: 75, until: 900, fails_from: 75 });
  world.mend();
  await measureUntil(world, { from: 915, until: 945, fails_from: 75 });
  const first_kept = (await slotsIn(world)).find((it) => it > 60) ?? 0;
  const transitions = await world.store.transitions(0, START * 2);
  expect(transitions.map(({ to, since }) => [to, (since - START) / SECOND])).toEqual([
    ['operational', 0],
    ['unknown', 90],
    ['major_outage', first_kept],
  ]);
});
