import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The simulators alone, for an installation that watches them by its own configuration. */
export async function startSimulators(data_dir: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(ROOT, 'simulators/main.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, DATA_DIR: data_dir, SIMULATOR_PORT: '0', ...env },
  });
  child.stdout?.resume();
  const [ready] = (await once(child, 'message')) as [{ ports: { simulators: number } }];
  return {
    origin: `http://127.0.0.1:${ready.ports.simulators}`,
    stop: () => child.kill('SIGKILL'),
  };
}
