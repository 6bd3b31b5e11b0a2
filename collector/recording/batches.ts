import type { Log } from '../../model/ports.ts';
import type { LineBatch } from '../../probes/line/batch.ts';
import type { JudgingContext } from '../judging/evaluation.ts';
import type { Draft } from './draft.ts';
import { judgeBatch } from './judge-batch.ts';
import type { OwnClock } from './own-clock.ts';
import type { RecordObserver, Transactions } from './transactions.ts';
import { createWaiting, type Entry, touchesClock } from './waiting.ts';

/** Records the batches of lines, those that wait together. */
export interface Batches {
  /** Resolves when the batch is committed, or was dropped. */
  add(batch: LineBatch): Promise<void>;
  /** Records what waits, until there is no more or nothing can be recorded. In order. */
  record(): Promise<void>;
  /** Number of results that wait. */
  waiting(): number;
}

export interface BatchesParts {
  transactions: Transactions;
  installation: string;
  own_clock: Pick<OwnClock, 'follow'>;
  log: Log;
  observer: Pick<RecordObserver, 'dropped'>;
  most_waiting_results?: number;
}

/** Results per transaction: some 10 ms, so that others are not delayed. */
const SLICE = 100;
/** Results in the first transaction after an outage, which is tried again and again. */
const TRIAL_SLICE = 10;

export function createBatches(parts: BatchesParts): Batches {
  const { transactions, own_clock, installation, log, observer } = parts;
  const waiting = createWaiting(parts.most_waiting_results);

  return {
    add(batch) {
      const before = waiting.dropped;
      const entry = waiting.add(batch);
      if (waiting.dropped > before) observer.dropped(waiting.dropped - before);
      // Nothing is judged by time during an outage, whose own instants are to be right.
      if (transactions.outage() !== null) follow(entry);
      else void transactions.inOrder(record);
      return entry.settled;
    },
    record,
    waiting: () => waiting.results,
  };

  async function record(): Promise<void> {
    for (;;) {
      const entries = waiting.take(transactions.outage() === null ? SLICE : TRIAL_SLICE);
      if (entries.length === 0) return;
      for (const entry of entries) follow(entry);
      try {
        const is_part = waiting.results > 0;
        await transactions.transact(judgeAll(entries), { is_part });
      } catch (err) {
        if (transactions.outage() !== null) return waiting.putBack(entries);
        await recordSingly(entries, err);
      }
      for (const { settle } of entries) settle();
      await yieldToOthers();
    }
  }

  /** From here on the clock is as this batch says. */
  function follow(entry: Entry): void {
    const { batch, is_followed } = entry;
    if (is_followed || !touchesClock(batch)) return;
    entry.is_followed = true;
    own_clock.follow();
    for (const { by_ms } of batch.steps) if (by_ms < 0) transactions.setBack(-by_ms);
  }

  function judgeAll(batches: readonly Pick<Entry, 'batch'>[]) {
    return (draft: Draft, context: JudgingContext) => {
      for (const { batch } of batches) judgeBatch({ draft, context, installation }, batch);
    };
  }

  /** A result that cannot be written takes no others with it. */
  async function recordSingly(entries: readonly Entry[], why: unknown): Promise<void> {
    const batches = entries.flatMap(({ batch }) => singly(batch));
    for (const batch of batches) {
      const is_part = batch !== batches.at(-1) || waiting.results > 0;
      await transactions.transact(judgeAll([{ batch }]), { is_part }).catch((err) => {
        const slots = batch.results.map(({ result: { check, slot_at } }) => ({ check, slot_at }));
        log.error({ err, why, slots }, 'not recorded');
      });
    }
  }
}

/** All but its results, and a batch of each result. */
function singly(batch: LineBatch): LineBatch[] {
  const nothing = { gaps: [], steps: [], conditions: [] };
  return [
    { ...batch, results: [] },
    ...batch.results.map((result) => ({ ...nothing, results: [result] })),
  ];
}

export function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
