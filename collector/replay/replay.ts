import { DAY } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { OwnTroubleReads } from '../../store/ports/own-troubles.ts';
import type { StateReads } from '../../store/ports/states.ts';
import { type UsualStore, usualOf } from '../upkeep/usual.ts';
import { type Derivation, deriveStates } from './derive.ts';
import { differencesOf, type LedgerDifference } from './differences.ts';
import { setBacks } from './set-backs.ts';
import { windowsOf } from './windows.ts';

export interface ReplayParts
  extends Omit<Derivation, 'store' | 'windows' | 'set_back' | 'usualIn'> {
  store: Derivation['store'] & OwnTroubleReads & StateReads & UsualStore;
  /** What is known until `to` is compared until then: states may yet be decided. */
  compare_until: EpochMs;
}

export interface Replayed {
  /** The time that was compared; nothing when it is empty. */
  from: EpochMs;
  to: EpochMs;
  differences: LedgerDifference[];
}

/** The longest window of shares of bad results: for so long counts in it what lies before. */
const LEARNS_FOR_MS = DAY;

/**
 * Judges the results from `from` to `to` again and compares what that says with the ledger. Where
 * there was a ledger before, a day is judged first that is not compared: shares reach back so far.
 */
export async function replayLedger(parts: ReplayParts): Promise<Replayed> {
  const { store, site, from, to, compare_until } = parts;
  const recorded = await store.transitions(from, to);
  const components = [...site.components.values()]
    .filter((it) => it.function !== 'sync')
    .map(({ id }) => id);
  const windows = windowsOf({ transitions: recorded, components, from, to });
  const set_back = await setBacks(store, from, to);
  const usualIn = (hour: EpochMs) => usualOf(store, site, hour);
  const derivation = { ...parts, windows, set_back, usualIn };
  const { transitions: derived } = await deriveStates(derivation);
  const is_begun = recorded.some(({ since }) => since < from);
  const compare_from = is_begun ? from + LEARNS_FOR_MS : from;
  const differences = components.flatMap((component) =>
    differencesOf({ component, from: compare_from, to: compare_until, recorded, derived }),
  );
  return {
    from: compare_from,
    to: Math.max(compare_from, compare_until),
    differences,
  };
}
