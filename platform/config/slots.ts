import nodeCron from 'node-cron';
import { DAY, SECOND } from '../../model/time.ts';

const DAY_SECONDS = DAY / SECOND;

/** The problem of a cron expression; null when it is valid. */
export function scheduleProblem(expression: string): string | null {
  if (expression.trim().split(/\s+/).length !== 6) {
    return 'expected a cron expression of six fields, seconds first, such as "*/15 * * * * *"';
  }
  const { valid, errors } = nodeCron.validateDetailed(expression);
  return valid ? null : errors.map(({ message }) => message).join('; ');
}

/**
 * The shortest distance between two slots of a valid cron expression, in ms. Considers times of day
 * only, as if every day were scheduled: exact for expressions that run more than once a day,
 * otherwise a safe lower bound. (A daylight saving change can bring two slots of an expression with
 * fixed hours closer.)
 */
export function shortestDistanceMs(expression: string): number {
  const { second, minute, hour } = nodeCron.parse(expression);
  const times = hour.flatMap((h) =>
    minute.flatMap((m) => second.map((s) => h * 3_600 + m * 60 + s)),
  );
  times.sort((a, b) => a - b);
  let shortest = DAY_SECONDS + (times[0] ?? 0) - (times.at(-1) ?? 0);
  for (let i = 1; i < times.length; i++) {
    shortest = Math.min(shortest, (times[i] ?? 0) - (times[i - 1] ?? 0));
  }
  return shortest * SECOND;
}
