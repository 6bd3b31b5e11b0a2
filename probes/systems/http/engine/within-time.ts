import { createContext, Script } from 'node:vm';

/** Reading an answer takes about a millisecond; so much may an exploding expression. */
const LIMIT_MS = 200;
/** A machine that is busy with others takes more time for the same work. */
const MOST_TRIES = 5;

const context = createContext({ work: () => {} });
const script = new Script('work()');

/** The work took longer than it may: our limit, which says nothing of the other side. */
export class TookTooLong extends Error {
  constructor() {
    super(`reading the answer took more than ${LIMIT_MS} ms`);
  }
}

/**
 * The result of work without waiting, such as searching by expressions of others: V8 ends it where
 * it stands, within a regular expression too. The work may be begun again, so it changes nothing.
 * @throws {TookTooLong} and whatever the work throws
 */
export function withinTime<T>(work: () => T): T {
  for (let tries = 1; ; tries += 1) {
    const used_before_ms = threadMs();
    const done = tried(work);
    if (done !== null) return done.value;
    const was_busy = threadMs() - used_before_ms > LIMIT_MS / 2;
    if (was_busy || tries === MOST_TRIES) throw new TookTooLong();
  }
}

/** null: it took too long. */
function tried<T>(work: () => T): { value: T } | null {
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
    script.runInContext(context, { timeout: LIMIT_MS });
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
