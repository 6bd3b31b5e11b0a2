import { expect, test } from 'vitest';
import {
  type RecentResult,
  type RecentResults,
  recentDelays,
  withRecent,
} from '../../collector/state/recent.ts';
import { seededRandom } from '../../demo/history/random.ts';
import { countsAt } from '../../model/judge/history.ts';
import { applyCommand, createMaintenance } from '../../model/maintenance/apply-command.ts';
import type { Maintenance } from '../../model/maintenance.ts';
import type { Proof } from '../../model/proof.ts';
import type { Result } from '../../model/result.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { carriedOut, result } from '../model/builders.ts';
import { aPlan } from './administrator.ts';
import { START } from './configuration.ts';
import { FAILED, judgedSite, query } from './judged-site.ts';
import { knownOpenIncidents } from './recording.ts';

test('nothing happens when nothing has changed', () => {
  const site = judgedSite();
  site.see(query(START));
  expect(site.wait(START + SECOND)).toBeNull();
});

test('time alone: a state that runs out is unknown since the slot that had no result', () => {
  const site = judgedSite();
  site.see(query(START));
  expect(site.wait(START + MINUTE)).toBeNull();
  expect(site.wait(START + MINUTE + 1)?.transitions).toMatchObject([
    { component: 'bureau.query', to: 'unknown', since: START + MINUTE / 2, cause: 'expired' },
  ]);
  expect(site.wait(START + MINUTE + 2)).toBeNull();
});

test('time alone: what nobody has measured for five minutes is told to operators, once', () => {
  const site = judgedSite();
  expect(site.wait(START + 5 * MINUTE - 1)).toBeNull();
  const { alerts = [], notices = [] } = site.wait(START + 5 * MINUTE) ?? {};
  expect(alerts.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['stale', 'shop.upload'],
    ['stale', 'bureau.query'],
    ['stale', 'bureau.sync'],
  ]);
  expect(notices.map(({ kind }) => kind)).toEqual(Array(3).fill('alert_opened'));
  expect(site.wait(START + 6 * MINUTE)).toBeNull();
});

test('time alone: degraded opens an incident only when it lasts', () => {
  const site = judgedSite();
  for (let i = 0; i < 3; i += 1) site.see(query(START + i * SECOND, { duration_ms: 2_000 }));
  expect(site.stateOf('bureau.query')?.state).toBe('degraded_performance');
  expect(site.wait(START + 50 * SECOND)).toBeNull();
  for (let i = 1; i < 6; i += 1) site.see(query(START + i * 50 * SECOND, { duration_ms: 2_000 }));
  expect(site.wait(START + 5 * MINUTE)?.incidents).toMatchObject([
    { impact: 'minor', started_at: START },
  ]);
});

/**
 * In the query of the bureau, from 20 s to 40 s after START; a working query is expected again 30 s
 * later.
 */
function announcedAt(published_at: number): Maintenance {
  const plan = {
    ...aPlan(['bureau.query'], START + 20 * SECOND, START + 40 * SECOND),
    expected_recovery_at: START + 70 * SECOND,
  };
  const context = { now: published_at, newId: () => 'm1', components: new Set(['bureau.query']) };
  return carriedOut(createMaintenance({ name: 'announce', plan }, context)).maintenance;
}

function ended(maintenance: Maintenance | undefined, now: number): Maintenance {
  if (!maintenance) throw new Error('there is none');
  const context = { now, newId: () => 'u1', components: new Set<string>() };
  const before = { ...maintenance, updates: [] };
  return carriedOut(applyCommand(before, { name: 'end' }, context)).maintenance;
}

