import { type AddressInfo, createServer } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** Listens with the shortest queue and takes nobody from it before it is told to. */
const { opened, answer, host } = workerData as {
  opened: Int32Array<SharedArrayBuffer>;
  answer: Uint8Array;
  host: string;
};
const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.end(answer));
});
server.listen({ port: 0, host, backlog: 1 }, () => {
  parentPort?.postMessage((server.address() as AddressInfo).port);
  Atomics.wait(opened, 0, 0);
});
