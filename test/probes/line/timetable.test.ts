import nodeCron from 'node-cron';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND, systemClock } from '../../../model/time.ts';
import { startSchedule } from '../../../probes/line/schedule/schedule.ts';
import { createTimetables } from '../../../probes/line/schedule/timetable.ts';
import { cpuMsOf } from '../../cpu-time.ts';
import { checkOf } from './staged-line.ts';

/** The instants of a timetable in (from, to]. */
function instants(expression: string, zone: string, from: number, to: number): number[] {
  const { after } = createTimetables()(expression, zone);
  const found: number[] = [];
  for (let at = after(from); at <= to; at = after(at)) found.push(at);
  return found;
}

/** The same by asking the cron library about every step of time. */
function asked(
  expression: string,
  zone: string,
  { from, to, step_ms }: { from: number; to: number; step_ms: number },
): number[] {
  const task = nodeCron.createTask(expression, () => {}, { timezone: zone });
  const found: number[] = [];
  for (let at = from + step_ms; at <= to; at += step_ms) {
    if (task.match(new Date(at))) found.push(at);
  }
  return found;
}

describe('the instants are those at which the clocks read as the expression says', () => {
  test.for([
    // Around changes of clocks: Berlin (1 h), Lord Howe (half an hour), and none in China.
    ['*/15 * * * * *', 'Europe/Berlin', '2026-10-25T00:00:00Z', 2 * HOUR, SECOND],
    ['20,50 */7 * * * *', 'Europe/Berlin', '2027-03-28T00:00:00Z', 3 * HOUR, SECOND],
    ['0 30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 36 * HOUR, MINUTE],
    ['0 30 2 * * *', 'Europe/Berlin', '2027-03-27T12:00:00Z', 60 * HOUR, MINUTE],
    ['0 */5 1,2 * * *', 'Australia/Lord_Howe', '2027-04-03T12:00:00Z', 8 * HOUR, MINUTE],
    ['0 */5 1,2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00:00Z', 8 * HOUR, MINUTE],
    ['0 15 9-18 * * 1-5', 'Asia/Shanghai', '2026-11-01T00:00:00Z', 9 * DAY, MINUTE],
    ['0 0 */6 * * 0', 'Asia/Kathmandu', '2026-11-01T00:00:00Z', 20 * DAY, 15 * MINUTE],
    ['0 45 23 1,15 * *', 'America/St_Johns', '2026-10-01T00:00:00Z', 70 * DAY, 15 * MINUTE],
    ['0 0 12 31 * *', 'Pacific/Apia', '2026-10-01T00:00:00Z', 200 * DAY, HOUR],
  ] as const)('%s in %s from %s on', ([expression, zone, start, span_ms, step_ms]) => {
    const from = Date.parse(start) - step_ms;
    const to = from + span_ms;
    const found = instants(expression, zone, from, to);
    expect(found).toEqual(asked(expression, zone, { from, to, step_ms }));
    expect(found.length).toBeGreaterThan(0);
  });
});

test('a leap day is found years ahead', () => {
  const { after } = createTimetables()('0 0 8 29 2 *', 'Asia/Shanghai');
  expect(new Date(after(Date.parse('2028-03-01T00:00:00Z'))).toISOString()).toBe(
    '2032-02-29T00:00:00.000Z',
  );
});

test('the past is known like the future', () => {
  const { after } = createTimetables()('0 */10 * * * *', 'Asia/Shanghai');
  const at = Date.parse('2026-11-02T02:03:00Z');
  expect(after(at - 365 * DAY)).toBe(Date.parse('2025-11-02T02:10:00Z'));
});

test('10,000 checks are scheduled in less than two seconds', () => {
  const expressions = Array.from({ length: 60 }, (_, n) => `${n} */5 * * * *`);
  const checks = Array.from({ length: 10_000 }, (_, n) =>
    checkOf(`check-${n}`, expressions[n % 60] ?? ''),
  );
  const cpu_ms = cpuMsOf(() => {
    const schedule = startSchedule({
      checks,
      started_at: Date.now(),
      clock: systemClock,
      woken() {},
      due() {},
      missed() {},
    });
    schedule.stop();
  });
  expect(cpu_ms).toBeLessThan(2_000);
});
