import { toChinaTime } from '../model/china-time.ts';
import { specimenNumber } from '../model/run-identity.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';
import { type SpecimenInvoice, specimenInvoice } from './specimen/index.ts';

export interface UploadDriver {
  /** Uploads the invoice; succeeds when it is acknowledged. */
  upload(exchange: Exchange, invoice: SpecimenInvoice): Promise<Attempt<null>>;
}

/**
 * Uploads a synthetic invoice, waits for the acknowledgement and returns the accepted invoice for
 * following.
 */
export const probeUpload: Probe<UploadDriver> = async ({ identity, driver, exchange }) => {
  if (driver.upload === undefined) return nothingMeasured('probe_error', 'no upload here');
  const invoice = specimenInvoice(specimenNumber(identity), toChinaTime(identity.slot_at));
  const sent = await driver.upload(exchange, invoice);
  if (!sent.ok) return bad(exchange, sent.failure);
  const { number, issued } = invoice;
  return { ...good(exchange), accepted: { number, issued, accepted_at: exchange.clock.now() } };
};
