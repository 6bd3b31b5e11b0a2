import { type ChildProcess, fork } from 'node:child_process';
import type { ProcessTrouble } from '../../model/process-trouble.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { type ChildProgram, environmentOf } from './child-program.ts';
import type { ChildMessage, TroublesMessage } from './ipc.ts';
import type { SupervisorLimits } from './limits.ts';

/** One program over all its processes. Instants are of the monotonic clock, but for `since`. */
export interface Life {
  readonly program: ChildProgram;
  /** null between two processes. */
  process: ChildProcess | null;
  ports: Record<string, number>;
  /** null until it is ready. */
  ready_at: number | null;
  /** Looks since its last sign of life. */
  silent_looks: number;
  /** Whether its process was killed because of that. */
  was_silent: boolean;
  /** Consecutive restarts, for the delay of the next. */
  restarts: number;
  /** When its processes ended lately. */
  ends: number[];
  crashing: Omit<ProcessTrouble, 'process'> | null;
  not_ready: Omit<ProcessTrouble, 'process'> | null;
}

export function newLife(program: ChildProgram): Life {
  return {
    program,
    process: null,
    ports: {},
    ready_at: null,
    silent_looks: 0,
    was_silent: false,
    restarts: 0,
    ends: [],
    crashing: null,
    not_ready: null,
  };
}

/** Starts the next process of a life. */
export function begin(life: Life): ChildProcess {
  const { module, args, flags } = life.program;
  const env = environmentOf(life.program, life.ports);
  const child = fork(module, args, { env, execArgv: [...process.execArgv, ...flags] });
  life.process = child;
  life.silent_looks = 0;
  life.was_silent = false;
  return child;
}

/** Takes a message of its process in; returns whether it has become ready. */
export function hear(life: Life, message: ChildMessage, monotonic: number, now: EpochMs): boolean {
  life.silent_looks = 0;
  if (message.type === 'ready') {
    life.ready_at = monotonic;
    life.ports = message.ports;
    return true;
  }
  const detail = message.not_ready;
  const since = life.not_ready?.since ?? now;
  life.not_ready = detail === null ? null : { kind: 'not_ready', since, detail };
  return false;
}

/** Counts a look; returns whether its process has been silent for too long, once. */
export function fellSilent(life: Life, limits: SupervisorLimits): boolean {
  if (life.process === null || life.was_silent) return false;
  life.silent_looks++;
  const limit = life.ready_at === null ? limits.silent_looks_starting : limits.silent_looks;
  life.was_silent = life.silent_looks > limit;
  return life.was_silent;
}

/** How a process ended, and when by both clocks. */
export interface End {
  code: number | null;
  signal: string | null;
  monotonic: number;
  now: EpochMs;
}

/** Takes the end of its process in; returns whether a crash loop begins with it. */
export function end(life: Life, ended: End, limits: SupervisorLimits): boolean {
  const { monotonic, now } = ended;
  const lived_ms = life.ready_at === null ? 0 : monotonic - life.ready_at;
  if (lived_ms >= limits.well_after_ms) life.restarts = 0;
  life.process = null;
  life.ready_at = null;
  life.not_ready = null;
  life.ends = [...life.ends, monotonic].filter((at) => monotonic - at < limits.crash_window_ms);
  const was_crashing = life.crashing !== null;
  if (!was_crashing && life.ends.length < limits.crash_ends) return false;
  const since = life.crashing?.since ?? now;
  life.crashing = { kind: 'crashing', since, detail: reasonOf(life, ended) };
  return !was_crashing;
}

/** Why a process ended, for people. */
export function reasonOf({ was_silent }: Life, { code, signal }: End): string {
  if (was_silent) return 'no sign of life';
  return signal === null ? `exit code ${code}` : `killed by ${signal}`;
}

/** Whether a crash loop is over now; it is forgotten then. */
export function hasRecovered(life: Life, monotonic: number, limits: SupervisorLimits): boolean {
  if (life.crashing === null || life.ready_at === null) return false;
  if (monotonic - life.ready_at < limits.crash_over_after_ms) return false;
  life.crashing = null;
  life.ends = [];
  return true;
}

export function troublesOf(lives: readonly Life[]): ProcessTrouble[] {
  return lives.flatMap(({ program, crashing, not_ready }) =>
    [crashing, not_ready].flatMap((it) => (it === null ? [] : [{ process: program.name, ...it }])),
  );
}

/** Says to its process what is wrong with any of them. */
export function inform({ process, ready_at }: Life, message: TroublesMessage): void {
  // An error means that it is ending, which its exit reports.
  if (process?.connected && ready_at !== null) process.send(message, () => {});
}
