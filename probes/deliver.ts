import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';

export interface DeliverDriver {
  /** Has an invoice of ours delivered; succeeds when the system says that it was. */
  deliver(exchange: Exchange): Promise<Attempt<null>>;
}

/** Has an invoice delivered, and waits until the system says that it was. */
export const probeDeliver: Probe<DeliverDriver> = async ({ driver, exchange }) => {
  if (driver.deliver === undefined) return nothingMeasured('probe_error', 'no deliver here');
  const delivered = await driver.deliver(exchange);
  return delivered.ok ? good(exchange) : bad(exchange, delivered.failure);
};
