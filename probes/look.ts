import type { Look } from '../model/journey.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { InvoiceKey, QueryDriver } from './query.ts';

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
  const answer = await driver.query(exchange, key);
  if (!answer.ok) {
    return { finding: 'failed', outcome: answer.failure.outcome, reason: answer.failure.reason };
  }
  return { finding: answer.value.found ? 'found' : 'absent', outcome: 'ok', reason: null };
}
