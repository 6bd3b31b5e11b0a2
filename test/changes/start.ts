import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ReadyMessage } from '../../platform/process/ipc.ts';

/** A folder for one test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-change-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a process of a copy on ports of its own, for one test; gives its ports by name. */
export async function startProcess(root: string, main: string): Promise<Record<string, number>> {
  const ports = { SIMULATOR_PORT: '0', COLLECTOR_PORT: '0', INGEST_PORT: '0' };
  const child = fork(join(root, main), [], {
    env: { ...process.env, ...ports, DATA_DIR: temporaryFolder() },
    silent: true,
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const [ready] = (await once(child, 'message')) as [ReadyMessage];
  return ready.ports;
}

/** Starts the simulators of a copy; gives their address. */
export async function startSimulators(root: string): Promise<string> {
  const { simulators } = await startProcess(root, 'simulators/main.ts');
  return `http://127.0.0.1:${simulators}`;
}
