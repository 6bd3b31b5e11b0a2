import { delayMs, type Result } from './result.ts';
import { addDelay, decodeSketch, emptySketch, encodeSketch, mergeInto } from './sketch.ts';
import { type EpochMs, OUTCOMES, type Outcome } from './vocabulary.ts';

/** Period of a roll-up: an hour (UTC) or a day (page zone). */
export type Grain = 'hour' | 'day';

/**
 * Aggregate of the results of one check over one hour or one day. Roll-ups merge without loss,
 * which averages of percentiles do not.
 */
export interface Rollup {
  check: string;
  /** Start of the hour (UTC) or of the day (page zone). */
  from: EpochMs;
  n: number;
  /**
   * Results by outcome; `ok` includes the slow ones. For sync: journeys due, `ok` = arrived in
   * time.
   */
  outcomes: Partial<Record<Outcome, number>>;
  slow: number;
  /** Delays of good results in ms as an encoded sketch (model/sketch.ts). */
  delays: Uint8Array | null;
  simulated: boolean;
}

/** A roll-up without results. */
export function emptyRollup(check: string, from: EpochMs): Rollup {
  return { check, from, n: 0, outcomes: {}, slow: 0, delays: null, simulated: false };
}

/**
 * The roll-up including one more result. Delays are those of good results, counted from the slot.
 */
export function addResult(rollup: Rollup, result: Result, slow: boolean): Rollup {
  const good = result.outcome === 'ok';
  return {
    ...rollup,
    n: rollup.n + 1,
    outcomes: addCounts(rollup.outcomes, { [result.outcome]: 1 }),
    slow: rollup.slow + (good && slow ? 1 : 0),
    delays: good ? withDelay(rollup.delays, delayMs(result)) : rollup.delays,
    simulated: rollup.simulated || result.simulated,
  };
}

/**
 * The merged roll-up, from the earlier start; simulated when either is. Throws when the checks
 * differ.
 */
export function mergeRollups(a: Rollup, b: Rollup): Rollup {
  if (a.check !== b.check) {
    throw new Error(`roll-ups of different checks do not merge: ${a.check} and ${b.check}`);
  }
  return {
    check: a.check,
    from: Math.min(a.from, b.from),
    n: a.n + b.n,
    outcomes: addCounts(a.outcomes, b.outcomes),
    slow: a.slow + b.slow,
    delays: mergeDelays(a.delays, b.delays),
    simulated: a.simulated || b.simulated,
  };
}

function addCounts(a: Rollup['outcomes'], b: Rollup['outcomes']): Rollup['outcomes'] {
  const sum: Rollup['outcomes'] = {};
  for (const outcome of OUTCOMES) {
    const count = (a[outcome] ?? 0) + (b[outcome] ?? 0);
    if (count > 0) sum[outcome] = count;
  }
  return sum;
}

function withDelay(delays: Uint8Array | null, delay_ms: number): Uint8Array {
  const sketch = delays === null ? emptySketch() : decodeSketch(delays);
  addDelay(sketch, delay_ms);
  return encodeSketch(sketch);
}

function mergeDelays(a: Uint8Array | null, b: Uint8Array | null): Uint8Array | null {
  if (a === null || b === null) return a ?? b;
  const merged = decodeSketch(a);
  mergeInto(merged, decodeSketch(b));
  return encodeSketch(merged);
}
