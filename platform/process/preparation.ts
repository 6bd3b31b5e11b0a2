import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ProcessEnvironment } from '../config/environment.ts';
import { program } from './programs.ts';

/** The result of preparation that main.ts needs; the reader of these settings stays behind. */
export interface Preparation {
  demo: boolean;
  /** What is before every path of the page (`basePath`). */
  base_path: string;
  environment: Pick<ProcessEnvironment, 'host' | 'ingest_host' | 'demo_drill'>;
}

/**
 * Runs the preparation in a process of its own, so that its memory is freed before the others
 * start. If it fails, it has printed the reason, and this process exits with its code. Throws if it
 * was killed.
 */
export async function prepareStart(argv: readonly string[]): Promise<Preparation> {
  const { module, args, flags, variables } = program('preparation', argv, {});
  const env = { ...process.env, ...variables };
  const child = fork(module, args, { env, execArgv: [...process.execArgv, ...flags] });
  // An interrupted start leaves nothing running.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let prepared: Preparation | null = null;
  child.once('message', (message) => {
    prepared = message as Preparation;
  });
  const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  process.off('exit', kill);
  if (prepared !== null) return prepared;
  if (code) process.exit(code);
  throw new Error(`the preparation ended without a result (${signal ?? code})`);
}