test('a maintenance covers its scope while it runs, and not beyond its announced end', () => {
  const site = judgedSite();
  site.live.maintenances = [announcedAt(START - 2 * DAY)];
  site.see(query(START));
  expect(site.wait(START + 19 * SECOND)?.maintenances).toMatchObject([
    { maintenance: { status: 'scheduled', reminded: [24 * HOUR, HOUR] } },
  ]);
  expect(site.wait(START + 21 * SECOND)).toMatchObject({
    transitions: [{ to: 'under_maintenance', since: START + 20 * SECOND, cause: 'window' }],
    maintenances: [{ maintenance: { status: 'in_progress', actual_from: START + 20 * SECOND } }],
    maintenance_updates: [{ maintenance: 'm1', code: 'started' }],
    notices: [{ kind: 'maintenance_started', ref: 'm1' }],
    changes: [{ kind: 'state' }, { kind: 'maintenance', ref: 'm1' }],
  });
  // What fails in the scope is expected; what fails outside is an outage.
  for (const at of [START + 25 * SECOND, START + 30 * SECOND]) {
    site.see(query(at, FAILED));
    site.see(result(at, { check: 'shop-upload', ...FAILED }));
  }
  expect(site.stateOf('bureau.query')?.state).toBe('under_maintenance');
  expect(site.stateOf('shop.upload')?.state).toBe('major_outage');
  expect(knownOpenIncidents(site.live).map(({ system }) => system)).toEqual(['shop']);
  expect([...site.live.open_alerts.values()].map((it) => it.subject)).toEqual(['shop.upload']);
  expect(site.wait(START + 40 * SECOND)).toMatchObject({
    transitions: [
      {
        from: 'under_maintenance',
        to: 'major_outage',
        since: START + 40 * SECOND,
        cause: 'window',
      },
    ],
    maintenance_updates: [{ code: 'overrun', status: 'overrun' }],
    notices: [{ kind: 'maintenance_updated' }],
    incidents: [],
    alerts: [],
  });
});

test('it is completed once its scope was seen to work, and counts until its end', () => {
  const site = judgedSite();
  site.live.maintenances = [announcedAt(START)];
  site.see(query(START));
  site.wait(START + 20 * SECOND);
  site.see(query(START + 21 * SECOND, FAILED));
  site.see(query(START + 25 * SECOND, FAILED));
  site.see(query(START + 30 * SECOND));
  site.live.maintenances = [ended(site.live.maintenances[0], START + 31 * SECOND)];
  expect(site.wait(START + 32 * SECOND)).toMatchObject({
    transitions: [{ from: 'under_maintenance', to: 'operational', since: START + 31 * SECOND }],
    maintenances: [],
  });
  site.see(query(START + 35 * SECOND));
  expect(site.wait(START + 36 * SECOND)).toMatchObject({
    transitions: [],
    maintenances: [{ maintenance: { status: 'completed' } }],
    maintenance_updates: [{ code: 'completed' }],
    notices: [{ kind: 'maintenance_ended' }],
  });
  // What failed meanwhile was expected and is not held against it afterwards.
  const history = site.live.histories.get('bureau-query');
  expect(history && countsAt(history, START + 35 * SECOND)[0]).toEqual({ n: 3, bad: 0 });
});

test('what still fails long after its end is an incident, and the maintenance stays open', () => {
  const site = judgedSite();
  site.live.maintenances = [announcedAt(START)];
  site.see(query(START));
  site.wait(START + 20 * SECOND);
  for (const at of [START + 21 * SECOND, START + 31 * SECOND]) site.see(query(at, FAILED));
  site.live.maintenances = [ended(site.live.maintenances[0], START + 32 * SECOND)];
  const opens_at = START + 32 * SECOND + 15 * MINUTE;
  for (let at = START + 35 * SECOND; at < opens_at; at += 30 * SECOND) {
    site.see(query(at, FAILED));
    site.wait(at + SECOND);
  }
  expect(site.stateOf('bureau.query')).toMatchObject({
    state: 'major_outage',
    since: START + 32 * SECOND,
  });
  expect(knownOpenIncidents(site.live)).toEqual([]);
  expect(site.wait(opens_at)).toMatchObject({
    incidents: [{ system: 'bureau', impact: 'critical', started_at: START + 32 * SECOND }],
    alerts: [{ subject: 'bureau.query' }],
  });
  expect(site.live.maintenances).toMatchObject([{ status: 'verifying' }]);
});

