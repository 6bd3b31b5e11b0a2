import { Worker } from 'node:worker_threads';
import type { Clock } from '../model/ports.ts';
import type { EpochMs } from '../model/vocabulary.ts';

/** What a question and its answer look like on the way to the thread and back. */
export interface Question<Q> {
  id: number;
  question: Q;
}
export interface Reply<A> {
  id: number;
  answer: A;
}
/** A thread says this once, when it can take questions. */
export const READY = 'ready';

/** No answer came: the thread died, or kept still beyond the limit. */
export interface Lost {
  lost: string;
  started_at: EpochMs;
  duration_ms: number;
}

/** A worker thread that answers questions. When it dies, the next question starts another. */
export interface Thread<Q, A> {
  /** Never rejects. `limit_ms` counts from the moment the question is handed to the thread. */
  ask(question: Q, limit_ms: number): Promise<A | Lost>;
  /** Lets questions under way be answered, then ends the thread. Later questions are lost. */
  stop(): Promise<void>;
}

interface Job<Q, A> {
  question: Q;
  limit_ms: number;
  settle(answer: A | Lost): void;
}

interface Pending<A> {
  /** The thread that has the question: another may have taken its place meanwhile. */
  by: Worker;
  answer(answer: A): void;
  lose(why: string): void;
}

/**
 * Starts a thread and waits until it is ready; rejects when it cannot start. At most `concurrency`
 * questions are with the thread at a time, the rest wait their turn.
 */
export async function startThread<Q, A>({
  url,
  data,
  concurrency,
  clock,
}: {
  url: URL;
  data: unknown;
  concurrency: number;
  clock: Clock;
}): Promise<Thread<Q, A>> {
  const waiting: Job<Q, A>[] = [];
  const pending = new Map<number, Pending<A>>();
  const idle = Promise.withResolvers<void>();
  let last_id = 0;
  let stopping = false;
  let heard_at = clock.monotonic();
  let worker: Worker | null = null;

  function spawn(): Worker {
    const started = new Worker(url, { workerData: data });
    started.on('message', (reply: Reply<A> | typeof READY) => {
      heard_at = clock.monotonic();
      if (reply !== READY) pending.get(reply.id)?.answer(reply.answer);
    });
    started.on('error', () => replace(started));
    started.on('exit', () => {
      replace(started);
      for (const { by, lose } of [...pending.values()]) {
        if (by === started) lose('the measuring thread died');
      }
    });
    return started;
  }

  /** Gives this thread no more questions; the next one starts another. */
  function replace(dead: Worker): void {
    if (worker === dead) worker = null;
  }

  function handOver(job: Job<Q, A>): void {
    worker ??= spawn();
    const by = worker;
    last_id += 1;
    const id = last_id;
    const started_at = clock.now();
    const start = clock.monotonic();
    const limit = setTimeout(() => setImmediate(strike), job.limit_ms);

    function finish(answer: A | Lost): void {
      clearTimeout(limit);
      if (!pending.delete(id)) return;
      job.settle(answer);
      next();
      if (stopping && pending.size === 0) idle.resolve();
    }
    function lose(lost: string): void {
      finish({ lost, started_at, duration_ms: clock.monotonic() - start });
    }
    // Runs after waiting messages were read: a thread that answered while we were busy is not
    // blamed.
    function strike(): void {
      if (!pending.has(id)) return;
      if (heard_at <= start) {
        replace(by);
        void by.terminate();
      }
      lose(`no answer within ${job.limit_ms} ms`);
    }
    pending.set(id, { by, answer: finish, lose });
    by.postMessage({ id, question: job.question } satisfies Question<Q>);
  }

  function next(): void {
    while (pending.size < concurrency) {
      const job = waiting.shift();
      if (job === undefined) return;
      handOver(job);
    }
  }

  worker = spawn();
  await ready(worker);
  return {
    ask(question, limit_ms) {
      return new Promise((settle) => {
        if (stopping) settle({ lost: 'stopped', started_at: clock.now(), duration_ms: 0 });
        else waiting.push({ question, limit_ms, settle });
        next();
      });
    },
    async stop() {
      stopping = true;
      if (pending.size > 0) await idle.promise;
      await worker?.terminate();
    },
  };
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the measuring thread ended before it was ready')));
  });
}
