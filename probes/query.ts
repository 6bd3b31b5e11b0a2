import { failed } from './failure.ts';
import { findKnown } from './known.ts';
import { bad, good, nothingMeasured, type Probe } from './run.ts';

/**
 * Asks for an invoice that exists and for one that does not: a cached "yes" or a blind "no" must
 * not look well.
 */
export const probeQuery: Probe = async ({ driver, exchange }) => {
  const { query, specimens } = driver;
  if (query === undefined || specimens === undefined) {
    return nothingMeasured('probe_error', 'no invoice to ask for: set `known` and `unknown`');
  }
  const known = await findKnown(query, exchange, specimens.known);
  if (!known.ok) return bad(exchange, known.failure);
  const unknown = await query(exchange, specimens.unknown);
  if (!unknown.ok) return bad(exchange, unknown.failure);
  if (unknown.value.found) {
    const invented = failed('system', 'unknown_found', 'an invoice that does not exist was found');
    return bad(exchange, invented.failure);
  }
  return good(exchange);
};