test('under maintenance may be said for a minute, and is said anew while somebody is there', () => {
  const site = judgedSite();
  site.live.maintenances = [{ ...announcedAt(START), announced_until: START + HOUR }];
  site.see(query(START));
  site.see(query(START + 15 * SECOND, { outcome: 'maintenance', reason: 'http_status' }));
  site.wait(START + 20 * SECOND);
  const said = () => site.stateOf('bureau.query')?.valid_until;
  expect(said()).toBe(START + 80 * SECOND);
  site.wait(START + 40 * SECOND);
  expect(site.wait(START + 50 * SECOND)).toBeNull();
  expect(site.wait(START + 51 * SECOND)).toMatchObject({ transitions: [], changes: [] });
  expect(said()).toBe(START + 111 * SECOND);
});

/** Of a failure below HTTP, of which nothing is known but what is given. */
function proof(known: Partial<Proof>): Pick<Result, 'proof'> {
  return {
    proof: {
      contact: { host: 'bureau', address: null, reach: 'refused', resolver_differs: false },
      is_local: false,
      loop_delay_ms: 0,
      other_answer: null,
      neutrals: [],
      control: null,
      line: { failed: 1, answered: 0, blamed: null },
      ...known,
    },
  };
}

test('while neutral hosts are out of reach, what fails is our own fault', () => {
  const site = judgedSite();
  site.see(query(START));
  const neutrals = ['a', 'b'].map((host) => ({ host, answered: false }));
  for (let i = 1; i < 4; i += 1) {
    const ours = { ...FAILED, ...proof({ neutrals }) };
    const { result: seen, grade } = site.see(query(START + i * 5 * SECOND, ours));
    expect(seen).toMatchObject({ outcome: 'self', reason: 'neutral_host_failed' });
    expect(grade).toBe('unjudged');
  }
  expect(site.stateOf('bureau.query')).toMatchObject({
    state: 'operational',
    last: { outcome: 'self', reason: 'neutral_host_failed', is_judged: false },
  });
  const theirs = { ...FAILED, ...proof({ neutrals: [{ host: 'a', answered: true }] }) };
  site.see(query(START + 25 * SECOND, theirs));
  site.see(query(START + 30 * SECOND, theirs));
  expect(site.stateOf('bureau.query')?.state).toBe('major_outage');
  expect(site.stateOf('bureau.query')?.notes.map((it) => it.code)).toEqual(['checks_failing']);
});

test('where nothing proves it, a failure is said to be perhaps our line', () => {
  const site = judgedSite();
  for (const at of [START, START + 5 * SECOND]) site.see(query(at, { ...FAILED, ...proof({}) }));
  expect(site.stateOf('bureau.query')).toMatchObject({
    state: 'major_outage',
    notes: [{ code: 'checks_failing' }, { code: 'maybe_our_line', line: 'local' }],
  });
});

test('too many single failures: some users are affected, until they are no longer too many', () => {
  const site = judgedSite();
  for (let i = 0; i < 30; i += 1) {
    const bad = i >= 20 && i % 2 === 0;
    site.see(query(START + i * 10 * SECOND, bad ? FAILED : {}));
  }
  expect(site.stateOf('bureau.query')).toMatchObject({
    state: 'partial_outage',
    notes: [{ code: 'some_users_affected' }],
  });
  // The last bad one was the 29th: 30 minutes and 20 results later it is over, since the 30th.
  for (let i = 30; i < 208; i += 1) site.see(query(START + i * 10 * SECOND));
  expect(site.stateOf('bureau.query')).toMatchObject({
    state: 'partial_outage',
    since: START + 200 * SECOND,
  });
  site.see(query(START + 2_080 * SECOND));
  expect(site.stateOf('bureau.query')).toMatchObject({
    state: 'operational',
    since: START + 290 * SECOND,
  });
});

