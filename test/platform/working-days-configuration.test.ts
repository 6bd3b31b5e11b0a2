import { expect, test } from 'vitest';
import { siteOf } from '../../collector/state/site.ts';
import { chinaDay, workingDaysBetween } from '../../model/working-days.ts';
import { parseText, SOUND } from './parsed-text.ts';

const parse = (years: string) => parseText(`${SOUND}working_days:\n  ${years}\n`);

const day = (date: string) => chinaDay(Date.parse(`${date}T12:00:00+08:00`));

test('a year that is announced is known beside those of this version', () => {
  const of = parse('2027: { off: [01-01/01-03, 02-05/02-12], worked: [01-30] }');
  const { calendar } = siteOf(of);
  const worked = (from: string, to: string) => workingDaysBetween(calendar, day(from), day(to));
  // Of 1 to 15 January 2027 the 4th to the 8th and the 11th to the 15th.
  expect(worked('2026-12-31', '2027-01-15')).toBe(10);
  // 25 to 29 January and Saturday the 30th.
  expect(worked('2027-01-24', '2027-01-31')).toBe(6);
  // Until Friday the 12th is off; Saturday the 13th is not worked.
  expect(worked('2027-02-04', '2027-02-14')).toBe(0);
  expect(worked('2026-10-09', '2026-10-12')).toBe(2);
});

test('of the years of this version it may be told otherwise', () => {
  const { calendar } = siteOf(parse('2026: { off: [10-01] }'));
  expect(workingDaysBetween(calendar, day('2026-09-30'), day('2026-10-02'))).toBe(1);
});

test.each([
  ['2028: { off: [] }', 'working_days.2028: expected a year from 2025 on, of which the'],
  ['2024: { off: [] }', 'working_days.2024: expected a year from 2025 on'],
  ['next: { off: [] }', 'working_days.next: expected a year'],
  ['2027: { worked: [01-30] }', 'working_days.2027.off'],
  ['2027: { off: [2-5] }', 'working_days.2027.off.0: expected a day or a span of days'],
  ['2027: { off: [02-30] }', 'working_days.2027.off.0: expected days that exist'],
  ['2027: { off: [02-12/02-05] }', 'working_days.2027.off.0: expected days that exist'],
  ['2027: { off: [], worked: [02-01] }', 'working_days.2027.worked.0: expected a Saturday'],
])('%s is refused', (years, problem) => {
  expect(() => parse(years)).toThrow(problem);
});
