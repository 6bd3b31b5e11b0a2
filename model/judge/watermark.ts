import { NUMBERS } from '../numbers.ts';
import { DAY } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';

/** Acceptances of the journeys of a sync, each list in order. */
export interface FollowedInvoices {
  waiting: readonly EpochMs[];
  /** The latest of those that arrived, as many as overtake one that waits; empty: none has. */
  latest_arrived: readonly EpochMs[];
  /** All that are followed, of the last 24 hours. */
  accepted: readonly EpochMs[];
}

export interface Watermark {
  /** null before the first arrival; never "now". */
  at: EpochMs | null;
  /** Acceptances of those that wait although they were accepted before it. */
  stragglers: EpochMs[];
}

/**
 * "Complete up to": the latest instant before which every followed journey has arrived, but for
 * stragglers: those overtaken by many later ones, and few of all. Just before the acceptance of the
 * oldest other one that waits; if none does, the latest acceptance among the arrived.
 */
export function watermarkOf(followed: FollowedInvoices): Watermark {
  const { waiting, latest_arrived } = followed;
  const latest_at = latest_arrived.at(-1);
  if (latest_at === undefined) return { at: null, stragglers: [] };
  /** If the first `n` that wait are left out. */
  const upTo = (n: number): EpochMs => {
    const next = waiting[n];
    return next === undefined ? latest_at : next - 1;
  };
  const first = waiting.findIndex((at) => !isOvertaken(at, followed));
  let n = first === -1 ? waiting.length : first;
  while (n > mostStragglers(upTo(n), followed)) n -= 1;
  return { at: upTo(n), stragglers: waiting.slice(0, n) };
}

function isOvertaken(accepted_at: EpochMs, { latest_arrived }: FollowedInvoices): boolean {
  const oldest = latest_arrived.at(-NUMBERS.sync.overtaken_by);
  return oldest !== undefined && oldest > accepted_at;
}

function mostStragglers(at: EpochMs, { accepted }: FollowedInvoices): number {
  const n = countUntil(accepted, at) - countUntil(accepted, at - DAY);
  return Math.max(1, Math.floor(n * NUMBERS.sync.stragglers_share));
}

/** How many of the instants, in order, are not after `until`. */
export function countUntil(instants: readonly EpochMs[], until: EpochMs): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? until) <= until) low = middle + 1;
    else high = middle;
  }
  return low;
}
