import { HOUR, MINUTE, SECOND } from './time.ts';

/** The times of day of a cron expression: the values of its fields, in any order. */
export interface TimesOfDay {
  second: readonly number[];
  minute: readonly number[];
  hour: readonly number[];
}

/** The instants within an hour, in ms after its start, ascending. */
export function instantsOfHour({ second, minute }: TimesOfDay): number[] {
  const seconds = ascending(second);
  return ascending(minute).flatMap((m) => seconds.map((s) => m * MINUTE + s * SECOND));
}

/** The same of a day. */
export function instantsOfDay(times: TimesOfDay): number[] {
  const instants = instantsOfHour(times);
  return ascending(times.hour).flatMap((h) => instants.map((it) => h * HOUR + it));
}

/**
 * The shortest distance between two slots, in ms. Considers times of day only, as if every day were
 * scheduled: exact for expressions that run more than once a day, otherwise a safe lower bound. (A
 * daylight saving change can bring two slots of an expression with fixed hours closer.)
 */
export function shortestDistanceMs(times: TimesOfDay): number {
  const instants = instantsOfHour(times);
  const hours = ascending(times.hour);
  const from_last_ms = (instants[0] ?? 0) - (instants.at(-1) ?? 0);
  const over_midnight_ms = (24 + (hours[0] ?? 0) - (hours.at(-1) ?? 0)) * HOUR;
  return Math.min(
    shortestStep(instants),
    shortestStep(hours) * HOUR + from_last_ms,
    over_midnight_ms + from_last_ms,
  );
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** The shortest distance between neighbours; infinite without any. */
function shortestStep(values: readonly number[]): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < values.length; i++)
    shortest = Math.min(shortest, (values[i] ?? 0) - (values[i - 1] ?? 0));
  return shortest;
}
