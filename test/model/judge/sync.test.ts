import { describe, expect, it } from 'vitest';
import { judgeSync, lookDistanceMs, type SyncInput } from '../../../model/judge/sync.ts';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import { journey, policy, T0 } from '../builders.ts';

const demo = { ...policy, stalled_after_ms: MINUTE };

/** `n` journeys accepted every 10 s from T0 on, each answered "absent" just now. */
function waiting(n: number, now: number) {
  return Array.from({ length: n }, (_, i) =>
    journey(T0 + i * 10 * SECOND, { last_answered_at: now - SECOND }),
  );
}

function sync(now: number, changed: Partial<SyncInput> = {}) {
  return judgeSync({
    waiting: waiting(5, now),
    last_answer: { at: now - SECOND, next_distance_ms: 5 * SECOND },
    last_arrival_at: T0,
    recent: [],
    watched_since: T0 - HOUR,
    was_stalled: false,
    now,
    policy: demo,
    window: null,
    ...changed,
  });
}

describe('looks', () => {
  it.each([
    [0, 5_000],
    [50_000, 5_000],
    [60_000, 6_000],
    [HOUR, 6 * MINUTE],
    [2 * HOUR, 10 * MINUTE],
  ])('at age %i ms the next follows after %i ms', (age, distance) => {
    expect(lookDistanceMs(age)).toBe(distance);
  });
});

describe('judging a sync', () => {
  it.each([
    ['nothing arrived for less than stalled_after', T0 + 59 * SECOND, {}, 'operational'],
    ['nothing arrived for stalled_after', T0 + 60 * SECOND, {}, 'partial_outage'],
    ['only 4 wait', T0 + HOUR, { waiting: waiting(4, T0 + HOUR) }, 'operational'],
    ['something arrived', T0 + HOUR, { last_arrival_at: T0 + HOUR - SECOND }, 'operational'],
    ['watched again only now', T0 + HOUR, { watched_since: T0 + HOUR - SECOND }, 'operational'],
    ['the oldest waits as long as promised', T0 + 24 * HOUR, {}, 'partial_outage'],
    ['the oldest waits longer than promised', T0 + 24 * HOUR + 1, {}, 'major_outage'],
    ['no look ever answered', T0 + HOUR, { last_answer: null }, 'unknown'],
  ] as const)('%s', (_, now, changed, state) => {
    expect(sync(now, changed as Partial<SyncInput>).state).toBe(state);
  });

  it('counts down time from the last arrival, or from when we could see', () => {
    expect(sync(T0 + HOUR).since).toBe(T0);
    expect(sync(T0 + HOUR, { watched_since: T0 + MINUTE }).since).toBe(T0 + MINUTE);
  });

  it('counts a broken promise from the moment it broke', () => {
    expect(sync(T0 + 25 * HOUR).since).toBe(T0 + 24 * HOUR);
  });

  it('is unknown, never failing, when no look is answered for 2 × its next distance', () => {
    const blind = (now: number) => {
      const stuck = waiting(5, T0 + 2 * MINUTE).map((it) => ({
        ...it,
        last_answered_at: T0 + MINUTE,
      }));
      return sync(now, {
        waiting: stuck,
        last_answer: { at: T0 + MINUTE, next_distance_ms: 5 * SECOND },
      });
    };
    expect(blind(T0 + 70 * SECOND).state).toBe('partial_outage');
    // 60 s after its acceptance the next look follows after 6 s, the others' after 5 s
    expect(blind(T0 + 70 * SECOND + 1)).toMatchObject({
      state: 'unknown',
      since: T0 + 70 * SECOND,
      notes: [{ code: 'look_unanswered', last_answered_at: T0 + MINUTE }],
    });
  });

  it('waits for the first look at an invoice accepted after a quiet time', () => {
    const quiet = { last_answer: { at: T0, next_distance_ms: 5 * SECOND } };
    const accepted_at = T0 + 50 * SECOND;
    const first = sync(accepted_at + 10 * SECOND, { ...quiet, waiting: [journey(accepted_at)] });
    expect(first).toMatchObject({ state: 'operational', valid_until: accepted_at + 10 * SECOND });
  });

  it('says when there is nothing to follow', () => {
    const nothing = { waiting: [], last_answer: { at: T0, next_distance_ms: 5 * SECOND } };
    expect(sync(T0 + MINUTE, nothing).state).toBe('operational');
    expect(sync(T0 + MINUTE + 1, nothing)).toMatchObject({
      state: 'unknown',
      notes: [{ code: 'nothing_to_follow', last_answered_at: T0 }],
    });
  });

  it('is under maintenance inside an announced window', () => {
    const window = { maintenance: 'm1', from: T0 + MINUTE };
    expect(sync(T0 + HOUR, { window })).toMatchObject({
      state: 'under_maintenance',
      since: T0 + MINUTE,
    });
  });
});

describe('a slow sync', () => {
  const now = T0 + 30 * SECOND;
  const slow_policy = { ...demo, slow_wait_ms: MINUTE };
  /** `arrived` took 20 s, `late` took 3 min, and `still` have waited 2 min so far. */
  const observed = ({ arrived = 0, late = 0, still = 0 }) => [
    ...Array.from({ length: arrived }, () => ({ duration_ms: 20 * SECOND, censored: false })),
    ...Array.from({ length: late }, () => ({ duration_ms: 3 * MINUTE, censored: false })),
    ...Array.from({ length: still }, () => ({ duration_ms: 2 * MINUTE, censored: true })),
  ];

  it.each([
    ['most arrived quickly', { arrived: 20 }, 'operational'],
    ['half took long', { arrived: 10, late: 10 }, 'operational'],
    ['more than half took long', { arrived: 9, late: 11 }, 'degraded_performance'],
    ['more than half still wait', { arrived: 9, still: 11 }, 'degraded_performance'],
    ['too few to tell', { late: 10, still: 9 }, 'operational'],
  ] as const)('%s', (_, sample, state) => {
    expect(sync(now, { recent: observed(sample), policy: slow_policy }).state).toBe(state);
  });

  it('counts from now, and says of how many and longer than what', () => {
    const recent = observed({ arrived: 5, still: 15 });
    expect(sync(now, { recent, policy: slow_policy })).toMatchObject({
      since: now,
      notes: [{ code: 'sync_slow', n: 20, limit_ms: MINUTE }],
    });
  });

  it('is nothing beside a stalled one, and nothing where nobody knows what is usual', () => {
    const recent = observed({ still: 20 });
    expect(sync(T0 + HOUR, { recent, policy: slow_policy }).state).toBe('partial_outage');
    expect(sync(now, { recent }).state).toBe('operational');
  });
});
