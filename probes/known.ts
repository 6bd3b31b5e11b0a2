import type { Driver, InvoiceKey } from './driver.ts';
import type { Exchange } from './exchange/exchange.ts';
import { type Attempt, failed, succeeded } from './failure.ts';

/**
 * Asks for an invoice that must be there; gives its ticket. That it is missing is the system's
 * failure.
 */
export async function findKnown(
  query: NonNullable<Driver['query']>,
  exchange: Exchange,
  known: InvoiceKey,
): Promise<Attempt<string>> {
  const answer = await query(exchange, known);
  if (!answer.ok) return answer;
  if (answer.value.found) return succeeded(answer.value.ticket);
  return failed('system', 'known_not_found', 'the invoice that exists was not found');
}
