import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** A started process of ours, with its ports. */
export interface Child {
  pid: number;
  ports: Record<string, number>;
  /** Resolves when it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

interface ChildOptions {
  args?: readonly string[];
  /** Of Node. */
  flags?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** Forks a module of the repository and resolves when it is ready; its log is discarded. */
export async function startChild(
  module: string,
  { args = [], flags = [], env = {} }: ChildOptions = {},
): Promise<Child> {
  const child = fork(join(ROOT, module), [...args], {
    cwd: ROOT,
    execArgv: [...process.execArgv, ...flags],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  const [message] = (await Promise.race([once(child, 'message'), failure(child, module)])) as [
    { ports: Record<string, number> },
  ];
  return {
    pid: child.pid ?? Number.NaN,
    ports: message.ports,
    async stop(signal = 'SIGTERM') {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

async function failure(child: ChildProcess, module: string): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`${module} exited with ${code} before it was ready`);
}
