import { expect, onTestFinished, test, vi } from 'vitest';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { createMachineCondition } from '../../../probes/line/watch/machine.ts';
import { carryClock, timeSinceBoot } from '../../../probes/line/watch/wall-clock.ts';
import { startWatch } from '../../../probes/line/watch/watch.ts';
import { fakeClock, stopTime } from '../../collector/world.ts';

/** Clocks that a test sets by hand. */
function handClocks() {
  const hands = { wall: 1_000_000, monotonic: 50_000, since_boot: 90_000 };
  const clock = { now: () => hands.wall, monotonic: () => hands.monotonic };
  const carried = carryClock(clock, () => hands.since_boot);
  return {
    carried,
    hands,
    /** Time passes. */
    pass(ms: number): void {
      hands.wall += ms;
      hands.monotonic += ms;
      hands.since_boot += ms;
    },
  };
}

const NOTHING = { stepped_ms: 0, slept_ms: 0 };

test.each([
  { set_ms: 1_001, stepped_ms: 1_001 },
  { set_ms: -1_001, stepped_ms: -1_001 },
  { set_ms: 1_000, stepped_ms: 0 },
  { set_ms: -999, stepped_ms: 0 },
])(
  'a clock set by $set_ms ms: a step of $stepped_ms ms, and followed',
  ({ set_ms, stepped_ms }) => {
    const { carried, hands, pass } = handClocks();
    pass(SECOND);
    hands.wall += set_ms;
    expect(carried.differs()).toBe(stepped_ms !== 0);
    expect(carried.now()).toBe(hands.wall - set_ms);
    expect(carried.compare()).toEqual({ stepped_ms, slept_ms: 0 });
    expect(carried.now()).toBe(hands.wall);
    pass(SECOND);
    expect(carried.compare()).toEqual(NOTHING);
  },
);

test('a sleep of the machine moves the time since its boot, a set clock does not', () => {
  const { carried, hands } = handClocks();
  hands.wall += MINUTE;
  hands.since_boot += MINUTE;
  expect(carried.compare()).toEqual({ stepped_ms: 0, slept_ms: MINUTE });
  hands.wall += MINUTE - 5 * SECOND;
  hands.since_boot += MINUTE;
  expect(carried.compare()).toEqual({ stepped_ms: -5 * SECOND, slept_ms: MINUTE });
});

test('where nothing tells the time since boot, a sleep looks like a set clock', () => {
  let wall = 0;
  const carried = carryClock({ now: () => wall, monotonic: () => 0 }, () => null);
  wall += MINUTE;
  expect(carried.compare()).toEqual({ stepped_ms: MINUTE, slept_ms: 0 });
});

// A machine that stalls between two readings spoils them.
test('this machine tells it: it goes on like the monotonic clock', { retry: 5 }, async () => {
  const [boot, monotonic] = [timeSinceBoot() ?? 0, performance.now()];
  await new Promise((resolve) => setTimeout(resolve, 300));
  const passed_ms = (timeSinceBoot() ?? 0) - boot;
  // Read in steps of 10 ms.
  expect(Math.abs(passed_ms - (performance.now() - monotonic))).toBeLessThan(50);
});

test('delays are those above 20 ms, the present one included', async () => {
  stopTime();
  const carried = carryClock(fakeClock, () => null);
  const sums: number[] = [];
  const watch = startWatch(carried, {
    suspended() {},
    stepped() {},
    resumed() {},
    delayed: ({ sum_ms }) => sums.push(sum_ms),
  });
  onTestFinished(watch.stop);
  await vi.advanceTimersByTimeAsync(200);
  vi.setSystemTime(Date.now() + 20);
  await vi.advanceTimersByTimeAsync(200);
  expect(watch.delayMs()).toBe(0);
  vi.setSystemTime(Date.now() + 21);
  await vi.advanceTimersByTimeAsync(50);
  expect(watch.delayMs()).toBe(21);
  vi.setSystemTime(Date.now() + 700);
  // Nothing has fired yet.
  const present = watch.delayMs();
  expect(present).toBeGreaterThanOrEqual(21 + 650);
  await vi.advanceTimersByTimeAsync(50);
  expect(watch.delayMs()).toBe(21 + 700);
  expect(sums).toEqual([]);
  await vi.advanceTimersByTimeAsync(10 * SECOND);
  expect(sums).toEqual([721]);
  await vi.advanceTimersByTimeAsync(10 * SECOND);
  expect(sums).toEqual([721, 0]);
});

test('a machine is in trouble from twice 2 s of 10 s on, until a minute without', () => {
  const { carried, pass } = handClocks();
  const machine = createMachineCondition('local', carried);
  const after = (delayed_ms: number) => {
    pass(10 * SECOND);
    return machine.after({ sum_ms: delayed_ms, longest_from: 0 })?.is_failing ?? null;
  };
  // A single pause, however long, is a gap and no trouble.
  expect([12_000, 0, 0].map(after)).toEqual([null, null, null]);
  expect([1_999, 2_000, 1_999, 9_000].map(after)).toEqual([null, null, null, null]);
  expect([2_000, 9_000].map(after)).toEqual([true, null]);
  expect([0, 0, 0, 0, 1_999].map(after)).toEqual([null, null, null, null, null]);
  expect([0, 0].map(after)).toEqual([false, null]);
  expect([2_001, 2_001].map(after)).toEqual([null, true]);
});

test('a machine that is too busy tells over how long: 20 s, or since it was delayed', () => {
  const { carried, hands, pass } = handClocks();
  const machine = createMachineCondition('local', carried);
  const told = (longest_from: number) => {
    pass(10 * SECOND);
    return machine.after({ sum_ms: 3_000, longest_from })?.detail ?? null;
  };
  told(hands.wall);
  expect(told(0)).toContain('span_ms=20000');
  const slow = createMachineCondition('local', carried);
  pass(10 * SECOND);
  slow.after({ sum_ms: 3_000, longest_from: hands.wall - 15 * SECOND });
  pass(10 * SECOND);
  expect(slow.after({ sum_ms: 3_000, longest_from: 0 })?.detail).toContain('span_ms=25000');
});
