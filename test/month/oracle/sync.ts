import type { Stretch } from './facts.ts';
import { leastShare } from './share.ts';

/** A look at an invoice that was answered. */
export interface Look {
  accepted_at: number;
  at: number;
  is_there: boolean;
}

export interface SyncFacts {
  /** When each invoice that is followed was accepted, in order. */
  accepted: readonly number[];
  /** In their order. */
  looks: readonly Look[];
  /** Times in which we were not there. */
  away: readonly Stretch[];
  /** `overdue_after` and `stalled_after`. */
  late_ms: number;
  stalled_ms: number;
}

export type SyncState = 'unknown' | 'stalled' | 'catching_up' | 'part_lost' | 'operational';

/** What is known of a sync at an instant. */
export interface SyncThen {
  at: number;
  state: SyncState;
  /** Followed, by acceptance. */
  n: number;
  waiting: readonly number[];
}

interface Known {
  /** When it was found, and when it was last looked for and was not there. */
  found_at: number | null;
  missed_at: number | null;
}

const FEW = 5;
const HOUR_MS = 3_600_000;
const LEAST_DUE = 20;
const LEAST_MISSING = 3;
const TOLERATED = 0.05;

/** SYNC-1 to -10 of what was looked for, at each look and at each of these instants. */
export function readSync(facts: SyncFacts, instants: readonly number[]): SyncThen[] {
  const { accepted, looks, late_ms, stalled_ms } = facts;
  const known = new Map<number, Known>();
  let last_arrival_at: number | null = null;
  let latest_arrived = Number.NEGATIVE_INFINITY;
  let [is_stalled, stood]: [boolean, readonly number[]] = [false, []];
  let next_look = 0;
  const ticks = [...new Set([...instants, ...looks.map(({ at }) => at)])].sort((a, b) => a - b);
  return ticks.map((at) => {
    for (let one = looks[next_look]; one && one.at <= at; one = looks[next_look]) {
      see(one);
      next_look += 1;
    }
    const waiting = waitingAt(at);
    return { at, state: stateAt(at, waiting), n: followed(at).length, waiting };
  });

  function see({ accepted_at, at, is_there }: Look): void {
    const before = known.get(accepted_at) ?? { found_at: null, missed_at: null };
    known.set(accepted_at, is_there ? { ...before, found_at: at } : { ...before, missed_at: at });
    if (!is_there) return;
    // SYNC-8: what stood still is the backlog.
    if (is_stalled) stood = waitingAt(at);
    is_stalled = false;
    last_arrival_at = at;
    latest_arrived = Math.max(latest_arrived, accepted_at);
  }

  function followed(at: number): readonly number[] {
    return accepted.filter((it) => it <= at);
  }

  function waitingAt(at: number): readonly number[] {
    return followed(at).filter((it) => (known.get(it)?.found_at ?? null) === null);
  }

  function isLate(accepted_at: number): boolean {
    return (known.get(accepted_at)?.missed_at ?? 0) - accepted_at > late_ms;
  }

  function stateAt(at: number, waiting: readonly number[]): SyncState {
    const late = waiting.filter(isLate);
    // What a later one has overtaken is missing, and the sync went on.
    const still = late.filter((it) => it > latest_arrived);
    const quiet_from = Math.max(last_arrival_at ?? 0, still[0] ?? at);
    if (still.length >= FEW && at - quiet_from >= stalled_ms) is_stalled = true;
    if (is_stalled) return 'stalled';
    if (last_arrival_at === null) return 'unknown';
    if (stood.filter((it) => late.includes(it)).length >= FEW) return 'catching_up';
    return isPartLost(at, late) ? 'part_lost' : 'operational';
  }

  /** SYNC-9. */
  function isPartLost(at: number, late: readonly number[]): boolean {
    const dueOf = (window_ms: number) =>
      accepted.filter((it) => it > at - late_ms - window_ms && it <= at - late_ms);
    const of_late = dueOf(Math.max(2 * HOUR_MS, late_ms));
    const due = of_late.length < LEAST_DUE ? dueOf(24 * HOUR_MS) : of_late;
    const missing = due.filter(
      (it) => late.includes(it) && it < latest_arrived && !stood.includes(it),
    );
    return missing.length >= LEAST_MISSING && leastShare(missing.length, due.length) > TOLERATED;
  }
}
