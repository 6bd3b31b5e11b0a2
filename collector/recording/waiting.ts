import type { LineBatch } from '../../probes/line/batch.ts';

/** Batches that are not recorded yet, in their order, in bounded memory. */
export interface Waiting {
  add(batch: LineBatch): Entry;
  /**
   * Removes the first batches, together at most `limit` results unless the first alone has more.
   * What happened to the clock begins a transaction of its own.
   */
  take(limit: number): Entry[];
  /** Puts back what was taken and could not be recorded. */
  putBack(entries: readonly Entry[]): void;
  /** Number of results waiting. */
  readonly results: number;
  /** Number of results dropped so far, the oldest, because there were too many. */
  readonly dropped: number;
}

/** A batch, and who waits until it is recorded or dropped. */
export interface Entry {
  batch: LineBatch;
  /** The clock is as the batch says. */
  is_followed: boolean;
  settled: Promise<void>;
  settle(): void;
}

/**
 * At most 17 MB, if all are bad: 100 checks every 30 s for 50 minutes. What is dropped lies in the
 * gap that the first good commit writes.
 */
export const MOST_WAITING_RESULTS = 10_000;

export function createWaiting(most_results = MOST_WAITING_RESULTS): Waiting {
  let entries: Entry[] = [];
  let results = 0;
  let dropped = 0;

  return {
    add(batch) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const entry = { batch, is_followed: false, settled: promise, settle: resolve };
      entries.push(entry);
      results += batch.results.length;
      dropOldest();
      return entry;
    },
    take(limit) {
      let count = 0;
      const over = entries.findIndex(({ batch }, index) => {
        count += batch.results.length;
        const before = entries[index - 1];
        if (before === undefined) return false;
        return count > limit || touchesClock(batch) || touchesClock(before.batch);
      });
      const taken = entries.splice(0, over === -1 ? entries.length : over);
      results -= sizeOf(taken);
      return taken;
    },
    putBack(taken) {
      entries.unshift(...taken);
      results += sizeOf(taken);
      dropOldest();
    },
    get results() {
      return results;
    },
    get dropped() {
      return dropped;
    },
  };

  /** Keeps what else the batches say, which is rare: gaps, steps of the clock, conditions. */
  function dropOldest(): void {
    if (results <= most_results) return;
    let at = 0;
    for (const entry of entries) {
      if (results <= most_results) break;
      const { length } = entry.batch.results;
      results -= length;
      dropped += length;
      entry.batch = { ...entry.batch, results: [] };
      at += 1;
    }
    const emptied = entries.slice(0, at);
    for (const entry of emptied) if (isEmpty(entry.batch)) entry.settle();
    entries = [...emptied.filter(({ batch }) => !isEmpty(batch)), ...entries.slice(at)];
  }
}

function sizeOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { batch }) => sum + batch.results.length, 0);
}

/** Whether the batch tells of a step or a suspension; of a thread that was away, no clock is. */
export function touchesClock({ gaps, steps }: LineBatch): boolean {
  return steps.length > 0 || gaps.some(({ cause }) => cause !== 'restart');
}

function isEmpty({ results, gaps, steps, conditions }: LineBatch): boolean {
  return results.length + gaps.length + steps.length + conditions.length === 0;
}
