import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type TestContext, test } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import { isBad } from '../../model/judge/bad.ts';
import { SECOND } from '../../model/time.ts';
import type { LineBatch } from '../../probes/line/batch.ts';
import { matrix } from '../matrix.ts';
import { startRawServer } from '../probes/raw-server.ts';
import { demoAt } from '../probes/simulated.ts';

const PROCESS = fileURLToPath(new URL('./line-process.ts', import.meta.url));
const PAGE = '<title>well</title><p>Hello, this is a page.';
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`;

/** One `reach` every 10 s with a deadline of 5 s. */
function reaching(url: string): Configuration {
  const demo = demoAt(url, 5 * SECOND);
  const checks = demo.checks.filter(({ id }) => id === 'reach');
  const options = { path: '/' };
  return { ...demo, checks: checks.map((check) => ({ ...check, options }) as typeof check) };
}

/** The line in a process of its own, and what it handed over. */
function startLine(configuration: Configuration, { onTestFinished }: TestContext) {
  const child: ChildProcess = spawn(process.execPath, [PROCESS, JSON.stringify(configuration)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGCONT');
    child.kill('SIGKILL');
  });
  const batches: LineBatch[] = [];
  if (child.stdout === null) throw new Error('no output');
  createInterface(child.stdout).on('line', (line) => batches.push(JSON.parse(line)));
  return {
    signal: (name: 'SIGSTOP' | 'SIGCONT') => child.kill(name),
    results: () => batches.flatMap((it) => it.results.map(({ result }) => result)),
    gaps: () => batches.flatMap((it) => it.gaps),
  };
}

/** A healthy server that takes 3 s to answer, and tells when it was asked. */
async function startSlowServer({ onTestFinished }: TestContext) {
  let asked = 0;
  const server = await startRawServer((socket) => {
    asked += 1;
    setTimeout(() => socket.end(ANSWER), 3 * SECOND);
  });
  onTestFinished(() => server.close());
  return { url: server.url, asked: () => asked };
}

test.concurrent.for(matrix([7, 3, 12]))(
  'B1: a process stopped for %d s while an answer is out blames nobody, twice',
  { timeout: 120 * SECOND },
  async (seconds, context) => {
    const { expect } = context;
    const server = await startSlowServer(context);
    const line = startLine(reaching(server.url), context);
    const paused: number[] = [];
    while (paused.length < 2) {
      const before = server.asked();
      await expect.poll(server.asked, { timeout: 40 * SECOND, interval: 20 }).toBe(before + 1);
      await sleep(200);
      const stopped_at = performance.now();
      line.signal('SIGSTOP');
      await sleep(seconds * SECOND);
      line.signal('SIGCONT');
      paused.push((performance.now() - stopped_at) / SECOND);
    }
    await expect
      .poll(() => line.results().filter(({ outcome }) => outcome === 'ok').length, {
        timeout: 40 * SECOND,
      })
      .toBeGreaterThanOrEqual(2);
    expect(line.results().filter(({ outcome }) => isBad(outcome))).toEqual([]);
    // Whoever answered while we were stopped is heard, though later than the deadline.
    const heard = line.results().filter(({ outcome }) => outcome === 'ok');
    expect(heard.length).toBeGreaterThanOrEqual(2);
    const lengths = line.gaps().map(({ from, to }) => (to - from) / SECOND);
    const gaps = paused.filter((it) => it >= 10).map((it) => expect.closeTo(it, 0));
    expect(lengths).toEqual(gaps);
  },
);
