import { expect, test } from 'vitest';
import {
  chinaDay,
  isKnownDay,
  KNOWN_WORKING_DAYS as KNOWN,
  nthWorkingDayAfter,
  nthWorkingDayBefore,
  startOfChinaDay,
  workingDaysBetween,
} from '../../model/working-days.ts';

const day = (date: string) => chinaDay(Date.parse(`${date}T12:00:00+08:00`));
const isWorked = (date: string) => workingDaysBetween(KNOWN, day(date) - 1, day(date)) === 1;
const dates = (from: string, n: number) =>
  Array.from({ length: n }, (_, i) =>
    new Date(startOfChinaDay(day(from) + i) + 12 * 3_600_000).toISOString().slice(0, 10),
  );
const worked = (from: string, n: number) => dates(from, n).filter(isWorked);
/** When the n-th working day after that one is over, in China. */
const due = (date: string, working_days = 3) => {
  const last = nthWorkingDayAfter(KNOWN, day(date), working_days);
  if (last === null) return null;
  return new Date(startOfChinaDay(last + 1) + 8 * 3_600_000).toISOString().slice(0, 16);
};

test('the days of the notice for 2026 around the National Day: 国办发明电〔2025〕7号', () => {
  // 9月20日（周日）、10月10日（周六）上班；9月25日至27日、10月1日至7日放假。
  expect(worked('2026-09-17', 26).map((it) => it.slice(5))).toEqual([
    ...['09-17', '09-18', '09-20', '09-21', '09-22', '09-23', '09-24', '09-28', '09-29', '09-30'],
    ...['10-08', '10-09', '10-10', '10-12'],
  ]);
});

/** As chinese-days 1.5.7 (npm) counts them, of which 2026 is from the same notice. */
test.each([
  ['2025-01-01', 365, 248],
  ['2026-01-01', 365, 248],
])('in the year from %s of %i days %i are worked', (from, n, expected) => {
  expect(worked(from, n)).toHaveLength(expected);
});

test.each([
  // Before, in and after the week of the National Day.
  ['2026-09-28', '2026-10-09T00:00'],
  ['2026-09-29', '2026-10-10T00:00'],
  ['2026-09-30', '2026-10-11T00:00'],
  ['2026-10-03', '2026-10-11T00:00'],
  ['2026-10-08', '2026-10-13T00:00'],
  // Over the Sunday that is worked, and on it: the day itself does not count.
  ['2026-09-17', '2026-09-22T00:00'],
  ['2026-09-19', '2026-09-23T00:00'],
  ['2026-09-20', '2026-09-24T00:00'],
  // Over the Mid-Autumn Festival.
  ['2026-09-23', '2026-09-30T00:00'],
  // The last of which the days are known, and the first of which they are not.
  ['2026-12-28', '2027-01-01T00:00'],
  ['2026-12-29', null],
  ['2027-02-01', null],
  ['2024-12-31', null],
])('what is applied for on %s is due in three working days: %s', (date, expected) => {
  expect(due(date)).toBe(expected);
});

test('a day in China begins at 16:00 UTC', () => {
  expect(chinaDay(Date.parse('2026-09-30T15:59:59.999Z'))).toBe(day('2026-09-30'));
  expect(chinaDay(Date.parse('2026-09-30T16:00:00Z'))).toBe(day('2026-10-01'));
});

test('days before are counted back over days off, and not into a year that is not known', () => {
  expect(nthWorkingDayBefore(KNOWN, day('2026-10-09'), 2)).toBe(day('2026-09-30'));
  expect(nthWorkingDayBefore(KNOWN, day('2025-01-15'), 10)).toBe(null);
  expect(nthWorkingDayBefore(KNOWN, day('2025-01-16'), 10)).toBe(day('2025-01-02'));
  expect(nthWorkingDayBefore(KNOWN, day('2027-01-04'), 1)).toBe(null);
  expect(isKnownDay(KNOWN, day('2027-01-01'))).toBe(false);
});
