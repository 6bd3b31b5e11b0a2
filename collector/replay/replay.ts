import type { EpochMs } from '../../model/vocabulary.ts';
import type { OwnTroubleReads } from '../../store/ports/own-troubles.ts';
import type { StateReads } from '../../store/ports/states.ts';
import { LEARNS_FOR_MS } from '../resuming/results.ts';
import { type Derivation, deriveStates } from './derive.ts';
import { amongBoth, differencesOf, type LedgerDifference } from './differences.ts';
import { setBacks } from './set-backs.ts';
import { windowsOf } from './windows.ts';

export interface ReplayParts extends Omit<Derivation, 'store' | 'windows' | 'set_back'> {
  store: Derivation['store'] & OwnTroubleReads & StateReads;
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
 * Judges the results from `from` to `to` again and compares what that says with the ledger. Where
 * there was a ledger before, and where others judged before, two days are judged first that are not
 * compared: shares reach back so far. Of a check that pauses for longer they begin with its first
 * result.
 */
export async function replayLedger(parts: ReplayParts): Promise<Replayed> {
  const { store, site, from, to, judged_since, compare_until } = parts;
  const recorded = await store.transitions(from, to);
  const isBegun = (at: EpochMs) => recorded.some(({ since }) => since < at);
  const learntFrom = (at: EpochMs) => (isBegun(at) ? at + LEARNS_FOR_MS : at);
  const compare_from = Math.max(learntFrom(from), learntFrom(judged_since));
  if (compare_from >= compare_until) {
    return { from: compare_from, to: compare_from, differences: [] };
  }
  const components = [...site.components.values()]
    .filter((it) => it.function !== 'sync')
    .map(({ id }) => id);
  const windows = windowsOf({ transitions: recorded, components, from, to });
  const set_back = await setBacks(store, from, to);
  const { transitions: derived } = await deriveStates({ ...parts, windows, set_back });
  // What was recorded meanwhile may be in only one of what is compared.
  const recorded_now = await store.transitions(from, to);
  const differences: LedgerDifference[] = [];
  for (const component of components) {
    const own = derived.filter((it) => it.component === component);
    const known_at = own.find((it) => it.to !== 'unknown')?.since ?? to;
    const learnt_at = isBegun(from) ? known_at + LEARNS_FOR_MS : 0;
    const span = { component, from: Math.max(compare_from, learnt_at), to: compare_until };
    if (span.from >= span.to) continue;
    const before = differencesOf({ ...span, recorded, derived: own });
    const now = differencesOf({ ...span, recorded: recorded_now, derived: own });
    differences.push(...amongBoth(before, now));
    await parts.pause();
  }
  return { from: compare_from, to: compare_until, differences };
}
