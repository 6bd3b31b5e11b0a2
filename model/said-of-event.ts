import { type EventType, functionsOfEvent, type OwnFailure, type OwnFunction } from './event.ts';

/** What an event says of how it went, beside its type. */
export interface SaidOfEvent {
  type: EventType;
  function?: OwnFunction | undefined;
  outcome?: 'ok' | OwnFailure | undefined;
  duration_ms?: number | undefined;
  code?: string | undefined;
}

/** A field that cannot be said of an event of its type, and why. */
export interface Contradiction {
  field: Exclude<keyof SaidOfEvent, 'type'>;
  detail: string;
}

/** What contradicts the type; null: nothing. */
export function contradictionIn(said: SaidOfEvent): Contradiction | null {
  const { type, function: fn, outcome, code } = said;
  if (type === 'failed')
    return outcome === 'ok' ? { field: 'outcome', detail: 'is not said of what failed' } : null;
  if (outcome !== undefined && outcome !== 'ok')
    return { field: 'outcome', detail: 'is only said of what failed' };
  if (code !== undefined) return { field: 'code', detail: 'is only said of what failed' };
  const possible = functionsOfEvent(type);
  if (possible.length === 0) {
    const field = (['duration_ms', 'outcome', 'function'] as const).find(
      (it) => said[it] !== undefined,
    );
    return field ? { field, detail: `is not said of an invoice that was ${type}` } : null;
  }
  if (fn === undefined || possible.includes(fn)) return null;
  return { field: 'function', detail: `expected what ${type} stands for: ${possible.join(', ')}` };
}
