import nodeCron from 'node-cron';
import { DAY, HOUR } from '../../../model/time.ts';
import { instantsOfHour, shortestDistanceMs } from '../../../model/times-of-day.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { BLOCK_MS, dayAndTime, type ZoneClock, zoneClock } from './zone.ts';

/** The instants of one cron expression in one zone. */
export interface Timetable {
  /** The shortest distance between two instants, in ms. */
  distance_ms: number;
  /** The first instant after `at`, in the past or future. Throws when none comes in 9 years. */
  after(at: EpochMs): EpochMs;
}

/** A leap day may be 8 years away. */
const SEARCHED_MS = 9 * 366 * DAY;
/** No zone sets its clocks forth by more, but for whole days. */
const LARGEST_CHANGE_MS = 3 * HOUR;

/**
 * The timetable of a valid six-field expression. An instant belongs to it when the clocks of the
 * zone read as the expression says: times that a change of clocks skips do not occur, and those
 * that it repeats occur twice, so that a check every 15 s goes on through both.
 */
function timetableOf(expression: string, zone: string, clock: ZoneClock): Timetable {
  const times = nodeCron.parse(expression);
  const hours = [...times.hour].sort((a, b) => a - b);
  const blocks = instantsByBlock(instantsOfHour(times));
  const isDay = dayMatcher(expression, zone);

  return { distance_ms: shortestDistanceMs(times), after };

  function after(at: EpochMs): EpochMs {
    let block = Math.floor(at / BLOCK_MS) * BLOCK_MS;
    const give_up_at = at + SEARCHED_MS;
    while (block < give_up_at) {
      const { day, time_ms } = dayAndTime(clock.local(block));
      const wait_ms = untilHour(hours, time_ms);
      const found = wait_ms > 0 ? null : firstAfter(blockAt(blocks, time_ms), at - block);
      if (found !== null && isDay(day, block + found)) return block + found;
      block += skipped(found === null ? wait_ms : DAY - time_ms);
    }
    throw new Error(`${expression}: no instant after ${new Date(at).toISOString()}`);
  }
}

/** The timetables of distinct expressions and zones, each made once. */
export function createTimetables(): (expression: string, zone: string) => Timetable {
  const made = new Map<string, Timetable>();
  const clocks = new Map<string, ZoneClock>();
  return (expression, zone) => {
    const key = `${zone} ${expression}`;
    const clock = clocks.get(zone) ?? zoneClock(zone);
    const timetable = made.get(key) ?? timetableOf(expression, zone, clock);
    clocks.set(zone, clock);
    made.set(key, timetable);
    return timetable;
  };
}

/** The instants of each quarter of an hour, in ms after its start. */
function instantsByBlock(of_hour: readonly number[]): number[][] {
  const blocks: number[][] = Array.from({ length: HOUR / BLOCK_MS }, () => []);
  for (const ms of of_hour) blocks[Math.floor(ms / BLOCK_MS)]?.push(ms % BLOCK_MS);
  return blocks;
}

/** Whether a local day is meant, asked of the cron library at one of the instants of the day. */
function dayMatcher(expression: string, zone: string) {
  const task = nodeCron.createTask(expression, () => {}, { timezone: zone });
  let last: { day: number; is_meant: boolean } | null = null;
  return (day: number, instant: EpochMs): boolean => {
    if (last?.day !== day) last = { day, is_meant: task.match(new Date(instant)) };
    return last.is_meant;
  };
}

/** The first of ascending instants after `ms`; null when there is none. */
function firstAfter(instants: readonly number[], ms: number): number | null {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) > ms) high = middle;
    else low = middle + 1;
  }
  return instants[low] ?? null;
}

/** From a time of day until one of these hours begins; 0 within one. */
function untilHour(hours: readonly number[], time_ms: number): number {
  const hour = Math.floor(time_ms / HOUR);
  const next = hours.find((it) => it >= hour) ?? (hours[0] ?? 0) + 24;
  return Math.max(0, next * HOUR - time_ms);
}

function blockAt(blocks: readonly number[][], time_ms: number): readonly number[] {
  return blocks[(time_ms % HOUR) / BLOCK_MS] ?? [];
}

/** Close to where this wait ends, however the clocks change in it. */
function skipped(wait_ms: number): number {
  return Math.max(BLOCK_MS, wait_ms - LARGEST_CHANGE_MS);
}
