import { describe, expect, it } from 'vitest';
import { judgeSync, lookDistanceMs, type SyncInput } from '../../../model/judge/sync.ts';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import { journey, policy, T0 } from '../builders.ts';

const LIMITS = {
  slow_wait_ms: null,
  overdue_after_ms: 10 * SECOND,
  stalled_after_ms: MINUTE,
  idle_for_ms: MINUTE,
};

/** `n` journeys accepted every 10 s from T0 on, each answered "absent" just now. */
function waiting(n: number, now: number) {
  const seen = { last_absent_at: now - SECOND, last_answered_at: now - SECOND };
  return Array.from({ length: n }, (_, i) => journey(T0 + i * 10 * SECOND, seen));
}

function sync(now: number, changed: Partial<SyncInput> = {}) {
  return judgeSync({
    waiting: waiting(5, now),
    // Others were accepted just now.
    accepted: [0, 10, 20, 30, 40].flatMap((s) => [T0 + s * SECOND, now]).sort((a, b) => a - b),
    latest_arrived_at: T0 - MINUTE,
    arrivals: [],
    last_answer: { at: now - SECOND, next_distance_ms: 5 * SECOND },
    last_arrival_at: T0,
    recent: [],
    watched_since: T0 - HOUR,
    phase: null,
    stall: null,
    slow_since: null,
    now,
    policy,
    limits: LIMITS,
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

describe('systems that are well', () => {
  /** Usual limits of a system that delivers every half hour. */
  const batch = { ...LIMITS, overdue_after_ms: 2 * HOUR, stalled_after_ms: 90 * MINUTE };

  it('S1: one invoice is stuck, and fresh ones were accepted after a silence', () => {
    const now = T0 + HOUR;
    const seen = { last_absent_at: now - SECOND, last_answered_at: now - SECOND };
    const fresh = [0, 1, 2, 3].map((i) => journey(now - i * SECOND, seen));
    const judged = sync(now, {
      waiting: [journey(T0, seen), ...fresh],
      accepted: [T0, ...fresh.map((it) => it.accepted_at)].toSorted((a, b) => a - b),
      last_arrival_at: T0 - MINUTE,
    });
    expect(judged.state).toBe('operational');
  });

  it('S2: a queue is emptied every half hour, and ten wait', () => {
    for (let minutes = 0; minutes < 30; minutes += 1) {
      const now = T0 + HOUR + minutes * MINUTE;
      const seen = { last_absent_at: now - SECOND, last_answered_at: now - SECOND };
      const its = Array.from({ length: 10 }, (_, i) => journey(T0 + HOUR + i * SECOND, seen));
      const judged = sync(now, {
        waiting: its,
        accepted: its.map((it) => it.accepted_at),
        last_arrival_at: T0 + HOUR - SECOND,
        limits: batch,
      });
      expect([minutes, judged.state]).toEqual([minutes, 'operational']);
    }
  });
});

describe('judging a sync', () => {
  /** By a look of a second ago the fifth, accepted at 40 s, was 9 s old. */
  const one_not_overdue = { last_arrival_at: T0 - HOUR };

  it.each([
    ['nothing arrived for less than stalled_after', T0 + 59 * SECOND, {}, 'operational'],
    ['nothing arrived for stalled_after', T0 + 60 * SECOND, {}, 'partial_outage'],
    ['only 4 wait', T0 + HOUR, { waiting: waiting(4, T0 + HOUR) }, 'operational'],
    ['only 4 are overdue', T0 + 50 * SECOND, one_not_overdue, 'operational'],
    ['something arrived', T0 + HOUR, { last_arrival_at: T0 + HOUR - SECOND }, 'operational'],
    ['watched again only now', T0 + HOUR, { watched_since: T0 + HOUR - SECOND }, 'operational'],
    ['the oldest waits as long as promised', T0 + 24 * HOUR, {}, 'partial_outage'],
    ['the oldest waits longer than promised', T0 + 24 * HOUR + 1, {}, 'major_outage'],
    ['no look ever answered', T0 + HOUR, { last_answer: null }, 'unknown'],
  ] as const)('%s', (_, now, changed, state) => {
    expect(sync(now, changed as Partial<SyncInput>).state).toBe(state);
  });

  it('counts down time from when enough were overdue, or from when nothing arrived', () => {
    expect(sync(T0 + HOUR).since).toBe(T0 + 50 * SECOND);
    const last_arrival_at = T0 + 2 * MINUTE;
    expect(sync(T0 + HOUR, { last_arrival_at }).since).toBe(last_arrival_at);
    const watched_since = T0 + 3 * MINUTE;
    expect(sync(T0 + HOUR, { watched_since }).since).toBe(watched_since);
  });

  it('counts a broken promise from the moment it broke', () => {
    expect(sync(T0 + 25 * HOUR).since).toBe(T0 + 24 * HOUR);
  });

  it('is not stalled by what an invoice accepted later has overtaken', () => {
    const now = T0 + HOUR;
    expect(sync(now, { latest_arrived_at: T0 + 40 * SECOND }).state).toBe('operational');
    expect(sync(now, { latest_arrived_at: T0 - 1 }).state).toBe('partial_outage');
  });

  it('says of a stall how many stand still, without those that were overtaken', () => {
    const now = T0 + HOUR;
    const missing = [1, 2, 3].map((n) => journey(T0 - n * HOUR, { last_absent_at: now - SECOND }));
    const { notes } = sync(now, { waiting: [...missing, ...waiting(5, now)] });
    expect(notes).toEqual([{ code: 'stalled', waiting: 5, oldest_accepted_at: T0 }]);
  });

  it('is unknown until a look is answered, though one is not due yet', () => {
    const fresh = [
      journey(T0 + 12 * HOUR, { looks: 0, next_look_at: T0 + 12 * HOUR + 5 * SECOND }),
    ];
    const idle = {
      waiting: fresh,
      watched_since: null,
      last_answer: { at: T0, next_distance_ms: SECOND },
    };
    const told = sync(T0 + 12 * HOUR, idle);
    expect(told).toMatchObject({ state: 'unknown', notes: [{ code: 'nothing_to_follow' }] });
    expect(told.is_watched).toBe(false);
    expect(sync(T0 + 12 * HOUR, { ...idle, watched_since: T0 }).state).not.toBe('unknown');
  });

  it('ends catching up with an arrival, or now if the rest is lost', () => {
    const now = T0 + 72 * HOUR;
    const stall = { from: T0, to: T0 + HOUR };
    const ends = (at: number) =>
      sync(now, {
        waiting: [],
        limits: { ...LIMITS, idle_for_ms: 80 * HOUR },
        phase: 'catching_up',
        stall,
        last_arrival_at: T0 + 2 * HOUR,
        last_answer: { at, next_distance_ms: SECOND },
      });
    expect(ends(T0 + 2 * HOUR)).toMatchObject({ state: 'operational', since: T0 + 2 * HOUR });
    expect(ends(now - SECOND)).toMatchObject({ state: 'operational', since: now });
  });

  it('is not stalled by a night in which none was accepted', () => {
    const morning = T0 + 14 * HOUR;
    const seen = { last_absent_at: morning + 50 * SECOND, last_answered_at: morning };
    const first = Array.from({ length: 5 }, (_, i) => journey(morning + i, seen));
    expect(sync(morning + 59 * SECOND, { waiting: first }).state).toBe('operational');
    expect(sync(morning + 60 * SECOND, { waiting: first }).state).toBe('partial_outage');
  });

  it('is unknown, never failing, when no look is answered for 2 × its next distance', () => {
    const blind = (now: number) => {
      const stuck = waiting(5, T0 + 70 * SECOND).map((it) => ({
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

  it('is not known to work before the first arrival', () => {
    const none = { last_arrival_at: null, latest_arrived_at: null };
    expect(
      sync(T0 + 20 * SECOND, { ...none, waiting: waiting(3, T0 + 20 * SECOND) }),
    ).toMatchObject({ state: 'unknown', notes: [{ code: 'none_arrived', n: 3 }] });
    expect(sync(T0 + HOUR, none).state).toBe('partial_outage');
  });

  it('is under maintenance inside an announced window', () => {
    const window = { maintenance: 'm1', from: T0 + MINUTE };
    expect(sync(T0 + HOUR, { window })).toMatchObject({
      state: 'under_maintenance',
      since: T0 + MINUTE,
    });
  });
});

describe('after a stall', () => {
  const now = T0 + HOUR;
  const stalled = {
    phase: 'stalled',
    stall: { from: T0, to: null },
    watched_since: now - SECOND,
  } as const;
  const arrives = {
    phase: 'catching_up',
    stall: { from: T0, to: now - SECOND },
    last_arrival_at: now - SECOND,
  } as const;

  it('it goes on though some were withdrawn, or nobody looked for a time', () => {
    expect(sync(now, { ...stalled, waiting: waiting(1, now) }).state).toBe('partial_outage');
    expect(sync(now, stalled)).toMatchObject({ state: 'partial_outage', phase: 'stalled' });
  });

  it('nothing is known once all that waited are lost', () => {
    expect(sync(now, { ...stalled, waiting: [] })).toMatchObject({
      state: 'unknown',
      phase: 'stalled',
      notes: [{ code: 'nothing_to_follow' }],
    });
  });

  it('nothing is known of what was accepted afterwards', () => {
    const seen = { last_absent_at: now - SECOND, last_answered_at: now - SECOND };
    const fresh = [journey(now - 2 * SECOND, seen)];
    expect(sync(now, { ...stalled, waiting: fresh })).toMatchObject({
      state: 'unknown',
      notes: [{ code: 'none_arrived', n: 1 }],
    });
  });

  it('what is overdue since before it, or was accepted afterwards, is no part of it', () => {
    const before = { ...arrives, stall: { from: T0 + 1, to: now - SECOND } };
    expect(sync(now, before).state).toBe('operational');
    const after = { ...arrives, stall: { from: T0, to: T0 + 39 * SECOND } };
    expect(sync(now, after).state).toBe('operational');
  });

  it('it comes up with what is overdue, from the first arrival until fewer are', () => {
    expect(sync(now, arrives)).toMatchObject({
      state: 'degraded_performance',
      since: now - SECOND,
      phase: 'catching_up',
      notes: [{ code: 'catching_up', overdue: 5 }],
    });
    const fewer = sync(now, { ...arrives, waiting: waiting(4, now) });
    expect(fewer).toMatchObject({ state: 'operational', phase: null });
  });

  it('it stalls again where nothing more arrives', () => {
    const again = { ...arrives, last_arrival_at: now - 2 * MINUTE };
    expect(sync(now, again)).toMatchObject({ state: 'partial_outage', phase: 'stalled' });
  });
});

describe('a slow sync', () => {
  const now = T0 + 30 * SECOND;
  const limits = { ...LIMITS, slow_wait_ms: MINUTE };
  const slow = { limits, slow_since: now - 5 * MINUTE };
  /** `arrived` took 20 s, `late` took 3 min, and `still` have waited 2 min so far. */
  const observed = ({ arrived = 0, late = 0, still = 0 }) => [
    ...Array.from({ length: arrived }, () => ({ from_ms: 19 * SECOND, to_ms: 20 * SECOND })),
    ...Array.from({ length: late }, () => ({ from_ms: 2.9 * MINUTE, to_ms: 3 * MINUTE })),
    ...Array.from({ length: still }, () => ({ from_ms: 2 * MINUTE, to_ms: null })),
  ];

  it.each([
    ['most arrived quickly', { arrived: 20 }, 'operational'],
    ['more than half took long, by chance', { arrived: 9, late: 11 }, 'operational'],
    ['nearly all took long', { arrived: 2, late: 18 }, 'degraded_performance'],
    ['nearly all still wait', { arrived: 2, still: 18 }, 'degraded_performance'],
    // By log(−log) 0.52 of 20 surely take longer where 2 do not, and 0.487 where 3 do not.
    ['as many as that may be chance', { arrived: 3, late: 17 }, 'operational'],
    ['too few to tell', { late: 19 }, 'operational'],
  ] as const)('%s', (_, sample, state) => {
    expect(sync(now, { ...slow, recent: observed(sample) }).state).toBe(state);
  });

  it('is told once it has been so for 5 minutes, since it began', () => {
    const recent = observed({ arrived: 1, still: 19 });
    expect(sync(now, { limits, recent })).toMatchObject({ state: 'operational', slow_since: now });
    const sooner = { ...slow, slow_since: now - 5 * MINUTE + 1 };
    expect(sync(now, { ...sooner, recent }).state).toBe('operational');
    expect(sync(now, { ...slow, recent })).toMatchObject({
      state: 'degraded_performance',
      since: now - 5 * MINUTE,
      notes: [{ code: 'sync_slow', n: 20, limit_ms: MINUTE }],
    });
  });

  it('is well again when that ends, though nothing arrived then', () => {
    const recent = observed({ arrived: 20 });
    const well = { ...slow, recent, phase: 'slow' } as const;
    expect(sync(now, well)).toMatchObject({ state: 'operational', since: now, phase: null });
    const ended = { ...well, phase: null };
    expect(sync(now, ended)).toMatchObject({ state: 'operational', since: T0 });
  });

  it('is nothing beside a stalled one, and nothing where nobody knows what is usual', () => {
    const recent = observed({ still: 20 });
    expect(sync(T0 + HOUR, { ...slow, recent }).state).toBe('partial_outage');
    expect(sync(now, { ...slow, recent, limits: LIMITS }).state).toBe('operational');
  });
});

describe('a sync that loses some', () => {
  const now = T0 + 12 * HOUR;
  /** Of `n` accepted a minute apart, `missing` are not there; a later one is. */
  const losing = (n: number, missing: number, changed: Partial<SyncInput> = {}) => {
    const accepted = Array.from({ length: n }, (_, i) => now - (i + 1) * MINUTE).reverse();
    const seen = { last_absent_at: now - SECOND, last_answered_at: now - SECOND };
    return sync(now, {
      accepted,
      waiting: accepted.slice(0, missing).map((at) => journey(at, seen)),
      latest_arrived_at: now - MINUTE,
      arrivals: [{ accepted_at: now - MINUTE, at: now - 2 * SECOND }],
      last_arrival_at: now - SECOND,
      ...changed,
    });
  };

  it('is partly failing, with how many of how many', () => {
    expect(losing(30, 5)).toMatchObject({
      state: 'partial_outage',
      since: now,
      notes: [{ code: 'part_lost', n: 30, missing: 5 }],
    });
  });

  it('is not where no later one was there when they were missed, or one alone is missing', () => {
    const seen = (accepted_at: number, at: number) => ({ arrivals: [{ accepted_at, at }] });
    expect(losing(30, 5, seen(now - HOUR, now - HOUR)).state).toBe('operational');
    expect(losing(30, 5, seen(now - MINUTE, now - SECOND + 1)).state).toBe('operational');
    expect(losing(30, 5, seen(now - MINUTE, now - SECOND)).state).toBe('partial_outage');
    expect(losing(30, 1).state).toBe('operational');
  });

  it('is not where they stood still together: they may still be coming', () => {
    const stall = (to: number) => ({ stall: { from: now - HOUR, to } });
    expect(losing(30, 5, stall(now - 26 * MINUTE)).state).toBe('operational');
    expect(losing(30, 5, stall(now - 31 * MINUTE)).state).toBe('partial_outage');
  });
});
