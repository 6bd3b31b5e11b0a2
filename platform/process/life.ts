import { type ChildProcess, fork } from 'node:child_process';
import type { NotReady, ProcessTrouble } from '../../model/process-trouble.ts';
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
  /** It has ended for good. */
  ended: Omit<ProcessTrouble, 'process'> | null;
  /** What its process said of its end. */
  last_words: NotReady | null;
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
    ended: null,
    last_words: null,
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
  life.last_words = null;
  return child;
}

/** Takes a message of its process in; returns whether it has become ready. */
export function hear(life: Life, message: ChildMessage, monotonic: number, now: EpochMs): boolean {
  life.silent_looks = 0;
  if (message.type === 'ready') {
    life.ready_at = monotonic;
    life.ports = message.ports;
    life.not_ready = null;
    return true;
  }
  if (message.type === 'ending') life.last_words = message.why;
  if (message.type === 'alive') life.not_ready = notReadyNow(life, message.not_ready, now);
  return false;
}

/** Since it was first so, unless the process knows better. */
function notReadyNow({ not_ready }: Life, why: NotReady | null, now: EpochMs): Life['not_ready'] {
  if (why === null) return null;
  const { cause, detail } = why;
  const known = not_ready?.cause === cause ? not_ready.since : now;
  return { kind: 'not_ready', cause, since: why.since ?? known, detail };
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
  const { ends, within_ms } = limits.crash_loop;
  life.ends = [...life.ends, monotonic].filter((at) => monotonic - at < within_ms);
  const was_crashing = life.crashing !== null;
  if (!was_crashing && life.ends.length < ends) return false;
  const since = life.crashing?.since ?? now;
  const cause = life.last_words?.cause ?? null;
  life.crashing = { kind: 'crashing', cause, since, detail: reasonOf(life, ended) };
  return !was_crashing;
}

/** Takes in that its process has ended for good; returns why. */
export function endForGood(life: Life, now: EpochMs): string {
  const { cause, detail } = life.last_words ?? { cause: null, detail: 'exit code 2' };
  life.ended = { kind: 'ended', cause, since: now, detail };
  return detail;
}

/** Why a process ended, for people. */
export function reasonOf({ was_silent, last_words }: Life, { code, signal }: End): string {
  if (was_silent) return 'no sign of life';
  if (signal !== null) return `killed by ${signal}`;
  return last_words === null ? `exit code ${code}` : `exit code ${code}: ${last_words.detail}`;
}

/** Whether a crash loop is over now. */
export function hasRecovered(life: Life, monotonic: number, limits: SupervisorLimits): boolean {
  if (life.crashing === null || life.ready_at === null) return false;
  if (monotonic - life.ready_at < limits.crash_loop.over_after_ms) return false;
  life.crashing = null;
  return true;
}

export function troublesOf(lives: readonly Life[]): ProcessTrouble[] {
  return lives.flatMap(({ program, crashing, not_ready, ended }) =>
    [ended, crashing, not_ready].flatMap((it) =>
      it === null ? [] : [{ process: program.name, ...it }],
    ),
  );
}

/** Says to its process what is wrong with any of them. */
export function inform({ process, ready_at }: Life, message: TroublesMessage): void {
  // An error means that it is ending, which its exit reports.
  if (process?.connected && ready_at !== null) process.send(message, () => {});
}
