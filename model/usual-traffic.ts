import { NUMBERS } from './numbers.ts';
import { DAY, HOUR, SECOND } from './time.ts';
import type { EpochMs } from './vocabulary.ts';
import {
  type ChinaDay,
  chinaDay,
  isWeekend,
  startOfChinaDay,
  type WorkingDays,
  workingDaysBetween,
} from './working-days.ts';

/** How many results of own traffic are usual in each hour, from when that was known. */
export interface UsualTraffic {
  check: string;
  /** It holds until another one does. */
  from: EpochMs;
  /** By hour of the day in China; null: not known. */
  working: HourlyCounts;
  /** Of weekends and holidays. */
  other: HourlyCounts;
}

export type HourlyCounts = readonly (number | null)[];

/** By check, oldest first. */
export type UsualTraffics = ReadonlyMap<string, readonly UsualTraffic[]>;

/** As it is looked up, of what is in the order of time. */
export function usualTrafficByCheck(usual: readonly UsualTraffic[]): UsualTraffics {
  return Map.groupBy(usual, ({ check }) => check);
}

/** The results of one hour, by its beginning. */
export interface CountedHour {
  from: EpochMs;
  n: number;
}

/**
 * What is usual by these hours: for each hour of the day in China the median of its counts, apart
 * for working days and others, where there are enough of them.
 */
export function usualOf(
  hours: readonly CountedHour[],
  calendar: WorkingDays,
): Pick<UsualTraffic, 'working' | 'other'> {
  const placed = hours.map(({ from, n }) => ({ ...placeOf(calendar, from), n }));
  const countsOf = (kind: DayKind) =>
    Array.from({ length: 24 }, (_, hour) =>
      usualCount(placed.filter((it) => it.hour === hour && it.kind === kind)),
    );
  return { working: countsOf('working'), other: countsOf('other') };
}

/**
 * The median, of an even number the lower one: less is expected. Of days that differ too much, as
 * Saturdays and Sundays may, nothing is usual.
 */
function usualCount(hours: readonly { n: number }[]): number | null {
  const { watched_days, days_differ } = NUMBERS.traffic;
  if (hours.length < watched_days) return null;
  const counts = hours.map(({ n }) => n).sort((a, b) => a - b);
  const median = counts[Math.floor((counts.length - 1) / 2)] ?? 0;
  const of_three_quarters = counts[Math.ceil(0.75 * counts.length) - 1] ?? 0;
  return of_three_quarters <= days_differ * Math.max(1, median) ? median : null;
}

/**
 * Those of these consecutive hours that may teach what is usual: without a silence over a whole
 * working day, in which nobody was told of anything, and without the hours in which results were
 * missing by what was usual then.
 */
export function teachingHours(
  hours: readonly CountedHour[],
  usual: readonly UsualTraffic[],
  calendar: WorkingDays,
): CountedHour[] {
  return silencesIn(hours).flatMap((run) => {
    const [first] = run;
    if (first === undefined || first.n > 0) return run;
    const end = first.from + run.length * HOUR;
    if (hasWorkingDay(run, calendar)) return [];
    if (silenceAfter(first.from, usual, calendar, end).missing_at >= end) return run;
    return run.filter(({ from }) => (countAt(usual, calendar, from) ?? 0) === 0);
  });
}

/** One after the other, those of a silence together. */
function silencesIn(hours: readonly CountedHour[]): CountedHour[][] {
  const runs: CountedHour[][] = [];
  for (const hour of hours) {
    const run = runs.at(-1);
    if (hour.n === 0 && run?.at(-1)?.n === 0) run.push(hour);
    else runs.push([hour]);
  }
  return runs;
}

function hasWorkingDay(run: readonly CountedHour[], calendar: WorkingDays): boolean {
  const days = Map.groupBy(run, ({ from }) => chinaDay(from));
  return [...days].some(
    ([day, its]) => its.length === DAY / HOUR && kindOf(calendar, day) === 'working',
  );
}

/** What it means that nothing came after an instant. */
export interface Silence {
  /** When the first result was due: not known from then on, if it is missing in the end. */
  due_at: EpochMs;
  /** Until then it may be chance; missing from then on. */
  missing_at: EpochMs;
}

/**
 * How long there may be silence after the last result: until so many are usual since, but where
 * what is usual is not known until so much time has passed; of both in their shares.
 */
export function silenceAfter(
  last_at: EpochMs,
  usual: readonly UsualTraffic[],
  calendar: WorkingDays,
  longest: EpochMs = last_at + NUMBERS.usual.days * DAY,
): Silence {
  const { missing_results, missing_after_ms, quiet_ms } = NUMBERS.traffic;
  let due_at: EpochMs | null = null;
  /** Results that are usual by then, and how much of what makes silence long enough. */
  let results = 0;
  let share = 0;
  for (let at = last_at; at < longest; ) {
    const lasts_ms = Math.min(nextBorder(usual, at), longest) - at;
    const an_hour = countAt(usual, calendar, at);
    const a_ms = (an_hour ?? 0) / HOUR;
    const share_a_ms = an_hour === null ? 1 / quiet_ms : a_ms / missing_results;
    if (an_hour === null) due_at ??= Math.max(at, last_at + SECOND);
    else if (results + a_ms * lasts_ms >= 1)
      due_at ??= Math.max(wholeSecond(at + (1 - results) / a_ms), last_at + SECOND);
    if (share + share_a_ms * lasts_ms >= 1) {
      const enough_at = Math.round(at + (1 - share) / share_a_ms);
      const missing_at = Math.max(enough_at, last_at + missing_after_ms);
      return { due_at: due_at ?? missing_at, missing_at };
    }
    results += a_ms * lasts_ms;
    share += share_a_ms * lasts_ms;
    at += lasts_ms;
  }
  return { due_at: due_at ?? longest, missing_at: longest };
}

function wholeSecond(at: number): EpochMs {
  return Math.round(at / SECOND) * SECOND;
}

/** Where something else may be usual. */
function nextBorder(usual: readonly UsualTraffic[], at: EpochMs): EpochMs {
  const next_hour = at - (at % HOUR) + HOUR;
  return Math.min(next_hour, usual.find(({ from }) => from > at)?.from ?? next_hour);
}

/** null: not known. */
function countAt(
  usual: readonly UsualTraffic[],
  calendar: WorkingDays,
  at: EpochMs,
): number | null {
  const known = usual.findLast(({ from }) => from <= at);
  const { hour, kind } = placeOf(calendar, at);
  return known === undefined || kind === null ? null : (known[kind][hour] ?? null);
}

type DayKind = 'working' | 'other';

/** Where in which kind of day in China an instant lies. */
function placeOf(calendar: WorkingDays, at: EpochMs): { hour: number; kind: DayKind | null } {
  const day = chinaDay(at);
  return { hour: Math.floor((at - startOfChinaDay(day)) / HOUR), kind: kindOf(calendar, day) };
}

/**
 * In a year that nobody has announced, Monday to Friday are taken for worked, so that the silence
 * of a holiday is not known; a weekend perhaps is: null.
 */
function kindOf(calendar: WorkingDays, day: ChinaDay): DayKind | null {
  const worked = workingDaysBetween(calendar, day - 1, day);
  if (worked === null) return isWeekend(day) ? null : 'working';
  return worked === 1 ? 'working' : 'other';
}
