import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../model/time.ts';
import { createCheckRunner } from '../../probes/line/check-runner.ts';
import { demoAt } from '../probes/simulated.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulators-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function launch(env: Record<string, string>): ChildProcess {
  const child = fork(new URL('../../simulators/main.ts', import.meta.url), {
    env: { ...process.env, DATA_DIR: folder, SIMULATOR_PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  children.push(child);
  return child;
}

async function start(port = 0): Promise<{ process: ChildProcess; port: number }> {
  const started = launch({ SIMULATOR_PORT: String(port) });
  const [ready] = (await once(started, 'message')) as [
    { type: string; ports: { simulators: number } },
  ];
  expect(ready.type).toBe('ready');
  return { process: started, port: ready.ports.simulators };
}

/** What one that does not start says before it ends. */
async function refusal(env: Record<string, string>): Promise<string> {
  const refused = launch(env);
  const [said, exit] = await Promise.all([text(refused.stderr as Readable), once(refused, 'exit')]);
  expect(exit).toEqual([2, null]);
  return said;
}

const runner = (port: number) =>
  createCheckRunner({
    configuration: demoAt(`http://127.0.0.1:${port}`),
    installation: 'test',
    clock: systemClock,
  });

test('a killed process goes on where it was; one whose parent leaves ends by itself', async () => {
  const first = await start();
  const slot_at = Date.now();
  const run = await runner(first.port).run('upload', slot_at);
  expect(run).toMatchObject({ outcome: 'ok' });
  first.process.kill('SIGKILL');
  await once(first.process, 'exit');

  const second = await start(first.port);
  expect(await runner(second.port).run('upload', slot_at)).toMatchObject({ outcome: 'ok' });
  const ledger = readFileSync(join(folder, 'simulator', 'ledger.ndjson'), 'utf8');
  expect(ledger.match(/"type":"accepted"/g)).toHaveLength(1);
  second.process.disconnect();
  expect(await once(second.process, 'exit')).toEqual([0, null]);
});

test('a busy port is said in one sentence, and the ledger of the other is left alone', async () => {
  const first = await start();
  await runner(first.port).run('upload', Date.now());
  const path = join(folder, 'simulator', 'ledger.ndjson');
  const before = readFileSync(path, 'utf8');
  const said = await refusal({ SIMULATOR_PORT: String(first.port) });
  expect(said).toContain('set SIMULATOR_PORT to another port');
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test.each(['fast', '0', '-1', 'Infinity'])('a pace of %s is refused', async (pace) => {
  expect(await refusal({ SIMULATOR_PACE: pace })).toBe(
    `SIMULATOR_PACE: expected a number above 0; found "${pace}"\n`,
  );
});
