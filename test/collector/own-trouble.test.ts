import { expect, test, vi } from 'vitest';
import { alertLength } from '../../model/alert.ts';
import type { LineCondition } from '../../model/own-trouble.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { Recording } from '../../store/record.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, query } from './judged-site.ts';
import { aBatch, dated, keepNotices, openSiteStore, resumeRecorder } from './recording.ts';
import { siteMetrics } from './site-metrics.ts';
import { stopTime } from './world.ts';

async function startRecorder() {
  stopTime();
  const { store } = await openSiteStore();
  const { notices, observer } = keepNotices();
  const { recorder, live } = await resumeRecorder(store, configuration(), { observer });
  return { store, recorder, live, notices };
}

const LINE: LineCondition = {
  kind: 'line',
  line: 'local',
  neutral: null,
  is_failing: true,
  at: START,
  detail: '3 of 3 neutral hosts',
};
const WELL = { ...LINE, is_failing: false, at: START + MINUTE };
const DEAD_NEUTRAL: LineCondition = {
  ...LINE,
  kind: 'neutral',
  neutral: 'example',
  detail: 'HTTP',
};

test('B3: a line in trouble is a state of ours, with its alert, until it is over', async () => {
  const { store, recorder, notices } = await startRecorder();
  await recorder.batch(aBatch({ conditions: [LINE] }));
  const open = { kind: 'line', line: 'local', since: START, until: null, detail: LINE.detail };
  expect(await store.openOwnTroubles()).toEqual([open]);
  expect(await store.alerts({ open: true, limit: 9 })).toMatchObject([
    { kind: 'own', subject: 'line local', error: LINE.detail, since: START, state: null },
  ]);
  const seq = await store.changeSeq();
  vi.setSystemTime(START + MINUTE);
  // Said again it is nothing new.
  await recorder.batch(aBatch({ conditions: [{ ...LINE, at: START + SECOND }] }));
  expect(await store.changeSeq()).toBe(seq);
  await recorder.batch(aBatch({ conditions: [WELL] }));
  expect(await store.ownTroubles(0, START * 2)).toEqual([{ ...open, until: START + MINUTE }]);
  expect(await store.alerts({ limit: 9 })).toMatchObject([
    { resolved_at: START + MINUTE, resolved_since: START + MINUTE },
  ]);
  expect(notices).toEqual(['alert_opened', 'alert_resolved']);
  // The page is told of both.
  expect(await store.changeSeq()).toBe(seq + 1);
});

test('B5: a dead neutral host is told to operators, and is no trouble of ours', async () => {
  const { store, recorder, notices } = await startRecorder();
  const seq = await store.changeSeq();
  await recorder.batch(aBatch({ conditions: [DEAD_NEUTRAL] }));
  expect(await store.openOwnTroubles()).toEqual([]);
  expect(await store.alerts({ open: true, limit: 9 })).toMatchObject([
    { kind: 'neutral', subject: 'example', error: 'HTTP' },
  ]);
  await recorder.batch(aBatch({ conditions: [{ ...DEAD_NEUTRAL, is_failing: false }] }));
  expect(await store.alerts({ open: true, limit: 9 })).toEqual([]);
  expect(notices).toEqual(['alert_opened', 'alert_resolved']);
  expect(await store.changeSeq()).toBe(seq);
});

test('well without having been ill is nothing', async () => {
  const { store, recorder, notices } = await startRecorder();
  await recorder.batch(aBatch({ conditions: [WELL, { ...DEAD_NEUTRAL, is_failing: false }] }));
  expect(await store.alerts({ limit: 9 })).toEqual([]);
  expect(notices).toEqual([]);
});

test('each kind and line has its own', async () => {
  const { store, recorder } = await startRecorder();
  const conditions = [LINE, { ...LINE, line: 'office' }, { ...LINE, kind: 'machine' as const }];
  await recorder.batch(aBatch({ conditions }));
  const disk = {
    kind: 'disk',
    line: null,
    is_failing: true,
    at: START,
    detail: 'space_left percent=9',
  } as const;
  await recorder.condition(disk);
  await recorder.batch(aBatch({ conditions: [{ ...WELL, line: 'office' }] }));
  const open = (await store.openOwnTroubles()).map(({ kind, line }) => [kind, line]);
  expect(open.toSorted()).toEqual([
    ['disk', null],
    ['line', 'local'],
    ['machine', 'local'],
  ]);
});

