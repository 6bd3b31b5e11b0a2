import nodeCron, { type TaskContext } from 'node-cron';
import { SLOT_LAG_LIMIT_MS } from '../../model/judge/self.ts';
import type { Clock } from '../../model/ports.ts';
import { HOUR, SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** The instants of one cron expression in one zone, past and future. */
export interface Timetable {
  /** The `nth` instant after `at` (1 is the next one). `at` is at most an hour ago. */
  after(at: EpochMs, nth: number): EpochMs;
  stop(): void;
}

const KNOWN_AHEAD = 3;
const REMEMBERED_MS = HOUR;
/** Instants missed longer ago are covered by a gap. */
const MISSED_AT_MOST_MS = 10 * SECOND;

export interface TimetableParts {
  expression: string;
  zone: string;
  clock: Clock;
  onInstant: (at: EpochMs) => void;
  onMissed: (at: EpochMs) => void;
}

/**
 * Starts following an expression. `onInstant` is called at each instant, at most 5 s late;
 * `onMissed` for each one of the last 10 s that was missed because this process was too busy.
 */
export function startTimetable(parts: TimetableParts): Timetable {
  const { expression, zone, clock, onInstant, onMissed } = parts;
  let instants: EpochMs[] = [];
  const task = nodeCron.createTask(expression, (context) => passed(context, onInstant), {
    timezone: zone,
    missedExecutionTolerance: SLOT_LAG_LIMIT_MS,
  });
  task.on('execution:missed', (context) => {
    if (clock.now() - context.date.getTime() <= MISSED_AT_MOST_MS) passed(context, onMissed);
  });
  remember([]);
  task.start();

  return {
    after(at, nth) {
      if (known(at, nth) === undefined) remember([]);
      const found = known(at, nth);
      if (found === undefined) throw new Error(`${expression}: no instant ${nth} after ${at}`);
      return found;
    },
    stop: () => void task.destroy(),
  };

  function passed({ date }: TaskContext, announce: (at: EpochMs) => void): void {
    remember([date.getTime()]);
    announce(date.getTime());
  }

  /** The library only computes future instants, so past ones are remembered. */
  function remember(come: EpochMs[]): void {
    const ahead = task.getNextRuns(KNOWN_AHEAD).map((date) => date.getTime());
    const known = new Set([...instants, ...come, ...ahead]);
    const oldest = (ahead[0] ?? 0) - REMEMBERED_MS;
    instants = [...known].filter((it) => it >= oldest).sort((a, b) => a - b);
  }

  function known(at: EpochMs, nth: number): EpochMs | undefined {
    return instants.filter((it) => it > at)[nth - 1];
  }
}
