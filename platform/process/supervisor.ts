import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Clock, Log } from '../../model/ports.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { EXIT_UNRECOVERABLE } from '../unrecoverable.ts';
import type { ReadyMessage } from './process.ts';

/** A supervised program. */
export interface ChildProgram {
  name: string;
  /** Path of the module to fork. */
  module: string;
  args: readonly string[];
  /** Environment variables added to our own. */
  variables: Readonly<Record<string, string>>;
  /** The variable of each reported port, so that a restart reuses a port that was picked. */
  port_variables: Readonly<Record<string, string>>;
}

export interface Supervisor {
  /**
   * Starts the program and resolves to its ports once it is ready; stays pending if it never is.
   */
  start(program: ChildProgram): Promise<Record<string, number>>;
  /** Resolves to the name of a child that exited as unrecoverable (exit code 2). */
  unrecoverable: Promise<string>;
  /**
   * Sends SIGTERM to the children one after the other, in reverse order of their start, so that
   * none loses its dependencies; SIGKILL to those still running after the limit. Resolves when all
   * have exited.
   */
  stop(): Promise<void>;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30 * SECOND;
/** A child that ran this long after it was ready resets the restart delay. */
const HEALTHY_AFTER_MS = MINUTE;
const DRAIN_LIMIT_MS = 10 * SECOND;

/** Delay before the n-th consecutive restart (n from 0): 0.5 s, doubling, at most 30 s. */
export function restartDelayMs(restarts: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(restarts, 16));
}

/** Starts children, restarts them when they exit, and stops them all together. */
export function createSupervisor(
  log: Log,
  clock: Clock,
  drain_limit_ms = DRAIN_LIMIT_MS,
): Supervisor {
  const children = new Map<string, ChildProcess>();
  const order: string[] = [];
  const restarts_due = new Set<NodeJS.Timeout>();
  const { promise: unrecoverable, resolve: reportUnrecoverable } = Promise.withResolvers<string>();
  let stopping = false;

  function start(program: ChildProgram): Promise<Record<string, number>> {
    const { promise: first_ready, resolve: onReady } =
      Promise.withResolvers<Record<string, number>>();
    let ports: Record<string, number> = {};
    let restarts = 0;

    function run() {
      const child = fork(program.module, program.args, {
        env: { ...process.env, ...program.variables, ...portsAsVariables(program, ports) },
      });
      children.set(program.name, child);
      let ready_since: number | null = null;
      child.on('message', (message) => {
        if (!isReady(message)) return;
        ready_since = clock.monotonic();
        ports = message.ports;
        log.info({ child: program.name, pid: child.pid, ports }, 'ready');
        onReady(ports);
      });
      child.on('error', (err) => log.error({ child: program.name, err }, 'child process error'));
      child.once('exit', (code, signal) => {
        children.delete(program.name);
        if (stopping) return;
        if (code === EXIT_UNRECOVERABLE) return reportUnrecoverable(program.name);
        const lived_ms = ready_since === null ? 0 : clock.monotonic() - ready_since;
        if (lived_ms >= HEALTHY_AFTER_MS) restarts = 0;
        const delay_ms = restartDelayMs(restarts++);
        log.error({ child: program.name, code, signal, delay_ms }, 'child exited; restarting');
        later(run, delay_ms);
      });
    }

    order.push(program.name);
    run();
    return first_ready;
  }

  function later(run: () => void, delay_ms: number) {
    const due = setTimeout(() => {
      restarts_due.delete(due);
      run();
    }, delay_ms);
    restarts_due.add(due);
  }

  async function stop(): Promise<void> {
    stopping = true;
    for (const due of restarts_due) clearTimeout(due);
    const kill = setTimeout(() => {
      log.warn(
        { children: [...children.keys()], limit_ms: drain_limit_ms },
        'killing remaining children',
      );
      for (const child of children.values()) child.kill('SIGKILL');
    }, drain_limit_ms);
    for (const name of order.toReversed()) await end(children.get(name));
    clearTimeout(kill);
  }

  return { start, unrecoverable, stop };
}

function portsAsVariables({ port_variables }: ChildProgram, ports: Record<string, number>) {
  const variables = Object.entries(ports).flatMap(([name, port]) => {
    const variable = port_variables[name];
    return variable === undefined ? [] : [[variable, String(port)]];
  });
  return Object.fromEntries(variables);
}

function isReady(message: unknown): message is ReadyMessage {
  return (message as ReadyMessage | null)?.type === 'ready';
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
