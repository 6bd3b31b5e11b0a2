import { expect, test, vi } from 'vitest';
import type { ScheduledCheck } from '../../../model/configuration.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { slotOffsetMs } from '../../../probes/line/schedule/plan.ts';
import { startSchedule } from '../../../probes/line/schedule/schedule.ts';
import { START } from '../../collector/configuration.ts';
import { fakeClock, stopTime } from '../../collector/world.ts';

function check(id: string, schedule: string, zone = 'Asia/Shanghai'): ScheduledCheck {
  return {
    id,
    system: 's',
    line: 'local',
    function: 'query',
    schedule,
    zone,
    options: {},
    deadline_ms: SECOND,
  };
}

function start(...checks: ScheduledCheck[]) {
  stopTime();
  const due: { check: string; slot_at: number; confirming: boolean; at: number }[] = [];
  const missed: { check: string; slot_at: number }[] = [];
  const schedule = startSchedule({
    checks,
    started_at: START,
    clock: fakeClock,
    woken() {},
    due: ({ check, slot_at, confirming }) =>
      due.push({ check: check.id, slot_at, confirming, at: Date.now() }),
    missed: ({ check, slot_at }) => missed.push({ check: check.id, slot_at }),
  });
  return { schedule, due, missed };
}

test('a check is due at its cron instants plus its offset, at most a few ms late', async () => {
  const { schedule, due } = start(check('a', '*/15 * * * * *'), check('b', '0 */2 * * * *'));
  await vi.advanceTimersByTimeAsync(4 * MINUTE + 20 * SECOND);
  for (const [id, distance, offset] of [
    ['a', 15 * SECOND, slotOffsetMs('a', 15 * SECOND)],
    ['b', 120 * SECOND, slotOffsetMs('b', 120 * SECOND)],
  ] as const) {
    const slots = due.filter((it) => it.check === id);
    expect(slots.every((it) => it.at - it.slot_at >= 0 && it.at - it.slot_at < 10)).toBe(true);
    const regular = slots.filter((it) => (it.slot_at - offset) % distance === 0);
    expect(regular.length).toBeGreaterThanOrEqual(slots.length - 1);
    expect(regular.length).toBeGreaterThanOrEqual(distance === 15 * SECOND ? 16 : 2);
  }
  schedule.stop();
});

test('nothing is due after the schedule stops', async () => {
  const { schedule, due } = start(check('a', '* * * * * *'));
  await vi.advanceTimersByTimeAsync(5 * SECOND);
  schedule.stop();
  const before = due.length;
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(before).toBeGreaterThan(3);
  expect(due).toHaveLength(before);
});

test('the next slots of a check are known from any slot of the last minutes', async () => {
  const { schedule } = start(check('a', '*/15 * * * * *'));
  const offset = slotOffsetMs('a', 15 * SECOND);
  await vi.advanceTimersByTimeAsync(MINUTE);
  const slot = START + 30 * SECOND + offset;
  expect(schedule.slotAfter('a', slot, 1)).toBe(slot + 15 * SECOND);
  expect(schedule.slotAfter('a', slot, 2)).toBe(slot + 30 * SECOND);
  // From between two slots, as a confirming slot is.
  expect(schedule.slotAfter('a', slot + 10 * SECOND, 2)).toBe(slot + 30 * SECOND);
  schedule.stop();
});

test('slots follow the clocks of their zone', async () => {
  const { schedule } = start(check('a', '0 30 9 * * *', 'Asia/Shanghai'));
  const offset = slotOffsetMs('a', 86_400 * SECOND);
  const tomorrow = Date.parse('2026-11-03T01:30:00Z');
  expect(schedule.slotAfter('a', START, 1)).toBe(tomorrow + offset);
  schedule.stop();
});

test('what passed while blocked is missed; what passed in a suspension is nobody’s', async () => {
  const { schedule, due, missed } = start(check('a', '*/2 * * * * *'));
  await vi.advanceTimersByTimeAsync(10 * SECOND);
  const blocked_from = Date.now();
  vi.setSystemTime(blocked_from + 8 * SECOND);
  await vi.advanceTimersByTimeAsync(3 * SECOND);
  expect(missed.length).toBeGreaterThan(0);
  expect(missed.every((it) => it.slot_at > blocked_from - 2 * SECOND)).toBe(true);
  const slots = [...due, ...missed].map((it) => it.slot_at).filter((at) => at > blocked_from);
  expect(new Set(slots).size).toBe(slots.length);
  expect(slots.length).toBeGreaterThanOrEqual(4);

  const count = missed.length;
  const suspended_from = Date.now();
  vi.setSystemTime(suspended_from + 3_600 * SECOND);
  await vi.advanceTimersByTimeAsync(3 * SECOND);
  // Only those of the last ten seconds are looked at at all.
  expect(missed.length - count).toBeLessThanOrEqual(6);
  schedule.stop();
});

