import type { Look } from '../model/journey.ts';
import type { Exchange } from './exchange/exchange.ts';
import { type Attempt, unexpected } from './exchange/failure.ts';
import type { InvoiceKey, Lookup, QueryDriver } from './query.ts';

/** The result of one look. */
export type LookResult = Pick<Look, 'finding' | 'outcome' | 'reason'>;

/** Queries an invoice once. Absence is a valid answer; only a failed exchange is a failed look. */
export async function look(
  driver: Partial<QueryDriver>,
  exchange: Exchange,
  key: InvoiceKey,
): Promise<LookResult> {
  if (driver.query === undefined) {
    return { finding: 'failed', outcome: 'self', reason: 'probe_error' };
  }
  const answer = await believed(await driver.query(exchange, key), driver, exchange);
  if (!answer.ok) {
    return { finding: 'failed', outcome: answer.failure.outcome, reason: answer.failure.reason };
  }
  return { finding: answer.value.found ? 'found' : 'absent', outcome: 'ok', reason: null };
}

/**
 * That an invoice is there ends its journey for good. A page of maintenance, of a login or of
 * somebody between says so of all of them: what such a page may say counts if it is not said of one
 * that does not exist. It arrived when its own answer came, so the other is asked for apart.
 */
async function believed(
  answer: Attempt<Lookup>,
  { query, specimens }: Partial<QueryDriver>,
  exchange: Exchange,
): Promise<Attempt<Lookup>> {
  if (!answer.ok || !answer.value.found || !answer.value.is_anybodys) return answer;
  if (query === undefined || specimens === undefined) return answer;
  const other = await query(exchange.apart(), specimens.unknown);
  if (!other.ok) return other;
  return other.value.found ? unexpected('an invoice that does not exist was found') : answer;
}
