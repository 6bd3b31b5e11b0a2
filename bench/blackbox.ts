import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../test/process/ports.ts';
import { eventually } from '../test/process/wait.ts';

const PROGRAM = '/usr/bin/prometheus-blackbox-exporter';
const CONFIG = 'modules:\n  http_2xx:\n    prober: http\n    timeout: 5s\n';

/** A blackbox_exporter with the module http_2xx, as Debian packages it. */
export async function startBlackbox(
  folder: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const config = join(folder, 'blackbox.yml');
  writeFileSync(config, CONFIG);
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    PROGRAM,
    [`--config.file=${config}`, `--web.listen-address=${address}`, '--log.level=error'],
    { stdio: 'ignore' },
  );
  const url = `http://${address}`;
  await eventually('blackbox_exporter listens', () =>
    fetch(url).then(
      (answer) => answer.ok,
      () => false,
    ),
  );
  return {
    url,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
