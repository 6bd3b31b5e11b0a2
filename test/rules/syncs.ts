import { expect } from 'vitest';
import { journeyToldToArrive } from '../../collector/judging/journey.ts';
import { syncLimitsAt } from '../../collector/judging/limits.ts';
import { judgeSyncComponent } from '../../collector/judging/sync.ts';
import { emptySyncMemory, type SyncMemory } from '../../collector/state/sync-memory.ts';
import { withTold } from '../../collector/state/told-journeys.ts';
import type { Journey } from '../../model/journey.ts';
import {
  judgeSync,
  lookDistanceMs,
  type SyncInput,
  type SyncVerdict,
} from '../../model/judge/sync.ts';
import { watermarkOf } from '../../model/judge/watermark.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { UsualDelay } from '../../model/usual-delay.ts';
import { configuration } from '../collector/configuration.ts';
import { judgedSite } from '../collector/judged-site.ts';
import { journey, T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

const NOW = T0 + 48 * HOUR;

/** Accepted so long ago, and not there by a look of just now. */
function waiting(n: number, age_ms: number): Journey[] {
  const seen = { last_absent_at: NOW - 1, last_answered_at: NOW - SECOND };
  return Array.from({ length: n }, (_, i) =>
    journey(NOW - age_ms, { id: `w${age_ms}-${i}`, ...seen }),
  );
}

/** A sync of which many are followed, overdue after half an hour. */
function judged(changed: Partial<SyncInput>): SyncVerdict {
  return judgeSync({
    waiting: waiting(5, HOUR),
    accepted: Array.from({ length: 100 }, () => NOW - SECOND),
    latest_arrived_at: NOW - 30 * HOUR,
    arrivals: [],
    last_answer: { at: NOW - SECOND, next_distance_ms: 5 * SECOND },
    last_arrival_at: NOW - HOUR,
    recent: [],
    watched_since: T0,
    phase: null,
    stall: null,
    slow_since: null,
    now: NOW,
    policy: DEFAULT_POLICY,
    limits: {
      slow_wait_ms: null,
      overdue_after_ms: 30 * MINUTE,
      stalled_after_ms: 10 * MINUTE,
      idle_for_ms: 10 * MINUTE,
    },
    window: null,
    ...changed,
  });
}

const stateOf = (changed: Partial<SyncInput>) => judged(changed).state;

/** What limits the sync of a site of which this is usual. */
function withUsual(usual: Partial<UsualDelay> | null) {
  const unset = { slow_wait_ms: null, overdue_after_ms: null, stalled_after_ms: null };
  const { site, live } = judgedSite(configuration({ ...DEFAULT_POLICY, ...unset }));
  const component = site.components.get('bureau.sync');
  if (!component) throw new Error('no sync');
  const ours = { ...component, policy: { ...component.policy, ...unset } };
  const known = { check: 'bureau-sync', from: 0, to: NOW + DAY, median_ms: MINUTE };
  const full = { ...known, p99_ms: null, apart_ms: null, hours: 'same', ...usual } as const;
  live.usual = usual === null ? new Map() : new Map([['bureau-sync', [full]]]);
  return syncLimitsAt(live, ours, NOW);
}

/** `arrived` took a minute, `late` took 3 hours. */
const delays = (arrived: number, late: number) => [
  ...Array.from({ length: arrived }, () => ({ from_ms: MINUTE, to_ms: MINUTE + SECOND })),
  ...Array.from({ length: late }, () => ({ from_ms: 3 * HOUR, to_ms: 3 * HOUR + SECOND })),
];

/** Whether the sync of a site is slow in which so many wait for so long, and some came. */
function isSlow(n: number, age_ms: number, bracket = { from_ms: 8 * SECOND, to_ms: 9 * SECOND }) {
  const { site, live } = judgedSite(configuration({ slow_wait_ms: MINUTE }));
  const component = site.components.get('bureau.sync');
  if (!component) throw new Error('no sync');
  const memory = {
    ...emptySyncMemory(),
    waiting: new Map(waiting(n, age_ms).map((it) => [it.id, it])),
    last_answer: { at: NOW - SECOND, next_distance_ms: 10 * MINUTE },
    watched_since: T0,
    last_arrival_at: NOW - SECOND,
    latest_arrived: [NOW - 10 * SECOND],
    arrivals: Array.from({ length: 4 }, () => ({
      at: NOW - SECOND,
      accepted_at: NOW - 10 * SECOND,
      ...bracket,
      is_delay_known: true,
    })),
  };
  return judgeSyncComponent({ live, now: NOW }, component, memory).memory.slow_since !== null;
}

interface Accepted {
  n: number;
  age_ms: number;
  /** So many of them are not there, although later ones are. */
  missing: number;
}

const accepted = (n: number, age_ms: number, missing = 0): Accepted => ({ n, age_ms, missing });

/** Whether invoices of which these were accepted are lost. */
function areLost(...groups: Accepted[]): boolean {
  const ages = groups.flatMap(({ n, age_ms }) => Array.from({ length: n }, () => NOW - age_ms));
  const { notes } = judged({
    latest_arrived_at: NOW - MINUTE,
    arrivals: [{ accepted_at: NOW - MINUTE, at: NOW - SECOND }],
    last_arrival_at: NOW - SECOND,
    accepted: [...ages, ...Array.from({ length: 100 }, () => NOW - SECOND)].sort((a, b) => a - b),
    waiting: groups.flatMap(({ missing, age_ms }) => waiting(missing, age_ms)),
  });
  return notes.some(({ code }) => code === 'part_lost');
}

/** A journey that waits, of which an event says that it arrived, so long ago. */
function told(before: Journey, ago_ms: number) {
  const at = NOW - ago_ms;
  const after = journeyToldToArrive(before, { at }, { now: NOW, gaps: [], policy: DEFAULT_POLICY });
  return { before, after };
}

/** The memory after such an event. */
function afterTold(known: Partial<SyncMemory>, before: Journey, ago_ms: number): SyncMemory {
  const memory = { ...emptySyncMemory(), waiting: new Map([[before.id, before]]), ...known };
  const { after } = told(before, ago_ms);
  if (after === null) throw new Error('it was not taken');
  return withTold(memory, [{ before, after }], { now: NOW, gaps: [], policy: DEFAULT_POLICY });
}

/** What becomes of a journey of that age when time passes. */
function ofAge(age_ms: number): string | undefined {
  const site = judgedSite();
  const [old] = waiting(1, age_ms);
  if (!old) throw new Error('no journey');
  const kept = { ...old, component: 'bureau.sync' };
  site.live.syncs.set('bureau.sync', {
    ...emptySyncMemory(),
    waiting: new Map([[kept.id, kept]]),
  });
  return site.wait(NOW)?.journeys?.[0]?.state;
}

export const SYNCS = [
  ...rowsOf('SYNC-1', {
    'the next look after a tenth of the age, from 5 s to 10 min': () => {
      expect(lookDistanceMs(0)).toBe(5_000);
      expect(lookDistanceMs(60_000)).toBe(6_000);
      expect(lookDistanceMs(5 * HOUR)).toBe(10 * MINUTE);
    },
    'an event says when it arrived: a point, unless a look that began later missed it': () => {
      const waits = journey(NOW - HOUR, { last_absent_at: NOW - MINUTE });
      expect(told(waits, MINUTE - 1).after).toMatchObject({
        state: 'arrived',
        last_absent_at: NOW - MINUTE + 1,
        first_present_at: NOW - MINUTE + 1,
      });
      expect(told(waits, MINUTE + 1).after).toBeNull();
      expect(told(journey(NOW - HOUR), HOUR + 1).after).toBeNull();
    },
  }),
  ...rowsOf('SYNC-2', {
    'stalled when 5 are overdue and nothing arrived for long enough': () => {
      expect(stateOf({ last_arrival_at: NOW - 40 * MINUTE })).toBe('partial_outage');
      expect(stateOf({ last_arrival_at: NOW - 10 * MINUTE })).toBe('partial_outage');
      expect(stateOf({ last_arrival_at: NOW - 10 * MINUTE + 1 })).toBe('operational');
      expect(stateOf({ waiting: waiting(4, HOUR) })).toBe('operational');
      // A look did not find them at an age of exactly that.
      expect(stateOf({ waiting: waiting(5, 30 * MINUTE + 1) })).toBe('operational');
      expect(stateOf({ waiting: waiting(5, 30 * MINUTE + 2) })).toBe('partial_outage');
    },
    'overdue by the usual 99th percentile, else by the promise of 24 h': () => {
      expect(withUsual({ p99_ms: 7 * MINUTE }).overdue_after_ms).toBe(7 * MINUTE);
      expect(withUsual({}).overdue_after_ms).toBe(24 * HOUR);
      expect(withUsual(null).overdue_after_ms).toBe(24 * HOUR);
    },
    'nothing arrived for 10 min, or 3 times the usual distance': () => {
      expect(withUsual(null).stalled_after_ms).toBe(10 * MINUTE);
      expect(withUsual({ apart_ms: MINUTE }).stalled_after_ms).toBe(10 * MINUTE);
      expect(withUsual({ apart_ms: 20 * MINUTE }).stalled_after_ms).toBe(HOUR);
    },
    'at most as long as the promise': () => {
      expect(withUsual({ apart_ms: 9 * HOUR }).stalled_after_ms).toBe(24 * HOUR);
    },
    'what a later one has overtaken says nothing': () => {
      expect(stateOf({ latest_arrived_at: NOW - HOUR })).toBe('operational');
      expect(stateOf({ latest_arrived_at: NOW - HOUR - 1 })).toBe('partial_outage');
    },
    'it goes on after a time in which nobody looked, until something arrives': () => {
      const watched_since = NOW - SECOND;
      expect(stateOf({ watched_since })).toBe('operational');
      expect(stateOf({ watched_since, phase: 'stalled' })).toBe('partial_outage');
      const old = { watched_since, phase: 'stalled', waiting: waiting(5, 25 * HOUR) } as const;
      expect(stateOf(old)).toBe('major_outage');
    },
    'major once the oldest waits longer than 24 h': () => {
      expect(stateOf({ waiting: waiting(5, 24 * HOUR) })).toBe('partial_outage');
      expect(stateOf({ waiting: waiting(5, 24 * HOUR + 1) })).toBe('major_outage');
    },
  }),
  ...rowsOf('SYNC-3', {
    'unknown without an answer for twice the distance to the next look': () => {
      const answer = (ago_ms: number) => ({ at: NOW - ago_ms, next_distance_ms: 5 * SECOND });
      const none = { waiting: [journey(NOW - HOUR, { last_answered_at: NOW - 13 * MINUTE })] };
      const late = {
        waiting: [journey(NOW - HOUR, { looks: 9, last_answered_at: NOW - 8 * MINUTE })],
      };
      expect(stateOf({ ...none, last_answer: answer(10 * SECOND) })).toBe('operational');
      expect(stateOf({ ...none, last_answer: answer(10 * SECOND + 1) })).toBe('unknown');
      expect(stateOf({ ...late, last_answer: answer(HOUR) })).toBe('operational');
    },
    'while none waits, for 10 min': () => {
      expect(withUsual({ apart_ms: 9 * HOUR }).idle_for_ms).toBe(10 * MINUTE);
      const none = (ago_ms: number) => ({
        waiting: [],
        last_answer: { at: NOW - ago_ms, next_distance_ms: 5 * SECOND },
      });
      expect(stateOf(none(10 * MINUTE))).toBe('operational');
      expect(stateOf(none(10 * MINUTE + 1))).toBe('unknown');
    },
    'an event counts as an answer for as long, and of the time before it none': () => {
      const waits = journey(NOW - 110 * SECOND);
      const unwatched = { watched_since: null, last_answer: null };
      // At an age of 90 to 100 s the next look follows after a tenth of it.
      expect(afterTold(unwatched, waits, 18 * SECOND)).toMatchObject({
        watched_since: NOW,
        last_answer: { at: NOW - 18 * SECOND },
      });
      expect(afterTold(unwatched, waits, 19 * SECOND)).toMatchObject(unwatched);
      const watched = { watched_since: T0, last_answer: { at: T0, next_distance_ms: SECOND } };
      expect(afterTold(watched, waits, 18 * SECOND).watched_since).toBe(T0);
      expect(afterTold(watched, waits, 19 * SECOND)).toMatchObject(watched);
    },
  }),
  ...rowsOf('SYNC-4', {
    'slow when the median of 20 is surely longer, for 5 minutes': () => {
      const limits = { ...withUsual(null), slow_wait_ms: HOUR };
      const of = (arrived: number, late: number, for_ms: number) =>
        stateOf({
          limits,
          waiting: [],
          recent: delays(arrived, late),
          slow_since: NOW - for_ms,
        });
      expect(of(0, 20, 5 * MINUTE)).toBe('degraded_performance');
      expect(of(0, 20, 5 * MINUTE - 1)).toBe('operational');
      expect(of(0, 19, 5 * MINUTE)).toBe('operational');
      expect(of(2, 18, 5 * MINUTE)).toBe('degraded_performance');
      expect(of(3, 17, 5 * MINUTE)).toBe('operational');
    },
    'a delay is as short as it may be': () => {
      expect(isSlow(16, 45 * MINUTE, { from_ms: 2 * MINUTE, to_ms: HOUR })).toBe(true);
      expect(isSlow(16, 45 * MINUTE, { from_ms: 0, to_ms: HOUR })).toBe(false);
    },
    'of those accepted within the hour': () => {
      expect(isSlow(60, 90 * MINUTE)).toBe(false);
      expect(isSlow(60, 45 * MINUTE)).toBe(true);
    },
  }),
  ...rowsOf('SYNC-5', {
    'lost after 72 h': () => {
      expect(ofAge(72 * HOUR + 1)).toBe('lost');
      expect(ofAge(72 * HOUR)).toBeUndefined();
    },
    'one that is told to have arrived was not': () => {
      const lost = journey(NOW - 73 * HOUR, { state: 'lost', last_absent_at: NOW - 71 * HOUR });
      expect(told(lost, 70 * HOUR).after).toMatchObject({ state: 'arrived' });
      const known = { waiting: new Map(), lost: [NOW - HOUR, NOW - MINUTE] };
      expect(afterTold(known, lost, 70 * HOUR).lost).toEqual([NOW - MINUTE]);
    },
  }),
  ...rowsOf('SYNC-6', {
    'one that 20 later ones have overtaken does not hold the watermark back': () => {
      const overtakenBy = (n: number) => {
        const latest_arrived = Array.from({ length: n }, (_, i) => T0 + (i + 1) * SECOND);
        const accepted = [T0, ...latest_arrived];
        return watermarkOf({ waiting: [T0], latest_arrived, accepted });
      };
      expect(overtakenBy(20)).toEqual({ at: T0 + 20 * SECOND, stragglers: [T0] });
      expect(overtakenBy(19)).toEqual({ at: T0 - 1, stragglers: [] });
    },
    'no more than 1 % of the journeys of a day, but one': () => {
      const twoWaitOf = (n: number) => {
        const arrived = Array.from({ length: n - 2 }, (_, i) => T0 + (i + 2) * SECOND);
        const waiting = [T0, T0 + SECOND];
        const accepted = [...waiting, ...arrived];
        return watermarkOf({ waiting, latest_arrived: arrived, accepted }).stragglers.length;
      };
      expect(twoWaitOf(200)).toBe(2);
      // The second one is not left out: up to it, it is one.
      expect(twoWaitOf(199)).toBe(1);
    },
  }),
  ...rowsOf('SYNC-7', {
    'fewer than 5 of a day: two that broke the promise, and nothing since': () => {
      const followed = (n: number) => Array.from({ length: n }, () => NOW - SECOND);
      const arrived = { last_arrival_at: NOW - 25 * HOUR, latest_arrived_at: NOW - 25 * HOUR };
      const old = { ...arrived, waiting: waiting(2, 24 * HOUR + 2) };
      expect(stateOf({ ...old, accepted: followed(4) })).toBe('major_outage');
      expect(stateOf({ ...old, accepted: followed(5) })).toBe('operational');
      const few = { ...old, accepted: followed(4) };
      expect(stateOf({ ...few, waiting: waiting(1, 24 * HOUR + 2) })).toBe('operational');
      expect(stateOf({ ...few, last_arrival_at: NOW })).toBe('operational');
      // Lost, but later ones came.
      expect(stateOf({ ...few, latest_arrived_at: NOW - 24 * HOUR })).toBe('operational');
    },
  }),
  ...rowsOf('SYNC-8', {
    'from the first arrival after a stall until fewer than 5 are overdue': () => {
      const stall = { from: NOW - 2 * HOUR, to: NOW - SECOND };
      const after = { phase: 'catching_up', stall, last_arrival_at: NOW - SECOND } as const;
      const { state, notes } = judged(after);
      expect(state).toBe('degraded_performance');
      expect(notes).toEqual([{ code: 'catching_up', overdue: 5 }]);
      expect(stateOf({ ...after, waiting: waiting(4, HOUR) })).toBe('operational');
      expect(stateOf({ ...after, phase: null })).toBe('operational');
    },
    'of which an event tells, if it came after the stall began': () => {
      const stall = { from: NOW - 2 * HOUR, since: NOW - HOUR, to: null };
      const stalled = { phase: 'stalled', stall, last_arrival_at: NOW - 3 * HOUR } as const;
      const [first, ...others] = waiting(6, 2 * HOUR).map((it) => ({
        ...it,
        last_absent_at: NOW - 110 * MINUTE,
      }));
      if (!first) throw new Error('none waits');
      const all = new Map([first, ...others].map((it) => [it.id, it]));
      const ended = { phase: 'catching_up', stall: { ...stall, to: NOW - HOUR } };
      expect(afterTold({ ...stalled, waiting: all }, first, HOUR)).toMatchObject(ended);
      const early = journey(NOW - 3 * HOUR, { id: 'early' });
      const with_early = new Map([...all, [early.id, early]]);
      expect(afterTold({ ...stalled, waiting: with_early }, early, HOUR + 1)).toMatchObject({
        ...stalled,
        last_arrival_at: NOW - HOUR - 1,
      });
      // It was accepted after all of them.
      const later = journey(NOW - 90 * MINUTE, { id: 'later' });
      const with_later = new Map([...all, [later.id, later]]);
      expect(afterTold({ ...stalled, waiting: with_later }, later, HOUR + 1)).toMatchObject({
        phase: 'catching_up',
        stall: { ...stall, to: NOW },
      });
    },
  }),
  ...rowsOf('SYNC-9', {
    'at least 3 missing, and surely more than 5 %': () => {
      expect(areLost(accepted(20, HOUR, 3))).toBe(true);
      expect(areLost(accepted(20, HOUR, 2))).toBe(false);
      expect(areLost(accepted(3, HOUR, 3))).toBe(true);
      expect(areLost(accepted(2, HOUR, 2))).toBe(false);
      // By Wilson more than 4.95 % of them are, and more than 5.7 %.
      expect(areLost(accepted(97, HOUR, 9))).toBe(false);
      expect(areLost(accepted(97, HOUR, 10))).toBe(true);
    },
    'of those that became overdue in the last 2 h': () => {
      const well = accepted(20, HOUR);
      expect(areLost(accepted(20, 2.4 * HOUR, 5), well)).toBe(true);
      expect(areLost(accepted(20, 2.6 * HOUR, 5), well)).toBe(false);
    },
    'of those of 24 h, where they are fewer than 20': () => {
      const long_ago = accepted(100, 12 * HOUR);
      expect(areLost(long_ago, accepted(20, HOUR, 3))).toBe(true);
      expect(areLost(long_ago, accepted(19, HOUR, 3))).toBe(false);
      expect(areLost(accepted(19, 24.4 * HOUR, 3))).toBe(true);
      expect(areLost(accepted(19, 24.6 * HOUR, 3))).toBe(false);
    },
    'missed by a look after one accepted later had arrived, as an event says': () => {
      const isLost = (arrived_ago_ms: number) => {
        const { arrivals } = afterTold({}, journey(NOW - MINUTE), arrived_ago_ms);
        const instants = [...Array(20).fill(NOW - HOUR), ...Array(100).fill(NOW - SECOND)];
        const seen = { latest_arrived_at: NOW - MINUTE, last_arrival_at: NOW - SECOND };
        const now = judged({ ...seen, arrivals, accepted: instants, waiting: waiting(3, HOUR) });
        return now.notes.some(({ code }) => code === 'part_lost');
      };
      // They were last looked for a millisecond ago.
      expect(isLost(1)).toBe(true);
      expect(isLost(0)).toBe(false);
    },
  }),
  ...rowsOf('SYNC-10', {
    'unknown before the first arrival, but where it stalls': () => {
      const none = { last_arrival_at: null, latest_arrived_at: null };
      expect(judged({ ...none, waiting: waiting(4, HOUR) })).toMatchObject({
        state: 'unknown',
        notes: [{ code: 'none_arrived', n: 4 }],
      });
      expect(stateOf(none)).toBe('partial_outage');
    },
    'and once all that waited in a stall are lost': () => {
      expect(stateOf({ phase: 'stalled', waiting: [] })).toBe('unknown');
      expect(stateOf({ phase: 'stalled', waiting: waiting(1, SECOND) })).toBe('unknown');
    },
  }),
  ...rowsOf('SYNC-12', {
    'delays of 8 times the usual distance, from an hour to a day': () => {
      const over = (apart_ms: number | null) => withUsual({ apart_ms }).delays_over_ms;
      expect(over(null)).toBe(8 * HOUR);
      expect(over(MINUTE)).toBe(HOUR);
      expect(over(20 * MINUTE)).toBe(3 * HOUR);
      expect(over(HOUR)).toBe(8 * HOUR);
      expect(over(5 * HOUR)).toBe(24 * HOUR);
    },
  }),
];
