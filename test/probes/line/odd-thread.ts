import { parentPort } from 'node:worker_threads';
import type { ThreadRequest } from '../../../probes/line/thread.ts';

let in_hand = 0;

/** A thread that misbehaves as it is told. */
parentPort?.on('message', ({ id, request }: ThreadRequest<string>) => {
  switch (request) {
    case 'dies':
      process.exit(1);
      break;
    case 'throws':
      throw new Error('a fault of the thread itself');
    case 'spins':
      for (;;) {
        // Never gives the thread back.
      }
    case 'forgets':
      break;
    case 'counts':
      in_hand += 1;
      setTimeout(() => {
        parentPort?.postMessage({ id, answer: { in_hand } });
        in_hand -= 1;
      }, 5);
      break;
    default:
      parentPort?.postMessage({ id, answer: { in_hand } });
  }
});
