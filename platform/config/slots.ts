import nodeCron from 'node-cron';
import { shortestDistanceMs } from '../../model/times-of-day.ts';

/** The problem of a cron expression; null when it is valid. */
export function scheduleProblem(expression: string): string | null {
  if (expression.trim().split(/\s+/).length !== 6) {
    return 'expected a cron expression of six fields, seconds first, such as "*/15 * * * * *"';
  }
  const { valid, errors } = nodeCron.validateDetailed(expression);
  return valid ? null : errors.map(({ message }) => message).join('; ');
}

/** The shortest distance between two slots of a valid cron expression, in ms. */
export function slotDistanceMs(expression: string): number {
  return shortestDistanceMs(nodeCron.parse(expression));
}
