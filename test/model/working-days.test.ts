import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isWorkingDay } from '../../model/working-days.ts';
import { addDays } from '../../model/zone.ts';

/** What `isWorkday` of another program, the npm package chinese-days 1.5.7, says of each day. */
const SAID = JSON.parse(readFileSync(join(import.meta.dirname, 'working-days.json'), 'utf8')) as {
  program: string;
  /** Of each year, a character a day: `w`, or `-`. */
  years: Record<string, string>;
};

test.for(Object.entries(SAID.years))('%s is as chinese-days has it', ([year, days]) => {
  const ours = Array.from(days, (_, i) => (isWorkingDay(addDays(`${year}-01-01`, i)) ? 'w' : '-'));
  expect(ours.join('')).toBe(days);
});

/**
 * The terms of 2026 as the State Taxation Administration published them (notice 64 of 2025 of its
 * department of collection): the 15th, put off to a working day, and where three days off or more
 * lie before it by as many (rules of the law on tax collection, article 109).
 */
const DEADLINES = '01-20 02-24 03-16 04-20 05-22 06-15 07-15 08-17 09-15 10-26 11-16 12-15';

/** The n-th working day after a day. */
function workingDayAfter(day: string, n: number): string {
  const next = addDays(day, 1);
  const left = isWorkingDay(next) ? n - 1 : n;
  return left === 0 ? next : workingDayAfter(next, left);
}

function deadlineOf(month: string): string {
  const days = Array.from({ length: 15 }, (_, i) => addDays(`2026-${month}-01`, i));
  const off = days.map((day) => (isWorkingDay(day) ? 'w' : '-')).join('');
  const longest = Math.max(0, ...off.split('w').map((it) => it.length));
  if (off.endsWith('-')) return workingDayAfter(`2026-${month}-15`, 1);
  return longest < 3 ? `2026-${month}-15` : workingDayAfter(`2026-${month}-15`, longest);
}

test('the terms of declaration of 2026 follow from it', () => {
  const terms = DEADLINES.split(' ').map((it) => deadlineOf(it.slice(0, 2)));
  expect(terms).toEqual(DEADLINES.split(' ').map((it) => `2026-${it}`));
});

test('of a year that was not announced, weekends are known', () => {
  expect(['2031-10-03', '2031-10-04', '2031-10-05'].map(isWorkingDay)).toEqual([
    true,
    false,
    false,
  ]);
});
