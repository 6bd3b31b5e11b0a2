import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { closeServer, listen } from '../../platform/listener.ts';
import { PICKED_PORTS } from '../picked-ports.ts';

const MAIN = join(import.meta.dirname, '../../main.ts');

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-main-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function start(env: Record<string, string>, args: string[] = []) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ...PICKED_PORTS, ...env },
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, code };
}

describe('main.ts starts nothing and exits with 2', () => {
  it('with a configuration that is wrong, naming every problem and its place', async () => {
    const data_dir = dataFolder();
    const file = join(data_dir, 'my.yaml');
    writeFileSync(file, 'page: {}\nlines: {}\n');
    const { stdout, stderr, code } = await start({ DATA_DIR: data_dir }, ['--config', file]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${file}:1:7  page.contact: is missing`);
    expect(stderr).toContain(`${file}:1:1  checks: is missing; expected entries by id`);
    expect(stdout).toBe('');
    expect(existsSync(join(data_dir, 'piaokuang.db'))).toBe(false);
  });

  it('with a port that is in use, naming its variable', async () => {
    const server = createServer();
    const port = await listen(server, { host: '127.0.0.1', port: 0, variable: '' });
    onTestFinished(() => closeServer(server));
    const { stdout, stderr, code } = await start({
      DATA_DIR: dataFolder(),
      COLLECTOR_PORT: String(port),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      `Port ${port} on 127.0.0.1 is already in use; stop the other program or set ` +
        'COLLECTOR_PORT to another port.\n',
    );
  });

  it('with a data folder that cannot be made', async () => {
    const { stderr, code } = await start({ DATA_DIR: '/dev/null/data' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^The data directory \/dev\/null\/data is not writable .*\n$/);
  });

  it('with a damaged database, leaving it as it is', async () => {
    const data_dir = dataFolder();
    const damaged = Buffer.from('this was a database once '.repeat(400));
    writeFileSync(join(data_dir, 'demo.db'), damaged);
    const { stdout, stderr, code } = await start({ DATA_DIR: data_dir });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/demo\.db is damaged/);
    expect(readFileSync(join(data_dir, 'demo.db'))).toEqual(damaged);
  });
});

it('main.ts tells which signal killed its preparation', async () => {
  const data_dir = dataFolder();
  const killer = join(data_dir, 'killer.mjs');
  writeFileSync(
    killer,
    "if (process.argv[1]?.endsWith('prepare.ts')) process.kill(process.pid, 'SIGKILL');",
  );
  const env = { DATA_DIR: data_dir, NODE_OPTIONS: `--import=${pathToFileURL(killer)}` };
  const { stdout, stderr, code } = await start(env);
  expect(code).toBe(1);
  expect(stdout + stderr).toContain('the preparation ended without a result (SIGKILL)');
});

/** Processes of this machine with this data folder in their environment. */
function processesOf(data_dir: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      const is_dead = readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
      return environment.includes(`DATA_DIR=${data_dir}`) && !is_dead;
    } catch {
      return false;
    }
  });
}

describe('an interrupted start leaves nothing running', () => {
  const DELAYS_MS = [50, 300, 800, 1_500, 3_000];
  it.each(
    (['SIGTERM', 'SIGKILL'] as const).flatMap((signal) =>
      DELAYS_MS.map((delay_ms) => [signal, delay_ms] as const),
    ),
  )('%s after %i ms', async (signal, delay_ms) => {
    const data_dir = dataFolder();
    const env = { ...process.env, ...PICKED_PORTS, DATA_DIR: data_dir };
    const child = spawn(process.execPath, [MAIN], { env, stdio: 'ignore' });
    await wait(delay_ms);
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    // What it had started ends by itself; a busy machine takes its time over that.
    const give_up_at = performance.now() + 45_000;
    while (processesOf(data_dir).length > 0 && performance.now() < give_up_at) await wait(50);
    expect(processesOf(data_dir)).toEqual([]);
  });
});
