import { parentPort } from 'node:worker_threads';
import { type CopyRequest, judgeCopy } from '../files/judge-copy.ts';
import { oneAtATime, opensInPdfJs } from '../files/second-reader.ts';
import type { ThreadRequest } from './thread.ts';

/** The thread that reads files, apart from the one that measures. */
const port = parentPort;
if (port === null) throw new Error('files-worker.ts runs as the thread of files-thread.ts');

const second_reader = oneAtATime(opensInPdfJs);
port.on('message', async ({ id, request }: ThreadRequest<CopyRequest>) => {
  port.postMessage({ id, answer: await judgeCopy(request, second_reader) });
});