test('a timetable of years is waited for, as no timer could', async () => {
  const { due } = start(check('a', '0 0 0 1 1 *'));
  await vi.advanceTimersByTimeAsync(60 * 24 * 60 * MINUTE);
  // 00:00 on 1 January in China, and the extra slot of the start.
  const [, regular] = due;
  expect(due).toHaveLength(2);
  expect(regular?.slot_at).toBeGreaterThanOrEqual(Date.parse('2026-12-31T16:00:00Z'));
  expect(regular?.slot_at).toBeLessThan(Date.parse('2026-12-31T16:00:30Z'));
  expect((regular?.at ?? 0) - (regular?.slot_at ?? 0)).toBeLessThan(10);
});

test.each([5_000, 5_001, 8_000, 60_000])(
  'a confirming slot that passed while we stood still for %d ms runs when we do again',
  async (still_ms) => {
    const { schedule, due, missed } = start(check('a', '0 0 * * * *'));
    await vi.advanceTimersByTimeAsync(MINUTE);
    const before = due.length;
    schedule.confirm('a', Date.now() + 1_000);
    const woken_at = Date.now() + 1_000 + still_ms;
    vi.setSystemTime(woken_at);
    await vi.advanceTimersByTimeAsync(2 * SECOND);
    const [slot, ...more] = due.slice(before);
    expect(more).toEqual([]);
    expect(slot?.confirming).toBe(true);
    expect((slot?.at ?? 0) - (slot?.slot_at ?? 0)).toBeLessThanOrEqual(5_000);
    expect(missed).toEqual([]);
    schedule.stop();
  },
);

test('the extra slot of a start is due at its very instant', async () => {
  const { schedule, due } = start(check('a', '0 0 0 * * *'));
  await vi.advanceTimersByTimeAsync(5 * SECOND);
  expect(due.map(({ at, slot_at }) => at - slot_at)).toEqual([0]);
  schedule.stop();
});

test('the extra slot of a start too', async () => {
  const { schedule, due, missed } = start(check('a', '0 0 0 * * *'));
  vi.setSystemTime(Date.now() + 20 * SECOND);
  await vi.advanceTimersByTimeAsync(5 * SECOND);
  expect(due).toHaveLength(1);
  expect(missed).toEqual([]);
  schedule.stop();
});

test('none beside a regular one that runs', async () => {
  const { schedule, due } = start(check('a', '*/30 * * * * *'));
  await vi.advanceTimersByTimeAsync(MINUTE);
  const next = schedule.slotAfter('a', Date.now(), 1);
  await vi.advanceTimersByTimeAsync(next - 8_500 - Date.now());
  const before = due.length;
  schedule.confirm('a', next - 8_000);
  vi.setSystemTime(next + 500);
  await vi.advanceTimersByTimeAsync(15 * SECOND);
  expect(due.slice(before).map(({ slot_at }) => slot_at)).toEqual([next]);
  schedule.stop();
});

test.each([
  { name: 'just attended to', at_ms: 0, still_ms: 0 },
  { name: 'about to be attended to', at_ms: -1, still_ms: 1 },
  { name: 'waiting to be attended to for 3 ms', at_ms: -1, still_ms: 4 },
  { name: 'waiting for 4 s', at_ms: -1, still_ms: 4_001 },
])('none besides a regular one that is $name', async ({ at_ms, still_ms }) => {
  const { schedule, due, missed } = start(check('a', '*/30 * * * * *'));
  await vi.advanceTimersByTimeAsync(MINUTE);
  const next = schedule.slotAfter('a', Date.now() + SECOND, 1);
  await vi.advanceTimersByTimeAsync(next + at_ms - Date.now());
  vi.setSystemTime(next + at_ms + still_ms);
  schedule.confirm('a', Date.now());
  await vi.advanceTimersByTimeAsync(15 * SECOND);
  const of_it = due.filter(({ slot_at }) => slot_at >= next);
  expect(of_it.map(({ slot_at, confirming }) => [slot_at - next, confirming])).toEqual([
    [0, false],
  ]);
  expect(missed).toEqual([]);
  schedule.stop();
});

test('but besides one that is too late to run', async () => {
  const { schedule, due, missed } = start(check('a', '*/30 * * * * *'));
  await vi.advanceTimersByTimeAsync(MINUTE);
  const next = schedule.slotAfter('a', Date.now() + SECOND, 1);
  await vi.advanceTimersByTimeAsync(next - 1 - Date.now());
  vi.setSystemTime(next + 5_001);
  schedule.confirm('a', Date.now());
  await vi.advanceTimersByTimeAsync(15 * SECOND);
  const of_it = due.filter(({ slot_at }) => slot_at >= next);
  expect(of_it.map(({ slot_at }) => slot_at - next)).toEqual([5_001]);
  expect(missed.map(({ slot_at }) => slot_at - next)).toEqual([0]);
  schedule.stop();
});
