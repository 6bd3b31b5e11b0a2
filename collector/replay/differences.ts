import type { Transition } from '../../model/component.ts';
import { measuredIn, spansOf } from '../../model/ledger.ts';
import type { ComponentId, EpochMs, State } from '../../model/vocabulary.ts';

/** Where the ledger says something else than the judge says of the results. */
export interface LedgerDifference {
  component: ComponentId;
  from: EpochMs;
  to: EpochMs;
  recorded: State;
  derived: State;
}

interface Compared {
  component: ComponentId;
  from: EpochMs;
  to: EpochMs;
  /** Of the ledger, and as derived, each in the order of recording. */
  recorded: readonly Transition[];
  derived: readonly Transition[];
}

/** The times in which both differ, oldest first. */
export function differencesOf({ recorded, derived, ...span }: Compared): LedgerDifference[] {
  const { component } = span;
  const was = spansOf({ ...span, transitions: recorded });
  const is = spansOf({ ...span, transitions: derived });
  const found: LedgerDifference[] = [];
  for (let at = span.from, i = 0, j = 0; at < span.to; ) {
    const [said, says] = [was[i], is[j]];
    if (said === undefined || says === undefined) break;
    const to = Math.min(said.to, says.to);
    // What was measured, whatever was announced.
    const [was_told, is_told] = [measuredIn(said), measuredIn(says)];
    if (was_told !== is_told)
      found.push({ component, from: at, to, recorded: was_told, derived: is_told });
    if (said.to === to) i += 1;
    if (says.to === to) j += 1;
    at = to;
  }
  return found;
}

/** Those that are among others too: as far as both overlap. */
export function amongBoth(
  before: readonly LedgerDifference[],
  after: readonly LedgerDifference[],
): LedgerDifference[] {
  return after.filter((it) =>
    before.some(
      (other) =>
        other.component === it.component &&
        other.recorded === it.recorded &&
        other.derived === it.derived &&
        other.from < it.to &&
        it.from < other.to,
    ),
  );
}
