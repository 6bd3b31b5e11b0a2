import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Log } from '../../model/ports.ts';
import { EXIT_UNRECOVERABLE } from '../unrecoverable.ts';
import type { ChildProgram } from './child-program.ts';
import type { ChildMessage } from './ipc.ts';
import {
  begin,
  end,
  endForGood,
  fellSilent,
  hasRecovered,
  hear,
  inform,
  type Life,
  newLife,
  reasonOf,
  troublesOf,
} from './life.ts';
import { restartDelayMs, SUPERVISOR_LIMITS, type SupervisorLimits } from './limits.ts';

export interface Supervisor {
  /**
   * Starts the program and resolves to its ports once it is ready; stays pending if it never is.
   */
  start(program: ChildProgram): Promise<Record<string, number>>;
  /**
   * Resolves once a child has exited as unrecoverable (exit code 2): to its name, and why.
   * Operators have been told then, if one of the children could.
   */
  unrecoverable: Promise<Ended>;
  /**
   * Sends SIGTERM to the children one after the other, in reverse order of their start, so that
   * none loses its dependencies; SIGKILL to those still running after the limit. Resolves when all
   * have exited. Starts nothing from then on.
   */
  stop(): Promise<void>;
}

/** A child that has ended for good. */
export interface Ended {
  process: string;
  why: string;
}

export interface SupervisorParts {
  log: Log;
  clock: Clock;
  /** Says a sentence to people. */
  tell(sentence: string): void;
  limits?: SupervisorLimits;
}

/**
 * Starts children, restarts them when they exit, kills those that give no sign of life, says to
 * people and to all children when one ends again and again, and stops them all together.
 */
export function createSupervisor(parts: SupervisorParts): Supervisor {
  const { log, clock, tell, limits = SUPERVISOR_LIMITS } = parts;
  const lives: Life[] = [];
  const restarts_due = new Set<NodeJS.Timeout>();
  const { promise: unrecoverable, resolve: reportUnrecoverable } = Promise.withResolvers<Ended>();
  const { promise: told_end, resolve: onToldEnd } = Promise.withResolvers<void>();
  const looking = setInterval(look, limits.look_every_ms);
  let told = '[]';
  let is_ending = false;
  let is_stopping = false;

  function start(program: ChildProgram): Promise<Record<string, number>> {
    const { promise: first_ready, resolve } = Promise.withResolvers<Record<string, number>>();
    if (is_stopping) return first_ready;
    const life = newLife(program);
    lives.push(life);
    run(life, resolve);
    return first_ready;
  }

  function run(life: Life, onReady: (ports: Record<string, number>) => void) {
    const child = begin(life);
    const { name } = life.program;
    child.on('message', (message: ChildMessage) => {
      if (message.type === 'told') onToldEnd();
      if (!hear(life, message, clock.monotonic(), clock.now())) return;
      const { ports } = life;
      log.info({ child: name, pid: child.pid, ports }, 'ready');
      inform(life, { type: 'troubles', troubles: troublesOf(lives) });
      onReady(ports);
    });
    child.on('error', (err) => log.error({ child: name, err }, 'child process error'));
    void ended(child).then(([code, signal]) => {
      const how = { code, signal, monotonic: clock.monotonic(), now: clock.now() };
      const is_loop = end(life, how, limits);
      if (is_stopping || is_ending) return;
      if (code === EXIT_UNRECOVERABLE) return void endEverything(life);
      const delay_ms = restartDelayMs(life.restarts++);
      const why = reasonOf(life, how);
      log.error({ child: name, code, signal, why, delay_ms }, 'child exited; restarting');
      if (is_loop) tell(loopWords(name, life.ends.length, why));
      later(() => run(life, onReady), delay_ms);
    });
  }

  /** Starts nothing again, and gives who tells operators the time to tell them why. */
  async function endEverything(life: Life): Promise<void> {
    is_ending = true;
    const process = life.program.name;
    const why = endForGood(life, clock.now());
    const telling = lives.filter((it) => it.program.tells_operators && it.process && it.ready_at);
    share();
    if (telling.length > 0) {
      const gone = telling.flatMap((it) => (it.process ? [once(it.process, 'exit')] : []));
      log.warn({ child: process, why }, 'all processes end; operators are told');
      await Promise.race([told_end, Promise.all(gone), wait(limits.tell_ms)]);
    }
    reportUnrecoverable({ process, why });
  }

  /** Every second: who is silent, who has recovered, and what the children must know. */
  function look() {
    for (const life of lives) {
      const { name } = life.program;
      if (fellSilent(life, limits)) {
        log.error({ child: name, pid: life.process?.pid }, 'child gives no sign of life; killing');
        life.process?.kill('SIGKILL');
      }
      if (hasRecovered(life, clock.monotonic(), limits)) tell(`The ${name} runs again.`);
    }
    share();
  }

  /** Says to all children what is wrong with any of them, if that has changed. */
  function share() {
    const troubles = troublesOf(lives);
    const message = JSON.stringify(troubles);
    if (message === told) return;
    told = message;
    for (const life of lives) inform(life, { type: 'troubles', troubles });
  }

  function later(work: () => void, delay_ms: number) {
    const due = setTimeout(() => {
      restarts_due.delete(due);
      work();
    }, delay_ms);
    restarts_due.add(due);
  }

  async function stop(): Promise<void> {
    is_stopping = true;
    clearInterval(looking);
    for (const due of restarts_due) clearTimeout(due);
    const running = () => lives.filter(({ process }) => process !== null);
    const kill = setTimeout(() => {
      const children = running().map(({ program }) => program.name);
      log.warn({ children, limit_ms: limits.drain_ms }, 'killing remaining children');
      for (const { process } of running()) process?.kill('SIGKILL');
    }, limits.drain_ms);
    for (const { process } of lives.toReversed()) await terminate(process);
    clearTimeout(kill);
  }

  return { start, unrecoverable, stop };
}

/** Exit code and signal; an error without a process means that it could not be started. */
function ended(child: ChildProcess): Promise<[code: number | null, signal: string | null]> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve([code, signal]));
    child.once('error', () => {
      if (child.pid === undefined) resolve([null, null]);
    });
  });
}

function loopWords(name: string, times: number, why: string): string {
  return (
    `The ${name} has ended ${times} times within minutes (last: ${why}). It is started again, at ` +
    'most every 30 s; the log says what it was doing.'
  );
}

async function terminate(child: ChildProcess | null): Promise<void> {
  if (child === null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
