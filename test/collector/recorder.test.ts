import { expect, test, vi } from 'vitest';
import { resumeLiveState } from '../../collector/resume.ts';
import { emptyLiveState } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import type { Alert } from '../../model/alert.ts';
import { countsAt } from '../../model/judge/history.ts';
import type { Proof } from '../../model/proof.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { Recording } from '../../store/record.ts';
import { openStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { alert, result } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, query } from './judged-site.ts';
import { aBatch, openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

async function startRecorder() {
  stopTime();
  const { store, site, path } = await openSiteStore();
  const committed: Recording[] = [];
  const { recorder, live } = await resumeRecorder(store, configuration(), {
    observer: { committed: (it) => committed.push(it), judged() {}, dropped() {} },
  });
  return { store, site, live, recorder, committed, path };
}

const failed = (slot_at: number) => query(slot_at, FAILED);

async function slotsIn(store: Store) {
  const results = await store.results({ from: 0, to: START * 2, limit: 1_000 });
  return results.map((it) => it.slot_at);
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
  const history = live.histories.get('bureau-query');
  expect(history && countsAt(history, START + 30 * SECOND)[0]).toEqual({ n: 1, bad: 0 });
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
  const { live: resumed } = await resumeLiveState(again, site, START + 5 * MINUTE);
  for (const part of ['judgements', 'statuses', 'recent'] as const)
    expect(resumed[part].get('bureau.query')).toEqual(live[part].get('bureau.query'));
  expect(resumed.incidents.size).toBe(1);
  expect(resumed.incidents).toEqual(live.incidents);
  expect(resumed.judgements).toEqual(live.judgements);
  await again.close();
});

test('a start resolves alerts about what is not measured any more, and no others', async () => {
  const { store, site } = await openSiteStore();
  const about = (id: string, kind: Alert['kind'], subject: string) =>
    alert({ id, kind, subject, opened_at: START - MINUTE });
  await store.record({
    alerts: [
      about('measured', 'state', 'bureau.query'),
      about('gone', 'state', 'bureau.login'),
      about('stopped', 'stale', 'erp.issue'),
      about('disk', 'own', 'disk'),
      about('neutral', 'neutral', 'baidu'),
      about('channel', 'channel', 'email'),
    ],
  });
  const { recording } = await resumeLiveState(store, site, START);
  expect(recording.alerts?.map(({ id, resolved_at }) => [id, resolved_at]).toSorted()).toEqual([
    ['gone', START],
    ['stopped', START],
  ]);
  await store.close();
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

test('a run in which this process was suspended may tell good, but nothing bad', async () => {
  const { store, recorder } = await startRecorder();
  await recorder.time();
  vi.setSystemTime(START + MINUTE);
  const gap = { from: START, to: START + MINUTE, cause: 'suspended' } as const;
  await recorder.batch(aBatch({ gaps: [gap] }));
  const timeout = { outcome: 'timeout', reason: 'timeout_processing' } as const;
  const proof = silentFor(MINUTE);
  const slept = await recorder.result(query(START, { ...timeout, duration_ms: MINUTE, proof }));
  expect(slept).toMatchObject({ grade: 'unjudged', result: { outcome: 'self' } });
  const good = await recorder.result(query(START + SECOND, { duration_ms: MINUTE - SECOND }));
  expect(good.result.outcome).toBe('ok');
  vi.setSystemTime(START + MINUTE + 8 * SECOND);
  const after = await recorder.result(query(START + MINUTE, { ...timeout, duration_ms: 8_000 }));
  expect(after.result).toMatchObject(timeout);
  await store.close();
});

/** Of a run in which our own event loop stood still. */
function silentFor(loop_delay_ms: number): Proof {
  return {
    contact: { host: 'bureau', address: null, reach: 'silent', resolver_differs: false },
    is_local: true,
    loop_delay_ms,
    other_answer: null,
    neutrals: [],
    control: null,
    line: { failed: 0, answered: 0, blamed: null },
  };
}

test('an empty live state knows every component of the site, as unknown', () => {
  const site = siteOf(configuration());
  const { statuses } = emptyLiveState(site, START);
  expect([...statuses.values()].map((it) => [it.component, it.state])).toEqual([
    ['shop.upload', 'unknown'],
    ['bureau.query', 'unknown'],
    ['bureau.sync', 'unknown'],
  ]);
});
