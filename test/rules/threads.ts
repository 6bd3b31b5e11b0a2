import { expect } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { ChildProgram } from '../../platform/process/child-program.ts';
import { end, hasRecovered, hear, newLife } from '../../platform/process/life.ts';
import { SUPERVISOR_LIMITS } from '../../platform/process/limits.ts';
import { lostSlots } from '../../probes/line/lost-slots.ts';
import { createCrashLoop } from '../../probes/line/watch/crash-loop.ts';
import { checkOf, START } from '../probes/line/staged-line.ts';
import { rowsOf } from './row.ts';

/** What is lost of a check of every 10 s when a thread is there after so long without one. */
function lostAfter(away_ms: number): { slots: number; is_gap: boolean } {
  const { slots, gap } = lostSlots({
    checks: [checkOf('a', '*/10 * * * * *')],
    schedule: { slotAfter: (_, at) => at + 10 * SECOND },
    started_at: START + away_ms,
    handed_over: { slots: new Map([['a', START]]), gaps: [], known_until: START },
  });
  return { slots: slots.length, is_gap: gap !== null };
}

/** Of a thread and of a process, in the same order. */
type Both = [thread: boolean, process: boolean];

/** Whether ends at these instants begin a crash loop. */
function isLoop(ends_ms: readonly number[]): Both {
  const { thread, process } = crashing(ends_ms);
  return [thread !== null, process.crashing !== null];
}

/** Whether a crash loop is still one when the last one has run for so long. */
function isLoopAfter(ran_ms: number): Both {
  const { loop, process, time } = crashing([0, 1, 2]);
  time.ms = 10;
  loop.runs();
  hear(process, { type: 'ready', ports: {} }, time.ms, START);
  time.ms += ran_ms;
  return [loop.runs() === null, !hasRecovered(process, time.ms, SUPERVISOR_LIMITS)];
}

function crashing(ends_ms: readonly number[]) {
  const time = { ms: 0 };
  const clock = { now: () => START + time.ms, monotonic: () => time.ms };
  const loop = createCrashLoop('local', clock);
  const process = newLife(PROGRAM);
  let thread = null;
  for (const ms of ends_ms) {
    time.ms = ms;
    thread = loop.died() ?? thread;
    const ended = { code: 1, signal: null, monotonic: ms, now: clock.now() };
    end(process, ended, SUPERVISOR_LIMITS);
  }
  return { loop, process, thread, time };
}

const PROGRAM: ChildProgram = {
  name: 'collector',
  module: '',
  args: [],
  flags: [],
  variables: {},
  port_variables: {},
};

export const THREADS = [
  ...rowsOf('CLOCK-13', {
    'no thread for a minute: its slots are missed': () =>
      expect(lostAfter(MINUTE)).toEqual({ slots: 6, is_gap: false }),
    'for longer: a gap': () => expect(lostAfter(MINUTE + 1)).toEqual({ slots: 0, is_gap: true }),
  }),
  ...rowsOf('CLOCK-14', {
    'three ends within 10 minutes': () => {
      expect(isLoop([0, 10 * MINUTE - 1])).toEqual([false, false]);
      expect(isLoop([0, MINUTE, 10 * MINUTE - 1])).toEqual([true, true]);
      expect(isLoop([0, MINUTE, 10 * MINUTE])).toEqual([false, false]);
    },
    'until one has run for 5 minutes': () => {
      expect(isLoopAfter(5 * MINUTE - 1)).toEqual([true, true]);
      expect(isLoopAfter(5 * MINUTE)).toEqual([false, false]);
    },
  }),
];
