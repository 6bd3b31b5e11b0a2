import { NUMBERS } from '../../model/judge/numbers.ts';
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
  /** Since when these rules and this configuration have judged; 0: ever since. */
  judged_since: EpochMs;
  /** What is known until `to` is compared until then: states may yet be decided. */
  compare_until: EpochMs;
}

export interface Replayed {
  /** The time that was compared; nothing when it is empty. */
  from: EpochMs;
  to: EpochMs;
  differences: LedgerDifference[];
}

/**
 * Of the longest window of shares of bad results, and of one before: what counts as bad depends on
 * the share until then.
 */
export const LEARNS_FOR_MS = 2 * NUMBERS.windows_ms.last;

/**
 * Judges the results from `from` to `to` again and compares what that says with the ledger. Where
 * there was a ledger before, and where others judged before, two days are judged first that are not
 * compared: shares reach back so far.
 */
export async function replayLedger(parts: ReplayParts): Promise<Replayed> {
  const { store, site, from, to, judged_since, compare_until } = parts;
  const recorded = await store.transitions(from, to);
  const known_from = (begin: EpochMs) =>
    recorded.some(({ since }) => since < begin) ? begin + LEARNS_FOR_MS : begin;
  const compare_from = Math.max(known_from(from), known_from(judged_since));
  if (compare_from >= compare_until) {
    return { from: compare_from, to: compare_from, differences: [] };
  }
  const components = [...site.components.values()]
    .filter((it) => it.function !== 'sync')
    .map(({ id }) => id);
  const windows = windowsOf({ transitions: recorded, components, from, to });
  const set_back = await setBacks(store, from, to);
  const usualIn = (hour: EpochMs) => usualOf(store, site, hour);
  const { transitions: derived } = await deriveStates({ ...parts, windows, set_back, usualIn });
  const differences = components.flatMap((component) =>
    differencesOf({ component, from: compare_from, to: compare_until, recorded, derived }),
  );
  return { from: compare_from, to: compare_until, differences };
}
