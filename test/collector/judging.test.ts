import { expect, test } from 'vitest';
import { seededRandom } from '../../collector/demo/random.ts';
import { idFrom } from '../../collector/ids.ts';
import { implied, type Surroundings } from '../../collector/judging/implications.ts';
import { recentDelays } from '../../collector/judging/recent.ts';
import { afterResult } from '../../collector/judging/result.ts';
import { afterTime } from '../../collector/judging/time.ts';
import { advance, emptyPicture, type Picture } from '../../collector/picture.ts';
import { type Site, siteOf } from '../../collector/site.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Result } from '../../model/result.ts';
import { result } from '../model/builders.ts';
import { configuration, MINUTE, SECOND, START } from './world.ts';

/** A site judged in memory only: rules that need no database. */
function judged(settings: Configuration = configuration()) {
  const site: Site = siteOf(settings);
  const picture: Picture = emptyPicture(site, START);
  let ids = 0;
  const around = (now: number): Surroundings => ({
    site,
    picture,
    now,
    newId: () => idFrom(() => (++ids % 36) / 36),
  });
  return {
    site,
    picture,
    see(seen: Result) {
      const check = site.checks.get(seen.check);
      if (!check) throw new Error(`no check ${seen.check}`);
      const surroundings = around(Math.round(seen.started_at + seen.duration_ms));
      const valid_until = seen.slot_at + MINUTE;
      const { judged: verdict, findings } = afterResult(surroundings, seen, { check, valid_until });
      advance(picture, implied(surroundings, [findings]));
      return verdict;
    },
    wait(now: number) {
      const step = afterTime(around(now));
      if (step) advance(picture, step);
      return step?.recording ?? null;
    },
    stateOf: (component: string) => picture.statuses.get(component),
  };
}

const query = (slot_at: number, changed: Partial<Result> = {}) =>
  result(slot_at, { check: 'bureau-query', ...changed });
const FAILED = { outcome: 'system', reason: 'http_status', detail: 'HTTP 503' } as const;

test('nothing happens when nothing has changed', () => {
  const site = judged();
  site.see(query(START));
  expect(site.wait(START + SECOND)).toBeNull();
});

test('time alone: a state runs out at the instant it was valid until', () => {
  const site = judged();
  site.see(query(START));
  expect(site.wait(START + MINUTE)).toBeNull();
  expect(site.wait(START + MINUTE + 1)?.transitions).toMatchObject([
    { component: 'bureau.query', to: 'unknown', since: START + MINUTE, cause: 'expired' },
  ]);
  expect(site.wait(START + MINUTE + 2)).toBeNull();
});

test('time alone: degraded opens an incident only when it lasts', () => {
  const site = judged();
  for (let i = 0; i < 3; i += 1) site.see(query(START + i * SECOND, { duration_ms: 2_000 }));
  expect(site.stateOf('bureau.query')?.state).toBe('degraded_performance');
  expect(site.wait(START + 50 * SECOND)).toBeNull();
  for (let i = 1; i < 6; i += 1) site.see(query(START + i * 50 * SECOND, { duration_ms: 2_000 }));
  expect(site.wait(START + 5 * MINUTE)?.incidents).toMatchObject([
    { impact: 'minor', started_at: START },
  ]);
});

test('an announced window covers its components from its start to its end, not longer', () => {
  const site = judged();
  site.picture.windows = [
    {
      maintenance: 'm1',
      components: ['bureau.query'],
      from: START + 20 * SECOND,
      to: START + 40 * SECOND,
    },
  ];
  site.see(query(START));
  expect(site.wait(START + 21 * SECOND)?.transitions).toMatchObject([
    { to: 'under_maintenance', since: START + 20 * SECOND, cause: 'window' },
  ]);
  // What fails in the scope is expected; its incident does not open.
  site.see(query(START + 25 * SECOND, FAILED));
  site.see(query(START + 30 * SECOND, FAILED));
  expect(site.stateOf('bureau.query')?.state).toBe('under_maintenance');
  expect(site.picture.open_incidents.size).toBe(0);
  // It still fails when the window is over.
  expect(site.wait(START + 41 * SECOND)?.transitions).toMatchObject([
    { to: 'major_outage', since: START + 40 * SECOND, cause: 'window' },
  ]);
});

/** The shop is a neutral host now, which only tells our line from their systems. */
function withNeutralHost(): Configuration {
  const settings = configuration();
  const [shop, ...others] = settings.systems;
  if (!shop) throw new Error('no shop');
  return { ...settings, systems: [{ ...shop, neutral: true }, ...others] };
}

test('while a neutral host is out of reach, what fails is our own fault', () => {
  const site = judged({
    ...withNeutralHost(),
    checks: configuration().checks.filter((it) => it.function !== 'sync'),
  });
  expect([...site.site.components.keys()]).toEqual(['bureau.query']);
  site.see(query(START));
  site.see(result(START, { check: 'shop-upload', ...FAILED }));
  for (let i = 1; i < 4; i += 1) {
    const { result: seen, grade } = site.see(query(START + i * 5 * SECOND, FAILED));
    expect(seen).toMatchObject({ outcome: 'self', reason: 'neutral_host_failed' });
    expect(grade).toBe('unjudged');
  }
  expect(site.stateOf('bureau.query')?.state).toBe('operational');
  site.see(result(START + 20 * SECOND, { check: 'shop-upload' }));
  site.see(query(START + 25 * SECOND, FAILED));
  site.see(query(START + 30 * SECOND, FAILED));
  expect(site.stateOf('bureau.query')?.state).toBe('major_outage');
});

test('without a neutral host, all failing at once is said to be perhaps our line', () => {
  const site = judged();
  for (const check of ['shop-upload', 'bureau-query'])
    for (const at of [START, START + 5 * SECOND]) site.see(result(at, { check, ...FAILED }));
  expect(site.stateOf('shop.upload')?.notes.map((it) => it.code)).toEqual(['checks_failing']);
  expect(site.stateOf('bureau.query')?.notes).toContainEqual({
    code: 'maybe_our_line',
    line: 'local',
  });
});

test('too many single failures: some users are affected, until they are no longer too many', () => {
  const site = judged();
  for (let i = 0; i < 30; i += 1) {
    const bad = i >= 20 && i % 2 === 0;
    site.see(query(START + i * 10 * SECOND, bad ? FAILED : {}));
  }
  expect(site.stateOf('bureau.query')).toMatchObject({
    state: 'partial_outage',
    notes: [{ code: 'some_users_affected' }],
  });
  for (let i = 30; i < 220; i += 1) site.see(query(START + i * 10 * SECOND));
  expect(site.stateOf('bureau.query')?.state).toBe('operational');
});

test('quantiles are those of the sorted delays, whatever their order', () => {
  const random = seededRandom(20261102);
  for (let n = 1; n <= 200; n += 1) {
    const delays = Array.from({ length: n }, () => Math.floor(random() * 50));
    const sorted = [...delays].sort((a, b) => a - b);
    const { median_ms, p95_ms } = recentDelays(
      delays.map((delay_ms) => ({
        check: 'c',
        slot_at: START,
        ended_at: START,
        delay_ms,
        bad: false,
        told: false,
      })),
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
    check: 'c',
    slot_at: START + i,
    ended_at: START + i,
    delay_ms: i + 1,
    bad: i >= 20 - bad,
    told: false,
  }));
  expect(recentDelays(recent)).toMatchObject({ n: 20, bad, median_ms: median, p95_ms: p95 });
});
