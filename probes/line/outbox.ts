import type { Result } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { EMPTY_BATCH, type LineBatch, type LineResult } from './batch.ts';
import type { LineEvents } from './line.ts';

/** Gathers results and hands them over in batches, those of a check in the order of their slots. */
export interface Outbox {
  /** Keeps the place of a slot: results of later slots of the check wait for this one. */
  expect(check: string, slot_at: EpochMs): Place;
  /** Hands over at once what happened to ourselves, after the results that are complete. */
  tell(own: Partial<Omit<LineBatch, 'results'>>): void;
  /** Forgets awaited slots after an instant, which lies ahead again. */
  forgetAfter(at: EpochMs): void;
  /** Hands over at once what there is, also what waits for an earlier slot. */
  flush(): void;
}

export interface Place {
  fill(result: Result): void;
}

export interface OutboxParts {
  events: LineEvents;
  /** Receives each result when its turn comes; whether to hand it over at once. */
  leaving: (result: Result) => boolean;
  /** The slots after a result, and until when it is valid. */
  dated: (result: Result) => LineResult;
}

/** Other results are handed over at the latest this long after the first of them. */
const BATCH_AFTER_MS = 100;

interface Waiting {
  slot_at: EpochMs;
  result: Result | null;
}

export function createOutbox({ events, leaving, dated }: OutboxParts): Outbox {
  const places = new Map<string, Waiting[]>();
  let results: LineResult[] = [];
  let timer: NodeJS.Timeout | undefined;

  return {
    expect(check, slot_at) {
      const place: Waiting = { slot_at, result: null };
      const queue = places.get(check) ?? [];
      queue.splice(queue.findLastIndex((it) => it.slot_at <= slot_at) + 1, 0, place);
      places.set(check, queue);
      return {
        fill(result) {
          place.result = result;
          release(queue);
        },
      };
    },
    tell(own) {
      handOver();
      events.batch({ ...EMPTY_BATCH, ...own });
    },
    forgetAfter(at) {
      for (const queue of places.values())
        queue.splice(0, queue.length, ...queue.filter(({ slot_at }) => slot_at <= at));
    },
    flush() {
      for (const queue of places.values()) release(queue.filter(({ result }) => result !== null));
      handOver();
    },
  };

  /** Takes results off the head of a queue up to the first that is still awaited. */
  function release(queue: Waiting[]): void {
    let urgent = false;
    for (let head = queue[0]; head?.result; head = queue[0]) {
      queue.shift();
      if (leaving(head.result)) urgent = true;
      results.push(dated(head.result));
    }
    if (urgent) handOver();
    else if (results.length > 0) timer ??= setTimeout(handOver, BATCH_AFTER_MS);
  }

  function handOver(): void {
    clearTimeout(timer);
    timer = undefined;
    if (results.length === 0) return;
    const in_order = results.sort((a, b) => a.result.slot_at - b.result.slot_at);
    results = [];
    events.batch({ ...EMPTY_BATCH, results: in_order });
  }
}