test('differences of the ledger are told once, and every night where they are', async () => {
  const { store, recorder, notices } = await startRecorder();
  const ledger = { kind: 'ledger', line: null, is_failing: true, at: START } as const;
  await recorder.condition({ ...ledger, detail: 'ledger_differs n=1' });
  await recorder.condition({ ...ledger, at: START + 9, detail: 'ledger_differs n=50' });
  expect(await store.openOwnTroubles()).toEqual([
    { kind: 'ledger', line: null, since: START, until: null, detail: 'ledger_differs n=50' },
  ]);
  const [alert, ...others] = await store.alerts({ open: true, limit: 9 });
  expect([alert?.error, others]).toEqual(['ledger_differs n=50', []]);
  expect(notices).toEqual(['alert_opened']);
});

test('B8: the metric tells of each, from 0 to 1 and back', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const { recorder, live } = await resumeRecorder(store, configuration());
  const { telemetry, metrics } = siteMetrics(live);
  const values = async () => {
    metrics.time();
    const text = await telemetry.text();
    return [...text.matchAll(/^fapiao_own_trouble\{kind="(\w+)".* 1$/gm)].map(([, kind]) => kind);
  };
  expect(await values()).toEqual([]);
  const machine = { ...LINE, kind: 'machine' as const };
  const thread = { ...LINE, kind: 'process' as const };
  await recorder.batch(aBatch({ conditions: [LINE, machine, thread] }));
  expect(await values()).toEqual(['line', 'machine', 'process']);
  await recorder.batch(aBatch({ conditions: [WELL] }));
  expect(await values()).toEqual(['machine', 'process']);
});

test('condition and results of a batch are one transaction', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const commits: Recording[] = [];
  const observer = {
    committed: (it: Recording) => void commits.push(it),
    judged() {},
    dropped() {},
  };
  const { recorder } = await resumeRecorder(store, configuration(), { observer });
  const results = [0, 15, 30].map((seconds) =>
    dated(query(START + seconds * SECOND, seconds > 0 ? FAILED : {})),
  );
  vi.setSystemTime(START + 31 * SECOND);
  await recorder.batch(aBatch({ conditions: [DEAD_NEUTRAL], results }));
  expect(commits).toHaveLength(1);
  expect((await store.alerts({ limit: 9 })).map(({ kind }) => kind).toSorted()).toEqual([
    'neutral',
    'state',
  ]);
  expect(await store.integrityProblems()).toEqual([]);
});

test('of what was wrong when we stopped nobody saw the end, and that is told', async () => {
  const { store, recorder } = await startRecorder();
  await recorder.batch(aBatch({ conditions: [LINE, DEAD_NEUTRAL] }));
  vi.setSystemTime(START + 10 * SECOND);
  await recorder.time();
  vi.setSystemTime(START + 5 * MINUTE);
  const { recorder: next } = await resumeRecorder(store);
  await next.start();
  expect(await store.openOwnTroubles()).toEqual([]);
  expect(await store.ownTroubles(0, START * 2)).toMatchObject([
    { until: START + 10 * SECOND, is_end_unseen: true },
  ]);
  expect(await store.alerts({ open: true, limit: 9 })).toEqual([]);
  const alerts = await store.alerts({ limit: 9 });
  expect(alerts.map(({ kind }) => kind).toSorted()).toEqual(['neutral', 'own']);
  for (const alert of alerts) {
    expect(alert).toMatchObject({ resolved_at: START + 5 * MINUTE, resolved_since: null });
    expect(alertLength(alert, null)).toBeNull();
  }
  // A line that still has trouble says so again.
  await next.batch(aBatch({ conditions: [{ ...LINE, at: START + 5 * MINUTE }] }));
  expect(await store.openOwnTroubles()).toMatchObject([{ since: START + 5 * MINUTE }]);
});
