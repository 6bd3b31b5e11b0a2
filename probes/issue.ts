import { toChinaTime } from '../model/china-time.ts';
import { specimenNumber } from '../model/run-identity.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';
import type { InvoiceKey } from './query.ts';
import { type SpecimenInvoice, specimenInvoice } from './specimen/index.ts';

export interface IssueDriver {
  /**
   * Has the invoice issued; succeeds when it was. Who issues gives the number: the key under which
   * the invoice can be asked for, or null where that is not told.
   */
  issue(exchange: Exchange, invoice: SpecimenInvoice): Promise<Attempt<InvoiceKey | null>>;
}

/** Has a synthetic invoice issued, and returns it for following if its number is told. */
export const probeIssue: Probe<IssueDriver> = async ({ identity, driver, exchange }) => {
  if (driver.issue === undefined) return nothingMeasured('probe_error', 'no issue here');
  const invoice = specimenInvoice(specimenNumber(identity), toChinaTime(identity.slot_at));
  const issued = await driver.issue(exchange, invoice);
  if (!issued.ok) return bad(exchange, issued.failure);
  const accepted = issued.value && { ...issued.value, accepted_at: exchange.clock.now() };
  return { ...good(exchange), accepted };
};
