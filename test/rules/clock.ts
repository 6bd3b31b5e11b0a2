import { expect, vi } from 'vitest';
import { type DowntimeParts, downtimeBefore } from '../../collector/downtime.ts';
import { createRunWatch } from '../../collector/run-watch.ts';
import type { ScheduledCheck } from '../../model/configuration.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { rememberDates } from '../../probes/line/proof/dates.ts';
import { startSchedule } from '../../probes/line/schedule/schedule.ts';
import { createMachineCondition } from '../../probes/line/watch/machine.ts';
import { carryClock } from '../../probes/line/watch/wall-clock.ts';
import { startWatch } from '../../probes/line/watch/watch.ts';
import { configuration, START } from '../collector/configuration.ts';
import { judgedSite } from '../collector/judged-site.ts';
import { aBatch, openSiteStore, resumeRecorder } from '../collector/recording.ts';
import { contact, result, T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

/** Clocks that are set by hand. */
function handClocks() {
  const hands = { wall: T0, monotonic: HOUR, since_boot: 2 * HOUR };
  const clock = { now: () => hands.wall, monotonic: () => hands.monotonic };
  return {
    hands,
    clock,
    carried: carryClock(clock, () => hands.since_boot),
    pass(ms: number): void {
      hands.wall += ms;
      hands.monotonic += ms;
      hands.since_boot += ms;
    },
    /** The machine, and with it the monotonic clock. */
    sleep(ms: number): void {
      hands.wall += ms;
      hands.since_boot += ms;
    },
  };
}

/** By how much the clock was found to have been set. */
function stepOf(set_ms: number): number {
  const { hands, carried } = handClocks();
  hands.wall += set_ms;
  return carried.compare().stepped_ms;
}

/** How many hosts say what time it is after the clock was set. */
function sayingAfter(set_ms: number): number {
  const { hands, clock } = handClocks();
  const dates = rememberDates(clock);
  dates.note(contact('a.com', { clock_ahead_ms: 0 }));
  hands.wall += set_ms;
  return dates.witnesses(contact('failing.com')).agreeing;
}

interface Watched {
  pass: (ms: number) => void;
  sleep: (ms: number) => void;
  look: () => void;
  delayMs: () => number;
}

/** What a watch tells while that happens. */
function watched(happens: (watch: Watched) => void) {
  const { carried, pass, sleep } = handClocks();
  const told = { suspended_ms: [] as number[], summed: 0 };
  const watch = startWatch(carried, {
    suspended: (from, to) => told.suspended_ms.push(to - from),
    stepped() {},
    resumed() {},
    delayed: () => (told.summed += 1),
  });
  happens({ pass, sleep, look: watch.look, delayMs: watch.delayMs });
  watch.stop();
  return told;
}

/** The timer that shows it is due every 50 ms. */
const stoodStill = (ms: number) =>
  watched(({ pass, look }) => {
    pass(50 + ms);
    look();
  }).suspended_ms;
const slept = (ms: number) =>
  watched(({ sleep, look }) => {
    sleep(ms);
    look();
  }).suspended_ms;

const NOTHING_STORED = {
  results: async () => [],
  shortResults: async () => [],
  gaps: async () => [],
  restoredAt: async () => null,
};

/** What the time since the last heartbeat was when the collector starts. */
async function downFor(ms: number): Promise<string | null> {
  const { site, live } = judgedSite();
  const now = START + HOUR;
  const { downtime } = await downtimeBefore({
    store: NOTHING_STORED as unknown as DowntimeParts['store'],
    site,
    live: { ...live, heartbeat_at: now - ms },
    clock: { now: () => now, monotonic: () => 0 },
  });
  return downtime?.cause ?? null;
}

const CHECK: ScheduledCheck = {
  id: 'c',
  system: 's',
  line: 'local',
  function: 'query',
  schedule: '0 * * * * *',
  zone: 'UTC',
  deadline_ms: 5 * SECOND,
  options: {},
};

/** What becomes of slots when the first is attended to so late: how much later than it they are. */
async function attendedAfter(ms: number, schedule = CHECK.schedule) {
  vi.useFakeTimers({ now: T0 });
  try {
    const found = { ran: [] as number[], missed: [] as number[] };
    const slots = startSchedule({
      checks: [{ ...CHECK, schedule }],
      started_at: T0,
      clock: { now: Date.now, monotonic: Date.now },
      woken() {},
      due: ({ slot_at }) => found.ran.push(slot_at - first_at),
      missed: ({ slot_at }) => found.missed.push(slot_at - first_at),
    });
    const first_at = slots.slotAfter('c', T0, 1);
    vi.setSystemTime(first_at + ms);
    slots.catchUp();
    await vi.advanceTimersByTimeAsync(0);
    slots.stop();
    return found;
  } finally {
    vi.useRealTimers();
  }
}

/** Whether the machine is in trouble, after the delays of each 10 s. */
function machineAfter(delays_ms: readonly number[]): boolean {
  const { carried, pass } = handClocks();
  const machine = createMachineCondition('local', carried);
  return delays_ms.reduce((is_failing, sum_ms) => {
    pass(10 * SECOND);
    return machine.after({ sum_ms, longest_from: T0 })?.is_failing ?? is_failing;
  }, false);
}

/** Whether our clock is trouble of ours so long after it was set. */
async function isTroubleAfter(ms: number): Promise<boolean> {
  const time = { elapsed_ms: 0, set_ms: 0 };
  const clock = {
    now: () => START + time.elapsed_ms + time.set_ms,
    monotonic: () => time.elapsed_ms,
  };
  const { store } = await openSiteStore();
  const { recorder } = await resumeRecorder(store, configuration(), { clock });
  time.set_ms = -5 * SECOND;
  await recorder.batch(aBatch({ steps: [{ at: clock.now(), by_ms: -5 * SECOND }] }));
  time.elapsed_ms += ms;
  await recorder.time();
  const troubles = await store.openOwnTroubles();
  await store.close();
  return troubles.length > 0;
}

/** By how much our clock is ahead, as one host each of so many owners says alike. */
function aheadBy(owners: number, agreeing = 0): number | null {
  const dates = rememberDates(handClocks().clock);
  for (let n = 0; n < owners; n += 1)
    dates.note(contact(`owner${n}.com`, { clock_ahead_ms: HOUR + 7 * MINUTE }));
  for (let n = 0; n < agreeing; n += 1)
    dates.note(contact(`agrees${n}.com`, { clock_ahead_ms: 0 }));
  return dates.aheadMs();
}

/** Whether a check with slots every 10 s is said not to run; the wall clock is set meanwhile. */
function isOverdue(ms: number, has_run: boolean): boolean {
  const { clock, hands, pass } = handClocks();
  const watch = createRunWatch({ checks: [CHECK] }, clock);
  const ran = { result: result(T0), valid_until: T0 + 25 * SECOND, next_slot_at: T0 + 10 * SECOND };
  if (has_run) watch.seen([ran]);
  pass(ms);
  hands.wall -= HOUR;
  return watch.problem() !== null;
}

export const CLOCK = [
  ...rowsOf('CLOCK-1', {
    'set by more than 1 s: a step': () => {
      expect([1_001, -1_001].map(stepOf)).toEqual([1_001, -1_001]);
    },
    'by 1 s: drift': () => expect([1_000, -1_000].map(stepOf)).toEqual([0, 0]),
    'what others said of the time holds through drift, and through no step': () =>
      expect([1_000, 1_001].map(sayingAfter)).toEqual([1, 0]),
    'a machine that slept is no clock that was set': () => {
      const { carried, sleep } = handClocks();
      sleep(MINUTE);
      expect(carried.compare()).toEqual({ stepped_ms: 0, slept_ms: MINUTE });
    },
  }),
  ...rowsOf('CLOCK-2', {
    'our thread stood still for 10 s: a gap': () => {
      expect(stoodStill(10_000)).toEqual([10_000]);
      expect(stoodStill(9_999)).toEqual([]);
    },
    'the machine slept for 10 s: a gap': () => {
      expect(slept(10_000)).toEqual([10_000]);
      expect(slept(9_999)).toEqual([]);
    },
    'the collector was away for 10 s: a gap': async () => {
      expect(await downFor(10_000)).toBe('restart');
      expect(await downFor(9_999)).toBeNull();
    },
  }),
  ...rowsOf('CLOCK-3', {
    '5 s late it runs, later it is missed': async () => {
      expect(await attendedAfter(5_000)).toEqual({ ran: [0], missed: [] });
      expect(await attendedAfter(5_001)).toEqual({ ran: [], missed: [0] });
    },
    'of several that have passed the last one runs': async () =>
      expect(await attendedAfter(3_000, '* * * * * *')).toEqual({
        ran: [3_000],
        missed: [0, 1_000, 2_000],
      }),
    'one of more than 10 s ago lies in the gap': async () => {
      expect(await attendedAfter(10_000)).toEqual({ ran: [], missed: [0] });
      expect(await attendedAfter(10_001)).toEqual({ ran: [], missed: [] });
    },
  }),
  ...rowsOf('CLOCK-4', {
    'a timer of 50 ms that is more than 20 ms late was delayed': () => {
      watched(({ pass, delayMs }) => {
        pass(70);
        expect(delayMs()).toBe(0);
        pass(1);
        expect(delayMs()).toBe(21);
      });
    },
    'summed over 10 s': () => {
      const summedAfter = (ms: number) =>
        watched(({ pass, look }) => {
          pass(ms);
          look();
        }).summed;
      expect([9_999, 10_000].map(summedAfter)).toEqual([0, 1]);
    },
    '2 s of 10 s, twice in a row: in trouble': () => {
      expect(machineAfter([2_000, 2_000])).toBe(true);
      expect(machineAfter([1_999, 9_000, 1_999, 9_000])).toBe(false);
      expect(machineAfter([12_000, 0])).toBe(false);
    },
    'until a minute has passed without': () => {
      expect(machineAfter([2_000, 2_000, 0, 0, 0, 0, 1_999])).toBe(true);
      expect(machineAfter([2_000, 2_000, 0, 0, 0, 0, 1_999, 0])).toBe(false);
    },
  }),
  ...rowsOf('CLOCK-5', {
    'trouble of ours for a minute after it was set': async () => {
      expect(await isTroubleAfter(59_999)).toBe(true);
      expect(await isTroubleAfter(60_000)).toBe(false);
    },
  }),
  ...rowsOf('CLOCK-6', {
    'wrong if two owners say so alike, and more than have our time': () => {
      const ahead_ms = HOUR + 7 * MINUTE;
      expect(aheadBy(1)).toBeNull();
      expect(aheadBy(2)).toBe(ahead_ms);
      expect(aheadBy(2, 2)).toBeNull();
      expect(aheadBy(3, 2)).toBe(ahead_ms);
      expect(aheadBy(1, 2)).toBe(0);
    },
  }),
  ...rowsOf('CLOCK-7', {
    // The second next slot is 20 s after the last one, its deadline 5 s.
    'a check runs until its second next slot, its deadline and 30 s have passed': () => {
      expect(isOverdue(55_000, true)).toBe(false);
      expect(isOverdue(55_001, true)).toBe(true);
    },
    'after a start it has a minute for its first slot': () => {
      expect(isOverdue(95_000, false)).toBe(false);
      expect(isOverdue(95_001, false)).toBe(true);
    },
  }),
];
