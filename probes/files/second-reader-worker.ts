import { parentPort, workerData } from 'node:worker_threads';
import { opensHere } from './pdf-js.ts';

parentPort?.postMessage(await opensHere(workerData as Uint8Array));
