import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from './ports.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The simulators alone, for an installation that watches them by its own configuration. */
export async function startSimulators(data_dir: string, env: Record<string, string> = {}) {
  const port = await freePort();
  const child = spawn(process.execPath, [join(ROOT, 'simulators/main.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, DATA_DIR: data_dir, SIMULATOR_PORT: String(port), ...env },
  });
  child.stdout?.resume();
  await once(child, 'message');
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
}
