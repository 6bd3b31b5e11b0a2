import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { nothingMeasured, type Probe } from './probe.ts';
import { findsKnownAlone, type InvoiceKey, type Lookup, type QueryDriver } from './query.ts';

export interface VerifyDriver extends Pick<QueryDriver, 'specimens'> {
  /** Has an invoice verified: `found` when it is a genuine one. */
  verify(exchange: Exchange, key: InvoiceKey): Promise<Attempt<Lookup>>;
}

/** Verifies a genuine invoice and one that does not exist, so that no constant answer passes. */
export const probeVerify: Probe<VerifyDriver> = async ({ driver, exchange }) => {
  const { verify, specimens } = driver;
  if (verify === undefined || specimens === undefined) {
    return nothingMeasured('probe_error', 'no invoice to verify: set `known` and `unknown`');
  }
  return findsKnownAlone({ ask: verify, specimens, exchange });
};
