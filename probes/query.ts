import type { Measurement } from '../model/result.ts';
import type { Exchange } from './exchange/exchange.ts';
import { type Attempt, failed, succeeded } from './exchange/failure.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';

/**
 * The key of an invoice in queries: its number and its date of issue (kprq, yyyyMMddHHmmss, China
 * time).
 */
export interface InvoiceKey {
  number: string;
  issued: string;
}

/**
 * The result of a query. The ticket (`cs`) opens the invoice's download. `is_anybodys`: nothing
 * told it but a status of pages, or words, as somebody between may send them over plain HTTP.
 */
export type Lookup = ({ found: true; ticket: string } | { found: false }) & { is_anybodys?: true };

export interface QueryDriver {
  query(exchange: Exchange, key: InvoiceKey): Promise<Attempt<Lookup>>;
  /** Test invoices: one that exists, and one that never will. */
  specimens: { known: InvoiceKey; unknown: InvoiceKey };
}

/**
 * Queries an existing and a nonexistent invoice, so that neither a cached "found" nor a constant
 * "not found" passes.
 */
export const probeQuery: Probe<QueryDriver> = async ({ driver, exchange }) => {
  const { query, specimens } = driver;
  if (query === undefined || specimens === undefined) {
    return nothingMeasured('probe_error', 'no invoice to ask for: set `known` and `unknown`');
  }
  return findsKnownAlone({ ask: query, specimens, exchange });
};

interface AskedForBoth extends Pick<QueryDriver, 'specimens'> {
  ask: QueryDriver['query'];
  exchange: Exchange;
}

/** Good when the invoice that exists is found, and the other is not. */
export async function findsKnownAlone(parts: AskedForBoth): Promise<Measurement> {
  const { ask, specimens, exchange } = parts;
  const known = await findKnown(ask, exchange, specimens.known);
  if (!known.ok) return bad(exchange, known.failure);
  const unknown = await ask(exchange, specimens.unknown);
  if (!unknown.ok) return bad(exchange, unknown.failure);
  if (unknown.value.found) {
    const said = 'an invoice that does not exist was found';
    return bad(exchange, wrongly('unknown_found', said, unknown.value).failure);
  }
  return good(exchange);
}

/**
 * Queries an invoice whose ticket another function needs. A failed query says nothing of that
 * function: it is its prerequisite, and the detail tells what failed.
 */
export async function requireKnown(
  query: QueryDriver['query'],
  exchange: Exchange,
  known: InvoiceKey,
): Promise<Attempt<string>> {
  const ticket = await findKnown(query, exchange, known);
  if (ticket.ok) return ticket;
  const { outcome, reason, detail } = ticket.failure;
  return failed('prerequisite', 'waits_for_query', `query: ${outcome}, ${reason}, ${detail}`);
}

/**
 * Queries an invoice that must exist and returns its ticket; its absence is a failure of the
 * system.
 */
async function findKnown(
  query: QueryDriver['query'],
  exchange: Exchange,
  known: InvoiceKey,
): Promise<Attempt<string>> {
  const answer = await query(exchange, known);
  if (!answer.ok) return answer;
  if (answer.value.found) return succeeded(answer.value.ticket);
  return wrongly('known_not_found', 'the invoice that exists was not found', answer.value);
}

/** What is known of an invoice by the system's own answer; by that of anybody, nothing is. */
function wrongly(
  reason: 'known_not_found' | 'unknown_found',
  said: string,
  { is_anybodys }: Lookup,
): ReturnType<typeof failed> {
  return failed('system', is_anybodys ? 'unexpected_answer' : reason, said);
}
