import { type ResourceLimits, type Transferable, Worker } from 'node:worker_threads';
import type { Clock } from '../../model/ports.ts';
import type { EpochMs } from '../../model/vocabulary.ts';

/** Messages to and from the thread. */
export interface ThreadRequest<Q> {
  id: number;
  request: Q;
}
export interface ThreadReply<A> {
  id: number;
  answer: A;
}

/** No reply: the thread died, or exceeded the limit. */
export interface NoAnswer {
  lost: string;
  started_at: EpochMs;
  duration_ms: number;
}

/** A worker thread that answers requests; it is restarted on the next request after it died. */
export interface Thread<Q, A> {
  /**
   * Never rejects. `limit_ms` counts from when the request is dispatched to the thread. What is
   * transferred belongs to the thread from then on.
   */
  send(request: Q, limit_ms: number, transferred?: Transferable[]): Promise<A | NoAnswer>;
  /** Waits for pending requests, then terminates the thread. Later requests fail. */
  stop(): Promise<void>;
}

interface Job<Q, A> {
  request: Q;
  limit_ms: number;
  transferred: Transferable[];
  settle(answer: A | NoAnswer): void;
}

interface Pending<A> {
  /** The thread that received the request; it may have been replaced since. */
  by: Worker;
  answer(answer: A): void;
  lose(why: string): void;
}

export interface ThreadParts {
  /** URL of the worker module. */
  url: URL;
  /** Its `workerData`. */
  data: unknown;
  /** Maximum number of pending requests; others are queued. */
  concurrency: number;
  /** Of its heap; the process's own when absent. */
  limits?: ResourceLimits;
  clock: Clock;
}

/** Starts a thread; requests wait until it is ready. */
export function openThread<Q, A>(parts: ThreadParts): Thread<Q, A> {
  const { clock } = parts;
  const waiting: Job<Q, A>[] = [];
  const pending = new Map<number, Pending<A>>();
  const idle = Promise.withResolvers<void>();
  let last_id = 0;
  let stopping = false;
  let last_message_at = clock.monotonic();
  let worker: Worker | null = null;

  function spawn(): Worker {
    const options = { workerData: parts.data, resourceLimits: parts.limits ?? {} };
    const started = new Worker(parts.url, options);
    started.on('message', (reply: ThreadReply<A>) => {
      last_message_at = clock.monotonic();
      pending.get(reply.id)?.answer(reply.answer);
    });
    started.on('error', () => replace(started));
    started.on('exit', () => {
      replace(started);
      for (const { by, lose } of [...pending.values()]) {
        if (by === started) lose('the thread died');
      }
    });
    // Whoever waits for an answer has a timer: an idle thread keeps no process alive. Last, for a
    // listener of messages would hold it again.
    started.unref();
    return started;
  }

  /** Sends no more requests to this thread; the next request starts a new one. */
  function replace(dead: Worker): void {
    if (worker === dead) worker = null;
  }

  function dispatch(job: Job<Q, A>): void {
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
    // Runs after queued messages were processed, so that a thread that answered while we were busy
    // is not blamed.
    function expire(): void {
      if (!pending.has(id)) return;
      if (last_message_at <= start) {
        replace(by);
        void by.terminate();
      }
      lose(`no answer within ${job.limit_ms} ms`);
    }
    pending.set(id, { by, answer: finish, lose });
    const message: ThreadRequest<Q> = { id, request: job.request };
    by.postMessage(message, job.transferred);
  }

  function next(): void {
    while (pending.size < parts.concurrency) {
      const job = waiting.shift();
      if (job === undefined) return;
      dispatch(job);
    }
  }

  worker = spawn();
  return {
    send(request, limit_ms, transferred = []) {
      return new Promise((settle) => {
        if (stopping) settle({ lost: 'stopped', started_at: clock.now(), duration_ms: 0 });
        else waiting.push({ request, limit_ms, transferred, settle });
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
