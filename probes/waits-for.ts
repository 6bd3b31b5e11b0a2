import type { InvoiceFunction, Reason } from '../model/vocabulary.ts';

/** The reason of a run that could not succeed without another function; null: of any. */
export function waitsFor(fn: InvoiceFunction | null): Reason {
  if (fn === 'login') return 'waits_for_login';
  return fn === 'query' ? 'waits_for_query' : 'waits_for_other';
}
