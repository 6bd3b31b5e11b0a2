import { DAY, HOUR } from './time.ts';
import type { EpochMs } from './vocabulary.ts';

/** A day in China, counted since 1970. */
export type ChinaDay = number;

/** What the State Council announces for a year: days, and spans of days, as MM-DD[/MM-DD]. */
export interface AnnouncedYear {
  /** Days off. */
  off: readonly string[];
  /** Weekend days that are worked instead: 调休 */
  worked: readonly string[];
}
export type AnnouncedYears = Readonly<Record<number, AnnouncedYear>>;

/** By the yearly notices of its General Office: 国务院办公厅关于部分节假日安排的通知 */
export const ANNOUNCED_YEARS: AnnouncedYears = {
  // 国办发明电〔2024〕12号
  2025: {
    off: [...['01-01', '01-28/02-04', '04-04/04-06', '05-01/05-05', '05-31/06-02'], '10-01/10-08'],
    worked: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  // 国办发明电〔2025〕7号
  2026: {
    off: [
      ...['01-01/01-03', '02-15/02-23', '04-04/04-06', '05-01/05-05', '06-19/06-21'],
      ...['09-25/09-27', '10-01/10-07'],
    ],
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};

/**
 * Working days in China: Monday to Friday without the days off, and the weekend days that are
 * worked. Years are announced late in the year before; of others nothing is known, and nothing is
 * guessed.
 */
export interface WorkingDays {
  /** The known days: [from, to). */
  from: ChinaDay;
  to: ChinaDay;
  /** The working days among them, in order, and how many there are until each day. */
  days: readonly ChinaDay[];
  until: readonly number[];
}

/** By what is announced for years that follow each other. */
export function workingDaysIn(years: AnnouncedYears): WorkingDays {
  const known = Object.keys(years).map(Number);
  const from = dayOf(Math.min(...known), '01-01');
  const to = dayOf(Math.max(...known) + 1, '01-01');
  const spans = (pick: (year: AnnouncedYear) => readonly string[]) =>
    new Set(Object.entries(years).flatMap(([year, it]) => daysIn(Number(year), pick(it))));
  const [off, worked] = [spans((it) => it.off), spans((it) => it.worked)];
  const days: ChinaDay[] = [];
  const until: number[] = [];
  for (let day = from; day < to; day += 1) {
    if (worked.has(day) || !(isWeekend(day) || off.has(day))) days.push(day);
    until.push(days.length);
  }
  return { from, to, days, until };
}

/** Of the years that this version knows. */
export const KNOWN_WORKING_DAYS = workingDaysIn(ANNOUNCED_YEARS);

/** China Standard Time is UTC+8. */
const OFFSET_MS = 8 * HOUR;

export function chinaDay(at: EpochMs): ChinaDay {
  return Math.floor((at + OFFSET_MS) / DAY);
}

export function startOfChinaDay(day: ChinaDay): EpochMs {
  return day * DAY - OFFSET_MS;
}

export function yearOfChinaDay(day: ChinaDay): number {
  return new Date(day * DAY).getUTCFullYear();
}

/** The n-th working day after the day; null: the days of a year until then are not known. */
export function nthWorkingDayAfter(
  calendar: WorkingDays,
  day: ChinaDay,
  n: number,
): ChinaDay | null {
  const until = workingDaysUntil(calendar, day);
  return until === null ? null : (calendar.days[until + n - 1] ?? null);
}

/** The n-th working day before a day whose year is known; null: as above. */
export function nthWorkingDayBefore(
  calendar: WorkingDays,
  day: ChinaDay,
  n: number,
): ChinaDay | null {
  const until = isKnownDay(calendar, day) ? workingDaysUntil(calendar, day - 1) : null;
  return until === null ? null : (calendar.days[until - n] ?? null);
}

/** Working days after the one day until the other, included; null: as above. */
export function workingDaysBetween(
  calendar: WorkingDays,
  after: ChinaDay,
  until: ChinaDay,
): number | null {
  const from = workingDaysUntil(calendar, after);
  const to = workingDaysUntil(calendar, until);
  return from === null || to === null ? null : Math.max(0, to - from);
}

/** Whether it is known which days of its year are worked. */
export function isKnownDay({ from, to }: WorkingDays, day: ChinaDay): boolean {
  return from <= day && day < to;
}

/** How many there are in the known years until the day, included; null: its year is not known. */
function workingDaysUntil({ from, until }: WorkingDays, day: ChinaDay): number | null {
  return until[day - from] ?? null;
}

/** The days of spans in a year. NaN among them: there is no such day. */
export function daysIn(year: number, spans: readonly string[]): ChinaDay[] {
  return spans.flatMap((span) => {
    const [first = '', last = first] = span.split('/');
    const from = dayOf(year, first);
    const n = dayOf(year, last) - from + 1;
    return Number.isNaN(n) ? [Number.NaN] : Array.from({ length: n }, (_, i) => from + i);
  });
}

function dayOf(year: number, text: string): ChinaDay {
  const at = Date.parse(`${year}-${text}T00:00:00Z`);
  // 30 February is read as 2 March.
  return new Date(at || 0).toISOString().slice(5, 10) === text ? at / DAY : Number.NaN;
}

/** The first day of 1970 was a Thursday. */
export function isWeekend(day: ChinaDay): boolean {
  const weekday = (day + 4) % 7;
  return weekday === 0 || weekday === 6;
}
