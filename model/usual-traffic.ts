import { NUMBERS } from './numbers.ts';
import { DAY, HOUR, SECOND } from './time.ts';
import type { EpochMs } from './vocabulary.ts';
import { isWorkingDay } from './working-days.ts';
import { offsetMs } from './zone.ts';

/** How many results of own traffic are usual in each hour, from when that was known. */
export interface UsualTraffic {
  check: string;
  /** It holds until another one does. */
  from: EpochMs;
  /** By hour of the local day; null: not known. */
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

/** The results of one hour that was watched from its beginning to its end. */
export interface CountedHour {
  from: EpochMs;
  n: number;
}

/**
 * What is usual by these hours: for each hour of the local day the median of its counts, apart for
 * working days and others, where there are enough of them.
 */
export function usualOf(
  hours: readonly CountedHour[],
  zone: string,
): Pick<UsualTraffic, 'working' | 'other'> {
  const placed = hours.map(({ from, n }) => ({ ...placeOf(zone, from), n }));
  const countsOf = (is_working: boolean) =>
    Array.from({ length: 24 }, (_, hour) =>
      medianOf(placed.filter((it) => it.hour === hour && it.is_working === is_working)),
    );
  return { working: countsOf(true), other: countsOf(false) };
}

/** Of an even number the lower one: less is expected. */
function medianOf(hours: readonly { n: number }[]): number | null {
  if (hours.length < NUMBERS.traffic.watched_days) return null;
  const counts = hours.map(({ n }) => n).sort((a, b) => a - b);
  return counts[Math.floor((counts.length - 1) / 2)] ?? null;
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
  zone: string,
): Silence {
  const { missing_results, missing_after_ms, quiet_ms } = NUMBERS.traffic;
  const longest = last_at + NUMBERS.usual.days * DAY;
  let due_at: EpochMs | null = null;
  /** Results that are usual by then, and how much of what makes silence long enough. */
  let results = 0;
  let share = 0;
  for (let at = last_at; at < longest; ) {
    const lasts_ms = Math.min(nextBorder(usual, at), longest) - at;
    const an_hour = countAt(usual, zone, at);
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

function countAt(usual: readonly UsualTraffic[], zone: string, at: EpochMs): number | null {
  const known = usual.findLast(({ from }) => from <= at);
  if (known === undefined) return null;
  const { hour, is_working } = placeOf(zone, at);
  return (is_working ? known.working : known.other)[hour] ?? null;
}

/** Where in which kind of day an hour lies. */
interface Place {
  hour: number;
  is_working: boolean;
}

/** Cached, because it takes some 5 µs, and a silence may have hundreds of hours. */
const places = new Map<string, Map<EpochMs, Place>>();
const MOST_PLACES = 2_000;

/** Of the whole hour (UTC) of the instant, as those are that are counted, by its beginning. */
function placeOf(zone: string, at: EpochMs): Place {
  const from = at - (at % HOUR);
  const of_zone = places.get(zone) ?? new Map<EpochMs, Place>();
  places.set(zone, of_zone);
  const known = of_zone.get(from);
  if (known) return known;
  const local = new Date(from + offsetMs(zone, from));
  const is_working = isWorkingDay(local.toISOString().slice(0, 10));
  const place = { hour: local.getUTCHours(), is_working };
  if (of_zone.size >= MOST_PLACES) of_zone.clear();
  of_zone.set(from, place);
  return place;
}
