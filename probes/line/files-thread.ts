import type { Clock } from '../../model/ports.ts';
import type { JudgeCopy } from '../files/download-verdict.ts';
import type { CopyRequest } from '../files/judge-copy.ts';
import { type JudgedCopy, unread } from '../files/unread.ts';
import { JUDGING_LIMIT_MS } from './line.ts';
import { openThread, type Thread } from './thread.ts';

/** Files that are judged at once: the thread reads one after another, second readers may wait. */
const CONCURRENCY = 10_000;

/** A small nursery, because files come seldom; beyond the rest a file is not read. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };

/**
 * Judges files in a thread of its own, started with the first file, so that reading them disturbs
 * no measurement. A file without an answer in time is unjudged.
 */
export function judgeInThread(
  clock: Clock,
  url = new URL('./files-worker.ts', import.meta.url),
): JudgeCopy {
  let thread: Thread<CopyRequest, JudgedCopy> | null = null;
  return async (request) => {
    thread ??= openThread({ url, data: null, concurrency: CONCURRENCY, limits: LIMITS, clock });
    const bytes = owned(request.bytes);
    const answer = await thread.send({ ...request, bytes }, JUDGING_LIMIT_MS, [bytes.buffer]);
    return 'lost' in answer ? unread(request.format, null) : answer;
  };
}

/** The bytes in a buffer that holds nothing else and can be transferred; else a copy. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(bytes);
}
