import type { Note } from '../component.ts';
import type { Told } from '../correction.ts';
import { isDisturbed, SEVERITY } from '../severity.ts';
import type { EpochMs, State } from '../vocabulary.ts';

/** A disturbance that is over. */
export interface DisturbanceOver {
  since: EpochMs;
  until: EpochMs;
  /** The worst of its states, and why it was in it. */
  state: State;
  notes: readonly Note[];
  simulated: boolean;
}

/**
 * The disturbances that are over and of which the ledger says something only now: results that were
 * known late show them. What is only longer or shorter than it was told is none.
 */
export function newlyPast(before: Told, now: Told): DisturbanceOver[] {
  if (before === now) return [];
  const known = disturbancesIn(before);
  return disturbancesIn(now).filter(
    (it) => it.until !== Number.POSITIVE_INFINITY && !known.some((told) => overlap(told, it)),
  );
}

/** From the first one to the last, as the worst of them; null: there is none. */
export function together(past: readonly DisturbanceOver[]): DisturbanceOver | null {
  return past.length === 0 ? null : past.reduce(joined);
}

function disturbancesIn(told: Told): DisturbanceOver[] {
  const found: DisturbanceOver[] = [];
  for (const [i, { to: state, since, notes, simulated }] of told.entries()) {
    if (!isDisturbed(state)) continue;
    const until = told[i + 1]?.since ?? Number.POSITIVE_INFINITY;
    const one = { since, until, state, notes, simulated };
    const before = found.at(-1);
    if (before?.until === since) found.splice(-1, 1, joined(before, one));
    else found.push(one);
  }
  return found;
}

function joined(a: DisturbanceOver, b: DisturbanceOver): DisturbanceOver {
  const worst = SEVERITY.indexOf(b.state) < SEVERITY.indexOf(a.state) ? b : a;
  return {
    ...worst,
    since: Math.min(a.since, b.since),
    until: Math.max(a.until, b.until),
    simulated: a.simulated || b.simulated,
  };
}

function overlap(a: DisturbanceOver, b: DisturbanceOver): boolean {
  return a.since < b.until && b.since < a.until;
}
