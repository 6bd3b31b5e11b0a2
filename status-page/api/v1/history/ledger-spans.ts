import type { Period } from '../../../../model/history/periods.ts';
import { type StateSpan, spansOf } from '../../../../model/ledger.ts';
import type { StateReads } from '../../../../store/ports/states.ts';
import type { ComponentQuery } from './parts.ts';

/**
 * The states of the component in the range, as the ledger knows them now: unknown after it has run
 * out, which the page says too when no collector does.
 */
export async function readSpans(
  reader: StateReads,
  { component, now }: Pick<ComponentQuery, 'component' | 'now'>,
  range: Period,
): Promise<StateSpan[]> {
  const { from } = range;
  const to = Math.min(range.to, now);
  const transitions = await reader.transitions(from, to, component);
  const status = (await reader.components()).find((it) => it.component === component);
  const valid_until = status?.valid_until ?? now;
  const known_until = Math.max(from, Math.min(to, valid_until));
  const known = spansOf({ transitions, component, from, to: known_until });
  if (known_until >= to) return known;
  const last = known.at(-1);
  if (last?.state === 'unknown') return [...known.slice(0, -1), { ...last, to }];
  return [...known, { state: 'unknown', from: known_until, to }];
}
