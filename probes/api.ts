import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';

export interface ApiDriver {
  /** Asks what is answered with a documented error; succeeds when that comes. */
  api(exchange: Exchange): Promise<Attempt<null>>;
}

/** Sees whether the interface for programs answers as documented, without an invoice of ours. */
export const probeApi: Probe<ApiDriver> = async ({ driver, exchange }) => {
  if (driver.api === undefined) return nothingMeasured('probe_error', 'no api here');
  const answered = await driver.api(exchange);
  return answered.ok ? good(exchange) : bad(exchange, answered.failure);
};
