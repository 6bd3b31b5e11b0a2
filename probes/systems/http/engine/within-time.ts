import { createContext, Script } from 'node:vm';
import { Unread } from './unread.ts';

/** Reading an answer takes about a millisecond; so much may an exploding expression. */
const LIMIT_MS = 200;
/** So much may all answers of a run take together: other measurements wait meanwhile. */
const RUN_LIMIT_MS = 1_000;
/** A machine that is busy with others takes more time for the same work. */
const MOST_TRIES = 5;

const context = createContext({ work: () => {} });
const script = new Script('work()');

/** What is left of the work that a run may spend on its answers. */
export interface ReadingTime {
  left_ms: number;
}

/** The work took longer than it may. */
export class TookTooLong extends Unread {
  constructor(limit_ms: number) {
    super(
      'probe_error',
      limit_ms < LIMIT_MS
        ? `reading the answers took more than ${RUN_LIMIT_MS} ms in all`
        : `reading the answer took more than ${LIMIT_MS} ms`,
    );
  }
}

export function readingTime(): ReadingTime {
  return { left_ms: RUN_LIMIT_MS };
}

/**
 * The result of work without waiting, such as searching by expressions of others: V8 ends it where
 * it stands, within a regular expression too. The work may be begun again, so it changes nothing.
 * @throws {TookTooLong} and whatever the work throws
 */
export function withinTime<T>(work: () => T, time = readingTime()): T {
  for (let tries = 1; ; tries += 1) {
    const limit_ms = Math.ceil(Math.min(LIMIT_MS, time.left_ms));
    if (limit_ms <= 0) throw new TookTooLong(limit_ms);
    const left_before_ms = time.left_ms;
    const done = counted(time, () => tried(work, limit_ms));
    if (done !== null) return done.value;
    const was_busy = left_before_ms - time.left_ms > limit_ms / 2;
    if (was_busy || tries === MOST_TRIES) throw new TookTooLong(limit_ms);
  }
}

function counted<T>(time: ReadingTime, work: () => T): T {
  const used_before_ms = threadMs();
  try {
    return work();
  } finally {
    time.left_ms -= threadMs() - used_before_ms;
  }
}

/** null: it took too long. */
function tried<T>(work: () => T, limit_ms: number): { value: T } | null {
  const ended: { value?: T; error?: unknown; how: 'value' | 'error' | 'late' } = { how: 'late' };
  context.work = () => {
    try {
      ended.value = work();
      ended.how = 'value';
    } catch (error) {
      ended.error = error;
      ended.how = 'error';
    }
  };
  try {
    script.runInContext(context, { timeout: limit_ms });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
  }
  if (ended.how === 'error') throw ended.error;
  return ended.how === 'late' ? null : { value: ended.value as T };
}

/** What this thread has worked. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
