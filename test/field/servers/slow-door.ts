import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { Stage } from './stage.ts';

export interface Door {
  /** Host and port. */
  at: string;
  /** Connections come in from now on. */
  open(): void;
}

/**
 * A port whose queue of connections is full, so that the kernel drops each further SYN, and that
 * answers every request once it is opened. A caller's SYN is repeated after 1.0 s, then 3.0 s.
 */
export async function closedDoor(stage: Stage, answer: Buffer, host = '127.0.0.1'): Promise<Door> {
  const opened = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./slow-door-worker.ts', import.meta.url), {
    workerData: { opened, answer, host },
  });
  const [port] = (await once(worker, 'message')) as [number];
  const queue = [await joined(host, port), await joined(host, port)];
  const open = () => {
    Atomics.store(opened, 0, 1);
    Atomics.notify(opened, 0);
  };
  stage.afterwards(async () => {
    for (const socket of queue) socket.destroy();
    open();
    await worker.terminate();
  });
  return { at: `${host.includes(':') ? `[${host}]` : host}:${port}`, open };
}

async function joined(host: string, port: number): Promise<Socket> {
  const socket = connect(port, host);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}