function recentOf(results: readonly RecentResult[]): RecentResults {
  const recent = results.reduce<RecentResults | undefined>(withRecent, undefined);
  if (recent === undefined) throw new Error('no result');
  return recent;
}

test('what came late leaves the hour with its slot', () => {
  const minutes = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => ({
      slot_at: START + (from + i) * MINUTE,
      delay_ms: from + i,
      is_bad: false,
    }));
  const before_late = recentOf([...minutes(0, 10), ...minutes(20, 30)]);
  const late = minutes(10, 20).reduce<RecentResults>(withRecent, before_late);
  const all = minutes(30, 76).reduce<RecentResults>(withRecent, late);
  expect(recentDelays(all)).toMatchObject({ n: 60, median_ms: 45 });
  expect(recentDelays(before_late)).toMatchObject({ n: 20, median_ms: 9 });
});

test('quantiles are those of the sorted delays, whatever their order', () => {
  const random = seededRandom(20261102);
  for (let n = 1; n <= 200; n += 1) {
    const delays = Array.from({ length: n }, () => Math.floor(random() * 50));
    const sorted = [...delays].sort((a, b) => a - b);
    const { median_ms, p95_ms } = recentDelays(
      recentOf(delays.map((delay_ms) => ({ slot_at: START, delay_ms, is_bad: false }))),
    );
    expect(median_ms).toBe(sorted[Math.ceil(n / 2) - 1]);
    expect(p95_ms).toBe(sorted[Math.ceil(0.95 * n) - 1]);
  }
});

test.each([
  { name: 'all good', bad: 0, median: 10, p95: 19 },
  { name: 'a tenth bad: the 95th percentile is not known', bad: 2, median: 10, p95: null },
  { name: 'half bad: the median is the longest good one', bad: 10, median: 10, p95: null },
  { name: 'more than half bad: not even the median', bad: 11, median: null, p95: null },
])('recent delays, $name', ({ bad, median, p95 }) => {
  const recent = Array.from({ length: 20 }, (_, i) => ({
    slot_at: START + i,
    delay_ms: i + 1,
    is_bad: i >= 20 - bad,
  }));
  expect(recentDelays(recentOf(recent))).toMatchObject({
    n: 20,
    bad,
    median_ms: median,
    p95_ms: p95,
  });
});

test('a component that is unknown says which result came last', () => {
  const site = judgedSite();
  const refused: Partial<Result> = { outcome: 'credential', reason: 'error_code' };
  site.see(query(START, refused));
  expect(site.stateOf('bureau.query')).toMatchObject({
    state: 'unknown',
    measured_at: null,
    notes: [{ code: 'not_judged', outcome: 'credential', ended_at: START + 200 }],
  });

  site.see(query(START + 5 * SECOND));
  expect(site.stateOf('bureau.query')).toMatchObject({ state: 'operational', notes: [] });
  site.see(query(START + MINUTE, { outcome: 'throttled', reason: 'blocked' }));
  expect(site.stateOf('bureau.query')).toMatchObject({ state: 'operational', notes: [] });
  site.wait(START + 2 * MINUTE);
  expect(site.stateOf('bureau.query')).toMatchObject({
    state: 'unknown',
    notes: [{ code: 'not_judged', outcome: 'throttled', reason: 'blocked' }],
  });

  site.see(query(START + 3 * MINUTE, refused));
  const [note] = site.stateOf('bureau.query')?.notes ?? [];
  expect(note).toMatchObject({ outcome: 'credential', ended_at: START + 3 * MINUTE + 200 });
  site.see(query(START + 3 * MINUTE + SECOND));
  expect(site.stateOf('bureau.query')).toMatchObject({ state: 'operational', notes: [] });
});
