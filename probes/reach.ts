import { z } from 'zod';
import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';

export const reachOptions = z
  .strictObject({
    /** Path and query below the system's address. */
    path: z.string().startsWith('/', 'must start with /').default('/'),
    /** The expected status. */
    status: z.int().min(200).max(599).default(200),
    /** Text that the page title must contain; without it any page counts. */
    title: z.string().min(1).max(200).optional(),
    /** Minimum size of the expected page. */
    min_bytes: z.int().min(1).max(2_000_000).optional(),
  })
  .prefault({});
export type ReachOptions = z.infer<typeof reachOptions>;

export interface ReachDriver {
  reach(exchange: Exchange, options: ReachOptions): Promise<Attempt<null>>;
}

/** Requests one page: is it available, and when does its certificate expire. */
export const probeReach: Probe<ReachDriver> = async ({ check, driver, exchange }) => {
  if (driver.reach === undefined) return nothingMeasured('probe_error', 'no reach here');
  const reached = await driver.reach(exchange, reachOptions.parse(check.options));
  return reached.ok ? good(exchange) : bad(exchange, reached.failure);
};
