import { expect, test, vi } from 'vitest';
import { MINUTE } from '../../model/time.ts';
import { loadBadTimes } from '../../status-page/overview/bad-times.ts';
import { FAILED, query } from './judged-site.ts';
import { at, startTwoChecks, told } from './two-checks.ts';

const GOOD = {};
const LESS = { outcome: 'degraded', reason: 'error_code' } as const;

/**
 * Two checks of which the first is good all the time, every 30 s; results of the second are handed
 * over together at 600 s: good until 120 s and from `until` on, else what is given.
 */
async function heldBack(measured: object, until: number) {
  const site = await startTwoChecks();
  await site.measure(0, 600, GOOD, null);
  const record = vi.spyOn(site.store, 'record');
  const slots = Array.from({ length: 20 }, (_, i) => i * 30);
  await site.handOver(
    600,
    slots.map((s) => query(at(s), { check: 'second', ...(120 <= s && s < until ? measured : {}) })),
  );
  const at_once = record.mock.calls.flatMap(([{ notices = [] }]) => notices);
  await site.wait(600, 605);
  const notices = record.mock.calls.flatMap(([recording]) => recording.notices ?? []);
  return { ...site, at_once, notices };
}

test('an outage that is known only once it is over is an incident that has recovered', async () => {
  const { store, measure, at_once, notices } = await heldBack(FAILED, 240);
  // In the transaction itself: after it a process may stop.
  expect(at_once.map(({ kind }) => kind)).toEqual(['incident_updated']);
  expect(notices).toEqual(at_once);
  expect((await told(store)).at(-1)).toEqual(['operational', 240]);
  const [incident, ...others] = await store.incidents({ limit: 10 });
  expect(others).toEqual([]);
  expect(incident).toMatchObject({
    status: 'monitoring',
    impact: 'major',
    components: ['bureau.query'],
    started_at: at(120),
    monitoring_at: at(600),
    updates: [
      {
        code: 'recovered',
        affected: [{ component: 'bureau.query', from: 'partial_outage', to: 'operational' }],
      },
    ],
  });
  const lengths = await loadBadTimes(store, incident ? [incident] : [], Date.now());
  expect([...lengths.values()]).toMatchObject([
    { bad_time: { bad_ms: 2 * MINUTE, end: 'seen' }, corrected_at: null },
  ]);
  const alerts = await store.alerts({ limit: 10 });
  expect(alerts.filter(({ subject }) => subject === 'bureau.query')).toEqual([]);
  await measure(630, 900, GOOD, GOOD);
  const [later, ...more] = await store.incidents({ limit: 10 });
  expect(later).toMatchObject({ status: 'resolved', started_at: at(120) });
  expect(later?.updates.map(({ code }) => code)).toEqual(['recovered', 'resolved']);
  expect(more).toEqual([]);
});

test('what would have been no incident in time is none later', async () => {
  const short = await heldBack(LESS, 240);
  expect((await told(short.store)).map(([state]) => state)).toContain('degraded_performance');
  expect(await short.store.incidents({ limit: 10 })).toEqual([]);
  const long = await heldBack(LESS, 480);
  expect(await long.store.incidents({ limit: 10 })).toMatchObject([
    { status: 'monitoring', impact: 'minor', started_at: at(120) },
  ]);
});

test('one that goes on opens as always', async () => {
  const { store, notices } = await heldBack(FAILED, 9_999);
  expect(notices.map(({ kind }) => kind)).toEqual(['incident_opened', 'alert_opened']);
  const [incident] = await store.incidents({ limit: 10 });
  expect(incident).toMatchObject({ status: 'investigating', started_at: at(120) });
  expect(incident?.updates.map(({ code }) => code)).toEqual(['opened']);
});

test('what an incident tells of already is in no other one', async () => {
  const site = await startTwoChecks();
  await site.measure(0, 120, GOOD, null);
  await site.measure(120, 240, FAILED, null);
  await site.measure(240, 600, GOOD, null);
  const before = await site.store.incidents({ limit: 10 });
  expect(before.map(({ status }) => status)).toEqual(['resolved']);
  // Of the same time, and a minute longer.
  const slots = Array.from({ length: 20 }, (_, i) => i * 30);
  await site.handOver(
    600,
    slots.map((s) => query(at(s), { check: 'second', ...(120 <= s && s < 300 ? FAILED : {}) })),
  );
  await site.wait(600, 605);
  expect((await site.store.incidents({ limit: 10 })).map(({ id }) => id)).toEqual(
    before.map(({ id }) => id),
  );
});
