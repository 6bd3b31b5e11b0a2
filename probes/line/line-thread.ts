import { Worker } from 'node:worker_threads';
import { SECOND } from '../../model/time.ts';
import type { FromLine, LineThreadData, ToLine } from './line-messages.ts';

/** The measuring thread: one at a time, replaced when it dies or gets stuck. */
export interface LineThread {
  /** A message to a thread that has died meanwhile is lost. */
  send(message: ToLine): void;
  /** Lets the thread stop within `limit_ms`, then ends it. */
  stop(limit_ms: number): Promise<void>;
}

export interface LineThreadParts {
  url: URL;
  /** `workerData` of each thread when it starts. */
  data: () => LineThreadData;
  receive: (message: FromLine) => void;
  /** Receives why a thread ended that nobody had stopped; another one is started. */
  died: (why: Error) => void;
}

/** A thread that says nothing in so many seconds of ours is stuck. */
const SILENT_TICKS = 15;
/** Before its first word it loads its modules, which takes long on a busy machine. */
const STARTING_TICKS = 120;
/** A thread that dies younger than this is not replaced at once. */
const YOUNG_MS = 10 * SECOND;
const STOP_GRACE_MS = 500;

/** Starts a thread and waits until it is ready; rejects when the first one fails to start. */
export async function openLineThread(parts: LineThreadParts): Promise<LineThread> {
  let silent_ticks = 0;
  let most_ticks = STARTING_TICKS;
  let why: Error | null = null;
  let stopping = false;
  let restart: NodeJS.Timeout | undefined;
  let worker = spawn();
  // Counts ticks instead of time: while this process is stopped, its threads are too.
  const watch = setInterval(() => {
    silent_ticks += 1;
    if (silent_ticks <= most_ticks) return;
    why ??= new Error(`the thread said nothing for ${most_ticks} s`);
    void worker.terminate();
  }, SECOND);
  try {
    await ready(worker);
  } catch (error) {
    abandon();
    throw error;
  }
  replaceWhenDead(worker);

  return {
    send: (message) => worker.postMessage(message),
    async stop(limit_ms) {
      abandon();
      const stopped = ended(worker, limit_ms + STOP_GRACE_MS);
      worker.postMessage({ kind: 'stop', limit_ms } satisfies ToLine);
      await stopped;
      await worker.terminate();
    },
  };

  function spawn(): Worker {
    silent_ticks = 0;
    most_ticks = STARTING_TICKS;
    why = null;
    const started = new Worker(parts.url, { workerData: parts.data() });
    started.on('message', (message: FromLine) => {
      silent_ticks = 0;
      most_ticks = SILENT_TICKS;
      parts.receive(message);
    });
    // What threw also ends the thread.
    started.on('error', (error: unknown) => {
      why = error instanceof Error ? error : new Error(String(error));
    });
    return started;
  }

  function replaceWhenDead(dead: Worker): void {
    const started = performance.now();
    dead.once('exit', (code) => {
      if (stopping) return;
      parts.died(why ?? new Error(`the thread ended with exit code ${code}`));
      const wait_ms = performance.now() - started < YOUNG_MS ? SECOND : 0;
      restart = setTimeout(() => {
        worker = spawn();
        replaceWhenDead(worker);
      }, wait_ms);
    });
  }

  function abandon(): void {
    stopping = true;
    clearInterval(watch);
    clearTimeout(restart);
  }
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread ended before it was ready')));
  });
}

/** Resolves when the thread has said that it stopped, has ended, or at the limit. */
function ended(worker: Worker, limit_ms: number): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(resolve, limit_ms);
    const finish = () => {
      clearTimeout(limit);
      resolve();
    };
    worker.once('exit', finish);
    worker.on('message', ({ kind }: FromLine) => {
      if (kind === 'stopped') finish();
    });
  });
}
