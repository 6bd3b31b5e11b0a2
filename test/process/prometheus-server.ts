import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './ports.ts';
import { eventually } from './wait.ts';

/** Debian's Prometheus with this configuration, which keeps exemplars; its files in `folder`. */
export async function startPrometheus(folder: string, config: string) {
  const address = `127.0.0.1:${await freePort()}`;
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, config);
  const child = runMonitor('prometheus', folder, [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'prometheus')}`,
    `--web.listen-address=${address}`,
    '--enable-feature=exemplar-storage',
  ]);
  await whenReady(address);
  return { child, origin: `http://${address}` };
}

export function runMonitor(program: string, cwd: string, args: string[]): ChildProcess {
  return spawn(program, [...args, '--log.level=error'], { cwd, stdio: ['ignore', 'ignore', 2] });
}

export async function whenReady(address: string): Promise<void> {
  await eventually(`${address} is ready`, () =>
    fetch(`http://${address}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
}
