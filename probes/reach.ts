import { reachOptions } from './options.ts';
import { bad, good, nothingMeasured, type Probe } from './run.ts';

/**
 * Asks for a page and nothing more: is the entrance there, and until when is its certificate valid.
 */
export const probeReach: Probe = async ({ check, driver, exchange }) => {
  if (driver.reach === undefined) return nothingMeasured('probe_error', 'no reach here');
  const reached = await driver.reach(exchange, reachOptions.parse(check.options));
  return reached.ok ? good(exchange) : bad(exchange, reached.failure);
};
