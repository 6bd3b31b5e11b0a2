import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { SECOND } from '../../model/time.ts';
import { block } from '../block.ts';
import { exchangeFor } from './raw-server.ts';

/** A server in another thread, which goes on while this one is paused. */
async function startServer(after_ms: number): Promise<string> {
  const worker = new Worker(
    `const { createServer } = require('node:net');
    const { parentPort } = require('node:worker_threads');
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => setTimeout(() => {
        socket.write('HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\no');
        setTimeout(() => socket.end('k'), 5);
      }, ${after_ms}));
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
    { eval: true },
  );
  onTestFinished(async () => void (await worker.terminate()));
  const port = await new Promise((resolve) => worker.once('message', resolve));
  return `http://127.0.0.1:${port}/`;
}

/** What it says, and how long after the pause. */
async function ask(url: string, pause_ms: number) {
  const asking = exchangeFor(400).send({
    method: 'GET',
    url: new URL(url),
    max_bytes: 100,
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  block(pause_ms);
  const woken_at = performance.now();
  const answer = await asking;
  return { answer, after_ms: performance.now() - woken_at };
}

test('B1: an answer that came while we were paused past the deadline is read', async () => {
  const { answer } = await ask(await startServer(200), SECOND);
  expect(answer).toMatchObject({ ok: true, value: { status: 200 } });
});

test('a server that is silent beyond our pause is still a time-out', async () => {
  const url = await startServer(10 * SECOND);
  const { answer, after_ms } = await ask(url, SECOND);
  expect(answer).toMatchObject({ ok: false, failure: { outcome: 'timeout' } });
  // At most as long again as the deadline was late, which is the pause; and a busy machine.
  expect(after_ms).toBeLessThan(4 * SECOND);
});
