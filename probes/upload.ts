import { toChinaTime } from '../model/china-time.ts';
import { specimenNumber } from './identity.ts';
import { bad, good, nothingMeasured, type Probe } from './run.ts';
import { specimenInvoice } from './specimen/index.ts';

/**
 * Hands in a made-up invoice and waits for the acknowledgement. Gives the accepted invoice, to be
 * followed.
 */
export const probeUpload: Probe = async ({ identity, driver, exchange }) => {
  if (driver.upload === undefined) return nothingMeasured('probe_error', 'no upload here');
  const invoice = specimenInvoice(specimenNumber(identity), toChinaTime(identity.slot_at));
  const sent = await driver.upload(exchange, invoice);
  if (!sent.ok) return bad(exchange, sent.failure);
  const { number, issued } = invoice;
  return { ...good(exchange), accepted: { number, issued, accepted_at: exchange.clock.now() } };
};
