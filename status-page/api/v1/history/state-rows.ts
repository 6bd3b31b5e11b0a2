import { iso, isoOrNull } from '../../../../model/time.ts';
import { readSpans } from './ledger-spans.ts';
import type { ComponentQuery, HistoryParts, HistoryRow } from './parts.ts';

export const STATE_COLUMNS = [
  'from',
  'to',
  'lasts',
  'state',
  'measured',
  'length_ms',
  'recorded_at',
];

/** The states of the range, cut at its ends; one that lasts ends now. */
export async function* stateRows(
  { reader, inTurn }: HistoryParts,
  query: ComponentQuery,
): AsyncGenerator<HistoryRow[]> {
  const to = Math.min(query.to, query.now);
  const spans = await inTurn(() => readSpans(reader, query, { from: query.from, to }));
  yield spans.map(({ state, measured, ...span }, i) => ({
    from: iso(span.from),
    to: iso(span.to),
    lasts: i === spans.length - 1 && to === query.now,
    state,
    // In a maintenance.
    measured: measured ?? null,
    length_ms: span.to - span.from,
    recorded_at: isoOrNull(span.recorded_at),
  }));
}
