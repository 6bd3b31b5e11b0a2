import type { Log } from '../../model/ports.ts';
import { type ProcessEnvironment, readEnvironment } from '../config/environment.ts';
import { print } from '../console.ts';
import { createLog } from '../log.ts';
import { EXIT_UNRECOVERABLE, UnrecoverableError } from '../unrecoverable.ts';

/** What a process offers once it works. */
export interface Service {
  /** Listening ports by name, e.g. `{ page: 8080, private: 9465 }`. */
  ports: Record<string, number>;
  /** Finishes what is in hand and closes everything. Called once. */
  stop(): Promise<void>;
  /**
   * Settles when the service cannot go on and a restart would not help; it is stopped and the
   * process exits with 2.
   */
  broken?: Promise<UnrecoverableError>;
}

/** What a child tells its parent over IPC when it listens. */
export interface ReadyMessage {
  type: 'ready';
  ports: Record<string, number>;
}

/**
 * A process that has not drained by then exits anyway. Above the supervisor's own limit for its
 * children.
 */
const DRAIN_LIMIT_MS = 12_000;

/** What every process is started with. */
export interface ProcessContext {
  log: Log;
  environment: ProcessEnvironment;
  /** Arguments after the script's own name, for loadConfiguration. */
  argv: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** A process: how it starts, and which errors mean that it cannot work here. */
export interface ProcessDefinition {
  /** As it appears in the log. */
  name: string;
  start(context: ProcessContext): Promise<Service>;
  /** Whether an error is as final as an {@link UnrecoverableError}; none is by default. */
  isUnrecoverable?(error: unknown): boolean;
}

/**
 * Runs a process from start to exit: starts it, tells the parent (if any) that it is ready, and
 * stops it on SIGTERM, on SIGINT (unless a parent is there to decide) and when the parent dies.
 * Exit codes: 0 stopped, 1 failed, 2 cannot work here, which it tells people in a sentence.
 */
export async function serveProcess(definition: ProcessDefinition): Promise<void> {
  try {
    const environment = readEnvironment(process.env);
    const log = createLog(definition.name, { level: environment.log_level });
    const argv = process.argv.slice(2);
    await serve(definition, { log, environment, argv, env: process.env });
    process.exit(0);
  } catch (err) {
    if (err instanceof Error && isFinal(err, definition)) {
      print(err.message);
      process.exit(EXIT_UNRECOVERABLE);
    }
    createLog(definition.name).error({ err }, 'failed');
    process.exit(1);
  }
}

function isFinal(error: Error, { isUnrecoverable }: ProcessDefinition): boolean {
  return error instanceof UnrecoverableError || (isUnrecoverable?.(error) ?? false);
}

async function serve({ start }: ProcessDefinition, context: ProcessContext): Promise<void> {
  const { log } = context;
  process.on('uncaughtException', (err) => {
    log.error({ err }, 'uncaught error');
    process.exit(1);
  });
  const asked_to_stop = stopRequest();
  const service = await Promise.race([start(context), asked_to_stop]);
  // Asked before there was anything to drain.
  if (typeof service === 'string') return log.info({ why: service }, 'stopped while starting');
  tellParent(service.ports);
  const why = await Promise.race([asked_to_stop, service.broken ?? asked_to_stop]);
  log.info({ why: why instanceof UnrecoverableError ? why.message : why }, 'stopping');
  setTimeout(() => {
    log.warn({ limit_ms: DRAIN_LIMIT_MS }, 'did not drain in time');
    process.exit(1);
  }, DRAIN_LIMIT_MS).unref();
  await service.stop();
  if (why instanceof UnrecoverableError) throw why;
}

/** Settles with the reason when this process should stop. */
function stopRequest(): Promise<string> {
  return new Promise((resolve) => {
    process.on('SIGTERM', () => resolve('SIGTERM'));
    // Ctrl-C reaches the whole process group; with a parent, the parent decides who stops when.
    process.on('SIGINT', () => {
      if (!process.connected) resolve('SIGINT');
    });
    process.once('disconnect', () => resolve('the parent process is gone'));
  });
}

function tellParent(ports: Record<string, number>): void {
  const ready: ReadyMessage = { type: 'ready', ports };
  process.send?.(ready);
}
