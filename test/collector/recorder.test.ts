import { expect, test, vi } from 'vitest';
import { resumeLiveState } from '../../collector/resume.ts';
import { emptyLiveState, type LiveState } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { Recording } from '../../store/record.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { result } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, query } from './judged-site.ts';
import { openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

/** A recorder on a real database whose disk can be told to fail. */
async function startRecorder() {
  stopTime();
  const { store, site, path } = await openSiteStore();
  const committed: Recording[] = [];
  const disk = { failures: 0 };
  const { recorder, live } = await resumeRecorder(store, configuration(), {
    store: {
      ...store,
      record: (recording) => {
        disk.failures -= 1;
        return disk.failures >= 0
          ? Promise.reject(new Error('disk full'))
          : store.record(recording);
      },
    },
    observer: { committed: ({ recording }) => committed.push(recording), judged() {} },
    retry_after_ms: [100, 100],
  });
  return { store, site, live, recorder, committed, disk, path };
}

const failed = (slot_at: number) => query(slot_at, FAILED);

async function slotsIn(store: Store) {
  const results = await store.results({ from: 0, to: START * 2, limit: 1_000 });
  return results.map((it) => it.slot_at);
}

function snapshot(live: LiveState) {
  return structuredClone({
    judgements: live.judgements,
    statuses: live.statuses,
    recent: live.recent,
    open: live.open_incidents,
  });
}

test('results that come at once are recorded one after the other, in their order', async () => {
  const { store, recorder, live } = await startRecorder();
  const slots = Array.from({ length: 40 }, (_, i) => START + i * SECOND);
  const grades = await Promise.all(
    slots.map((at, i) => recorder.result(i % 2 ? failed(at) : query(at))),
  );
  expect(grades.map((it) => it.judgement.last_slot_at)).toEqual(slots);
  expect(await slotsIn(store)).toEqual(slots);
  // Never two bad in a row, so never failing: no result was judged on an old state.
  expect(live.judgements.get('bureau-query')).toMatchObject({ verdict: 'well', bad_run: 1 });
  expect(await store.integrityProblems()).toEqual([]);
  await store.close();
});

test('a write that fails is tried again and then is as if it had not failed', async () => {
  const { store, recorder, committed, disk } = await startRecorder();
  disk.failures = 2;
  const recorded = recorder.result(query(START));
  await vi.advanceTimersByTimeAsync(SECOND);
  await recorded;
  expect(committed).toHaveLength(1);
  expect(await slotsIn(store)).toEqual([START]);
  await store.close();
});

test('a write that fails for good leaves memory as it was, and the next goes on', async () => {
  const { store, recorder, live, disk } = await startRecorder();
  await recorder.result(failed(START));
  const before = snapshot(live);
  disk.failures = 3;
  const lost = recorder.result(failed(START + 15 * SECOND));
  const next = recorder.result(query(START + 30 * SECOND));
  lost.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(250);
  await expect(lost).rejects.toThrow('disk full');
  const { judgement } = await next;
  expect(await slotsIn(store)).toEqual([START, START + 30 * SECOND]);
  // The lost one was the second bad in a row; had memory moved, an incident would be open.
  expect(judgement).toMatchObject({ verdict: 'well', bad_run: 0 });
  expect(before.judgements.get('bureau-query')?.bad_run).toBe(1);
  expect(live.open_incidents.size).toBe(0);
  await store.close();
});

test('one bad run writes everything that it implies together', async () => {
  const { store, recorder, committed, live } = await startRecorder();
  await recorder.result(query(START));
  await recorder.result(failed(START + 15 * SECOND));
  await recorder.result(failed(START + 30 * SECOND));
  const last = committed.at(-1);
  expect(last?.transitions).toMatchObject([
    {
      component: 'bureau.query',
      from: 'operational',
      to: 'major_outage',
      since: START + 15 * SECOND,
      cause: 'result',
      cause_ref: `bureau-query@${START + 30 * SECOND}`,
    },
  ]);
  expect(last?.incidents).toMatchObject([{ system: 'bureau', impact: 'critical' }]);
  expect(last?.notices).toMatchObject([
    { kind: 'incident_opened', ref: last?.incidents?.[0]?.id, update: last?.updates?.[0]?.id },
    { kind: 'alert_opened', ref: last?.alerts?.[0]?.id, update: null },
  ]);
  expect(last?.alerts).toMatchObject([{ subject: 'bureau.query', since: START + 15 * SECOND }]);
  expect(last?.changes?.map((it) => it.kind)).toEqual(['state', 'incident']);
  // What failed in a state of its own has left the share of single failures.
  expect(live.recent.get('bureau.query')?.map((it) => it.left_out)).toEqual([false, true, true]);
  await store.close();
});

test('memory after a restart is what it was before', async () => {
  const { store, site, recorder, live, path } = await startRecorder();
  const outcomes = [query, failed, failed, failed, query, query, failed, query, failed, failed];
  for (const [i, make] of outcomes.entries()) {
    vi.setSystemTime(START + i * 15 * SECOND);
    await recorder.result(make(START + i * 15 * SECOND));
    await recorder.time();
  }
  await store.close();
  const again = await openStore({ path });
  const resumed = await resumeLiveState(again, site, START + 5 * MINUTE);
  for (const part of ['judgements', 'statuses', 'recent', 'open_incidents'] as const) {
    expect(resumed[part].get(part === 'open_incidents' ? 'bureau' : 'bureau.query')).toEqual(
      live[part].get(part === 'open_incidents' ? 'bureau' : 'bureau.query'),
    );
  }
  expect(resumed.judgements).toEqual(live.judgements);
  await again.close();
});

test('the same acceptance twice is one journey, counted from the first', async () => {
  const { store, recorder, live } = await startRecorder();
  const accepted = { number: '26000000000000000001', issued: '20261102100000', accepted_at: START };
  const upload = (slot_at: number, accepted_at: number) =>
    result(slot_at, { check: 'shop-upload', accepted: { ...accepted, accepted_at } });
  await recorder.result(upload(START, START));
  await recorder.result(upload(START + 10 * SECOND, START + 10 * SECOND));
  const journeys = await store.journeys({ limit: 10 });
  expect(journeys).toHaveLength(1);
  expect(journeys[0]).toMatchObject({ accepted_at: START, component: 'bureau.sync' });
  expect(live.syncs.get('bureau.sync')?.accepted).toEqual([START]);
  expect(journeys[0]?.id).toMatch(/^[0-9a-f]{32}$/);
  await store.close();
});

test('a bad result of ours is not theirs: started late, neutral host failing too', async () => {
  const { store, recorder } = await startRecorder();
  const late = await recorder.result(query(START, { ...failed(START), started_at: START + 5_001 }));
  expect(late).toMatchObject({
    grade: 'unjudged',
    result: { outcome: 'self', reason: 'late_start' },
  });
  const in_time = await recorder.result(
    query(START + 1, { ...failed(START + 1), started_at: START + 5_001 }),
  );
  expect(in_time.grade).toBe('bad');
  await store.close();
});

test('a suspension is noticed by what comes first, and covers what was missed in it', async () => {
  const { store, recorder } = await startRecorder();
  await recorder.time();
  vi.setSystemTime(START + MINUTE);
  const missed = { outcome: 'self', reason: 'missed_slot', duration_ms: 0 } as const;
  await expect(recorder.result(query(START + 54 * SECOND, missed))).rejects.toThrow('covered');
  expect(await store.gaps(0, START * 2)).toEqual([
    { from: START, to: START + MINUTE, cause: 'suspended' },
  ]);
  expect(await slotsIn(store)).toEqual([]);
  // What was missed later is a result again.
  vi.setSystemTime(START + MINUTE + 8 * SECOND);
  await recorder.result(query(START + MINUTE + SECOND, missed));
  expect(await slotsIn(store)).toEqual([START + MINUTE + SECOND]);
  await store.close();
});

test('a run in which this process was suspended may tell good, but nothing bad', async () => {
  const { store, recorder } = await startRecorder();
  await recorder.time();
  vi.setSystemTime(START + MINUTE);
  const timeout = { outcome: 'timeout', reason: 'timeout_processing' } as const;
  const slept = await recorder.result(query(START, { ...timeout, duration_ms: MINUTE }));
  expect(slept).toMatchObject({ grade: 'unjudged', result: { outcome: 'self' } });
  const good = await recorder.result(query(START + SECOND, { duration_ms: MINUTE - SECOND }));
  expect(good.result.outcome).toBe('ok');
  vi.setSystemTime(START + MINUTE + 8 * SECOND);
  const after = await recorder.result(query(START + MINUTE, { ...timeout, duration_ms: 8_000 }));
  expect(after.result).toMatchObject(timeout);
  await store.close();
});

test('an empty live state knows every component of the site, as unknown', () => {
  const site = siteOf(configuration());
  const { statuses } = emptyLiveState(site, START);
  expect([...statuses.values()].map((it) => [it.component, it.state])).toEqual([
    ['shop.upload', 'unknown'],
    ['bureau.query', 'unknown'],
    ['bureau.sync', 'unknown'],
  ]);
});
