import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { isPublicAddress } from '../../model/network-address.ts';

/** Resolves a host name to its addresses, like `dns.lookup`. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export const systemResolve: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** A host name resolves to a non-public address. */
export class NonPublicAddressError extends Error {
  override name = 'NotPublic';
}

/**
 * The address to connect to. The name is resolved only once, here, and the connection uses the
 * checked address, which prevents DNS rebinding. If any of several addresses is private, all are
 * refused.
 *
 * @throws {NonPublicAddressError}
 */
export async function resolvePublicAddress(
  hostname: string,
  resolve: Resolve,
): Promise<LookupAddress> {
  const addresses = await resolve(hostname);
  const [first] = addresses;
  if (!first) throw new Error('the host name has no address');
  if (!addresses.every(({ address }) => isPublicAddress(address))) {
    throw new NonPublicAddressError('the host name resolves to a non-public address');
  }
  return first;
}
