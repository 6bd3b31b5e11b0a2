import { parentPort } from 'node:worker_threads';
import type { CopyRequest } from '../../../probes/files/judge-copy.ts';
import type { ThreadRequest } from '../../../probes/line/thread.ts';

/** A files thread that dies of every file. */
parentPort?.on('message', ({ request }: ThreadRequest<CopyRequest>) => {
  throw new Error(`cannot read ${request.format}`);
});
