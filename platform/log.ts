import { pino } from 'pino';
import type { Log } from '../model/ports.ts';
import { describeError } from './log-error.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogOptions {
  level?: LogLevel;
  /** Defaults to stdout. */
  destination?: { write(line: string): void };
}

/**
 * A log that writes one JSON line per entry to stdout: `time` in ISO 8601, `level` as a word,
 * `process`, `msg` and the caller's fields. An `err` field holding an Error becomes its type,
 * message and stack, without what people confide to us.
 */
export function createLog(process_name: string, options: LogOptions = {}): Log {
  const { level = 'info', destination } = options;
  const logger = pino(
    {
      level,
      base: { process: process_name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
    },
    // Synchronous, so that the last lines before an exit are not lost.
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}
