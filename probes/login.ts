import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';

export interface LoginDriver {
  /** Signs in; succeeds once there is a session. */
  login(exchange: Exchange): Promise<Attempt<null>>;
}

/** Signs in as its users do. Credentials of ours that are refused say nothing of the system. */
export const probeLogin: Probe<LoginDriver> = async ({ driver, exchange }) => {
  if (driver.login === undefined) return nothingMeasured('probe_error', 'no login here');
  const done = await driver.login(exchange);
  return done.ok ? good(exchange) : bad(exchange, done.failure);
};
