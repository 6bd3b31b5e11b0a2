import { Worker } from 'node:worker_threads';
import { SECOND } from '../../model/time.ts';
import type { SecondReader } from '../integrity/index.ts';

const WORKER = new URL('./second-reader-worker.ts', import.meta.url);
const LIMIT_MS = 5 * SECOND;
/** A file that needs more is not read to its end. */
const MEMORY_LIMIT_MB = 256;

/**
 * Whether pdf.js opens this PDF, asked in a thread of its own that ends with the answer, because it
 * is rarely needed and heavy. Rejects when there is no answer within 5 s or the thread dies.
 */
export async function opensInPdfJs(
  bytes: Uint8Array,
  { url = WORKER, limit_ms = LIMIT_MS } = {},
): Promise<boolean> {
  const worker = new Worker(url, {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB },
    stdout: true,
    stderr: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const limit = setTimeout(() => reject(new Error('the second reader took too long')), limit_ms);
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', () => reject(new Error('the second reader died')));
  try {
    return await promise;
  } finally {
    clearTimeout(limit);
    await worker.terminate();
  }
}

/** Asks for one file after another, so that many odd files do not start many readers at once. */
export function oneAtATime(reader: SecondReader): SecondReader {
  let last: Promise<unknown> = Promise.resolve();
  return (bytes) => {
    const answer = last.then(() => reader(bytes));
    last = answer.catch(() => undefined);
    return answer;
  };
}
