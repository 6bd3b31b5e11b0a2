import { NUMBERS } from '../numbers.ts';
import { DAY } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';

/** Acceptances of the journeys of a sync, each list in order. */
export interface FollowedInvoices {
  waiting: readonly EpochMs[];
  /** Those that arrived although they were accepted after the oldest that waits. */
  later_arrived: readonly EpochMs[];
  /** All that are followed, of the last two days. */
  accepted: readonly EpochMs[];
  /** null: none has arrived yet. */
  latest_arrived_at: EpochMs | null;
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
  const { waiting, latest_arrived_at } = followed;
  if (latest_arrived_at === null) return { at: null, stragglers: [] };
  const first = waiting.findIndex((at) => !isOvertaken(at, followed));
  for (let n = first === -1 ? waiting.length : first; n > 0; n -= 1) {
    const at = upTo(n);
    if (n <= mostStragglers(at, followed)) return { at, stragglers: waiting.slice(0, n) };
  }
  return { at: upTo(0), stragglers: [] };

  /** If the first `n` that wait are left out. */
  function upTo(n: number): EpochMs {
    const next = waiting[n];
    return next === undefined ? (latest_arrived_at ?? 0) : next - 1;
  }
}

function isOvertaken(accepted_at: EpochMs, { later_arrived }: FollowedInvoices): boolean {
  return later_arrived.length - countUntil(later_arrived, accepted_at) >= NUMBERS.sync.overtaken_by;
}

function mostStragglers(at: EpochMs, { accepted }: FollowedInvoices): number {
  const n = countUntil(accepted, at) - countUntil(accepted, at - DAY);
  return Math.max(1, Math.floor(n * NUMBERS.sync.stragglers_share));
}

/** How many of the instants, in order, are not after `until`. */
function countUntil(instants: readonly EpochMs[], until: EpochMs): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) <= until) low = middle + 1;
    else high = middle;
  }
  return low;
}
