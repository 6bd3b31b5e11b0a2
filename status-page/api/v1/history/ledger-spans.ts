import type { Transition } from '../../../../model/component.ts';
import type { Period } from '../../../../model/history/periods.ts';
import { type StateSpan, spansOf } from '../../../../model/ledger.ts';
import { latest } from '../../../../model/time.ts';
import type { EpochMs } from '../../../../model/vocabulary.ts';
import type { StateReads } from '../../../../store/ports/states.ts';
import type { ComponentQuery } from './parts.ts';

export interface RecordedSpan extends StateSpan {
  /** When that was recorded, or recorded anew since; null: it was not. */
  recorded_at: EpochMs | null;
}

/**
 * The states of the component in the range, as the ledger knows them now: unknown after it has run
 * out, which the page says too when no collector does.
 */
export async function readSpans(
  reader: StateReads,
  { component, now }: Pick<ComponentQuery, 'component' | 'now'>,
  range: Period,
): Promise<RecordedSpan[]> {
  const { from } = range;
  const to = Math.min(range.to, now);
  const transitions = await reader.transitions(from, to, component);
  const status = (await reader.components()).find((it) => it.component === component);
  const valid_until = status?.valid_until ?? now;
  const known_until = Math.max(from, Math.min(to, valid_until));
  const spans = spansOf({ transitions, component, from, to: known_until });
  const known = withRecording(spans, transitions);
  if (known_until >= to) return known;
  const last = known.at(-1);
  if (last?.state === 'unknown') return [...known.slice(0, -1), { ...last, to }];
  return [...known, { state: 'unknown', from: known_until, to, recorded_at: null }];
}

/** What was recorded of the time before the first span is of that span. */
function withRecording(
  spans: readonly StateSpan[],
  transitions: readonly Transition[],
): RecordedSpan[] {
  const by_since = transitions.toSorted((a, b) => a.since - b.since);
  let next = 0;
  return spans.map((span) => {
    const first = next;
    while ((by_since[next]?.since ?? span.to) < span.to) next += 1;
    const its = by_since.slice(first, next);
    return { ...span, recorded_at: latest(its.map((it) => it.recorded_at)) };
  });
}
