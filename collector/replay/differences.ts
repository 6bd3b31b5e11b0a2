import type { Transition } from '../../model/component.ts';
import { measuredIn, type StateSpan, spansOf } from '../../model/ledger.ts';
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
  const was = spansOf({ ...span, transitions: recorded });
  const is = spansOf({ ...span, transitions: derived });
  const instants = [...new Set([...was, ...is].map(({ from }) => from))].sort((a, b) => a - b);
  return instants.flatMap((from, i) => {
    const [said, says] = [stateAt(was, from), stateAt(is, from)];
    const { component } = span;
    const to = instants[i + 1] ?? span.to;
    return said === says ? [] : [{ component, from, to, recorded: said, derived: says }];
  });
}

/** What was measured, whatever was announced. */
function stateAt(spans: readonly StateSpan[], instant: EpochMs): State {
  const span = spans.find(({ from, to }) => from <= instant && instant < to);
  return span ? measuredIn(span) : 'unknown';
}
