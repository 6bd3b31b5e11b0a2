import type { Log } from '../../model/ports.ts';
import type { NotReady } from '../../model/process-trouble.ts';
import { SECOND } from '../../model/time.ts';
import { type CommandName, readArguments } from '../arguments.ts';
import { print } from '../console.ts';
import { keepFilesPrivate } from '../data-directory.ts';
import { createLog, LOG_LEVELS } from '../log.ts';
import { EXIT_UNRECOVERABLE, UnrecoverableError } from '../unrecoverable.ts';
import { collectAfterStart } from './compact.ts';
import { connectParent, type Parent } from './parent.ts';

/** A started process. */
export interface Service {
  /** Listening ports by name, e.g. `{ page: 8080, private: 9465 }`. */
  ports: Record<string, number>;
  /** Finishes pending work and closes everything. Called once. */
  stop(): Promise<void>;
  /**
   * Settles when the service cannot continue and a restart would not help; the process is then
   * stopped and exits with 2.
   */
  broken?: Promise<UnrecoverableError>;
  /** Why it does not do its work; null while it does. */
  notReady?(): NotReady | null;
  /**
   * Settles when the data are gone from under the service. The process then exits at once, without
   * `stop`, which would write: with 2 if the error is unrecoverable, else with 1.
   */
  lost?: Promise<Error>;
}

/**
 * A process that has not drained in this time exits anyway. Longer than the supervisor's limit for
 * its children.
 */
const DRAIN_LIMIT_MS = 12 * SECOND;

/** Context of every process. */
export interface ProcessContext {
  log: Log;
  /** Arguments after the script's own name, for loadConfiguration. */
  argv: readonly string[];
  env: NodeJS.ProcessEnv;
  /** What is wrong with any process of this installation; nothing without a supervisor. */
  troubles: Parent['troubles'];
  /** It cannot start yet, because it waits for something; null: no more. */
  waits(why: NotReady | null): void;
  /** What it waits for; null: nothing. */
  waiting(): NotReady | null;
  /** Operators have been told that everything ends. */
  told: Parent['told'];
}

/** A process: its start function and its unrecoverable errors. */
export interface ProcessDefinition {
  /** Name in the log. */
  name: string;
  /** Whose arguments it takes. */
  command: CommandName;
  start(context: ProcessContext): Promise<Service>;
  /** Whether an error is unrecoverable like {@link UnrecoverableError}; none is by default. */
  isUnrecoverable?(error: unknown): boolean;
  /** Whether an error is one of storage that is away; none is by default. */
  causeOf?(error: unknown): NotReady['cause'];
}

/**
 * Runs a process from start to exit: starts it, notifies the parent (if any) when ready, and stops
 * it on SIGTERM, on SIGINT (unless it has a parent, which decides) and when the parent dies. Exit
 * codes: 0 stopped, 1 failed, 2 unrecoverable, with the reason on stderr.
 */
export async function serveProcess(definition: ProcessDefinition): Promise<void> {
  const state: { running: Service | null } = { running: null };
  const parent = connectParent(() => state.running?.notReady?.() ?? null);
  try {
    const argv = process.argv.slice(2);
    readArguments(definition.command, argv);
    keepFilesPrivate();
    // One that is none is refused with the other variables.
    const level = LOG_LEVELS.find((it) => it === process.env.LOG_LEVEL) ?? 'info';
    const log = createLog(definition.name, { level });
    await serve(definition, { log, argv, env: process.env }, parent, (service) => {
      state.running = service;
    });
    process.exit(0);
  } catch (err) {
    const is_final = err instanceof Error && isFinal(err, definition);
    const detail = err instanceof Error ? err.message : String(err);
    if (!is_final) createLog(definition.name).error({ err }, 'process failed');
    print(is_final ? detail : `The ${definition.name} failed: ${detail}`);
    await parent.ending({ cause: definition.causeOf?.(err) ?? null, since: null, detail });
    process.exit(is_final ? EXIT_UNRECOVERABLE : 1);
  }
}

function isFinal(error: Error, { isUnrecoverable }: ProcessDefinition): boolean {
  return error instanceof UnrecoverableError || (isUnrecoverable?.(error) ?? false);
}

/** What every process has before it knows of its parent. */
type OwnContext = Omit<ProcessContext, 'troubles' | 'waits' | 'waiting' | 'told'>;

async function serve(
  { name, start }: ProcessDefinition,
  own: OwnContext,
  parent: Parent,
  onRunning: (service: Service) => void,
): Promise<void> {
  const { log } = own;
  process.on('uncaughtException', (err) => {
    log.error({ err }, 'uncaught error');
    print(`The ${name} failed: ${err.message}`);
    process.exit(1);
  });
  const stop_requested = stopRequest(parent);
  const service = await Promise.race([
    start({ ...own, ...waitingOf(name, parent), troubles: parent.troubles, told: parent.told }),
    stop_requested,
  ]);
  // Stopped before there was anything to drain.
  if (typeof service === 'string') return log.info({ why: service }, 'stopped during start-up');
  onRunning(service);
  parent.ready(service.ports);
  collectAfterStart();
  const { broken = stop_requested, lost = stop_requested } = service;
  const why = await Promise.race([stop_requested, broken, throwing(lost)]);
  log.info({ why: why instanceof UnrecoverableError ? why.message : why }, 'stopping');
  setTimeout(() => {
    log.warn({ limit_ms: DRAIN_LIMIT_MS }, 'shutdown timed out');
    process.exit(1);
  }, DRAIN_LIMIT_MS).unref();
  await service.stop();
  if (why instanceof UnrecoverableError) throw why;
}

/** Says to people and to the parent what the process waits for. */
function waitingOf(name: string, parent: Parent): Pick<ProcessContext, 'waits' | 'waiting'> {
  let waiting: NotReady | null = null;
  return {
    waits(why) {
      if (why !== null && why.detail !== waiting?.detail) print(`The ${name} waits: ${why.detail}`);
      waiting = why;
      parent.waits(why);
    },
    waiting: () => waiting,
  };
}

/** Rejects with the error to which the promise settles. */
async function throwing<T>(promise: Promise<T | Error>): Promise<T> {
  const settled = await promise;
  if (settled instanceof Error) throw settled;
  return settled;
}

/** Resolves to the reason when this process should stop. */
function stopRequest({ gone }: Parent): Promise<string> {
  return new Promise((resolve) => {
    process.on('SIGTERM', () => resolve('SIGTERM'));
    // Ctrl-C reaches the whole process group; with a parent, the parent decides who stops when.
    process.on('SIGINT', () => {
      if (!process.connected) resolve('SIGINT');
    });
    void gone.then(() => resolve('the parent process is gone'));
  });
}
