import { Worker } from 'node:worker_threads';
import type { Clock } from '../../model/ports.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** A request and its answer on the way to the thread and back. */
export interface ThreadRequest<Q> {
  id: number;
  request: Q;
}
export interface ThreadReply<A> {
  id: number;
  answer: A;
}
/** A thread says this once, when it can take requests. */
export const READY = 'ready';

/** No answer came: the thread died, or kept still beyond the limit. */
export interface NoAnswer {
  lost: string;
  started_at: EpochMs;
  duration_ms: number;
}

/** A worker thread that answers requests. When it dies, the next request starts another. */
export interface Thread<Q, A> {
  /** Never rejects. `limit_ms` counts from the moment the request is handed to the thread. */
  send(request: Q, limit_ms: number): Promise<A | NoAnswer>;
  /** Lets requests under way be answered, then ends the thread. Later requests are lost. */
  stop(): Promise<void>;
}

interface Job<Q, A> {
  request: Q;
  limit_ms: number;
  settle(answer: A | NoAnswer): void;
}

interface Pending<A> {
  /** The thread that has the request: another may have taken its place meanwhile. */
  by: Worker;
  answer(answer: A): void;
  lose(why: string): void;
}

export interface ThreadParts {
  /** Of the module that the thread runs. */
  url: URL;
  /** What the module finds as its `workerData`. */
  data: unknown;
  /** Requests that are with the thread at a time; the rest wait their turn. */
  concurrency: number;
  clock: Clock;
}

/** Starts a thread and waits until it is ready; rejects when it cannot start. */
export async function startThread<Q, A>(parts: ThreadParts): Promise<Thread<Q, A>> {
  const { clock } = parts;
  const waiting: Job<Q, A>[] = [];
  const pending = new Map<number, Pending<A>>();
  const idle = Promise.withResolvers<void>();
  let last_id = 0;
  let stopping = false;
  let heard_at = clock.monotonic();
  let worker: Worker | null = null;

  function spawn(): Worker {
    const started = new Worker(parts.url, { workerData: parts.data });
    started.on('message', (reply: ThreadReply<A> | typeof READY) => {
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

  /** Gives this thread no more requests; the next one starts another. */
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
    const limit = setTimeout(() => setImmediate(expire), job.limit_ms);

    function finish(answer: A | NoAnswer): void {
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
    function expire(): void {
      if (!pending.has(id)) return;
      if (heard_at <= start) {
        replace(by);
        void by.terminate();
      }
      lose(`no answer within ${job.limit_ms} ms`);
    }
    pending.set(id, { by, answer: finish, lose });
    by.postMessage({ id, request: job.request } satisfies ThreadRequest<Q>);
  }

  function next(): void {
    while (pending.size < parts.concurrency) {
      const job = waiting.shift();
      if (job === undefined) return;
      handOver(job);
    }
  }

  worker = spawn();
  await ready(worker);
  return {
    send(request, limit_ms) {
      return new Promise((settle) => {
        if (stopping) settle({ lost: 'stopped', started_at: clock.now(), duration_ms: 0 });
        else waiting.push({ request, limit_ms, settle });
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
