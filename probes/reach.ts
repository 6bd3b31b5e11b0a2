import { z } from 'zod';
import { isNetwork, NETWORK_EXPECTED } from '../http/networks.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';

const status = z.int().min(200).max(599);
const words = z.string().trim().min(1).max(200);
/** One, or any of several. */
const anyWords = z.union([words, z.array(words).min(1).max(20)], {
  error: 'expected a text, or a list of texts',
});
const network = z.string().refine(isNetwork, NETWORK_EXPECTED);
const anyNetwork = z.union([network, z.array(network).min(1).max(50)], NETWORK_EXPECTED);
const anyStatus = z.union([status, z.array(status).min(1).max(20)], {
  error: 'expected a status, or a list of statuses',
});

export const reachOptions = z
  .strictObject({
    /** Path and query below the system's address. */
    path: z.string().startsWith('/', 'must start with /').default('/'),
    /** The expected status, or several; any with which browsers show a page if not given. */
    status: anyStatus.optional(),
    /** Text that the page's title must contain. */
    title: anyWords.optional(),
    /** Text that the page must show. */
    text: anyWords.optional(),
    /** Text that the page must not show. */
    absent: anyWords.optional(),
    /** The least number of characters that the page must show. */
    min_text: z.int().min(1).max(1_000_000).optional(),
    /** The address family by which it is reached; either, if not given. */
    family: z.union([z.literal(4), z.literal(6)], { error: 'expected 4 or 6' }).optional(),
    /** Addresses and networks to which the name of the system's address may lead. */
    resolves_to: anyNetwork.optional(),
    min_bytes: z.never('is now min_text, which counts the characters that are shown').optional(),
  })
  .prefault({});
export type ReachOptions = Omit<z.infer<typeof reachOptions>, 'min_bytes'>;

export interface ReachDriver {
  /** Notes on the exchange what was odd, and `answered_only` if nothing was recognised. */
  reach(exchange: Exchange, options: ReachOptions): Promise<Attempt<null>>;
}

/** Requests one page: is it available, is it the expected one, when does its certificate expire. */
export const probeReach: Probe<ReachDriver> = async ({ check, driver, exchange }) => {
  if (driver.reach === undefined) return nothingMeasured('probe_error', 'no reach here');
  const reached = await driver.reach(exchange, reachOptions.parse(check.options));
  return reached.ok ? good(exchange) : bad(exchange, reached.failure);
};
