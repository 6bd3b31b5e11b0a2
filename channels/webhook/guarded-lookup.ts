import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { isPublicAddress } from '../../model/network-address.ts';

/** Addresses of a name, as `dns.lookup` gives them. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export const systemResolve: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** A name leads to an address that is not one of the public Internet. */
export class NotPublic extends Error {
  override name = 'NotPublic';
}

/**
 * The one address to connect to. The name is resolved once, here, and the connection goes to the
 * address that was checked, so a name that resolves differently the next time (DNS rebinding) gains
 * nothing. One private address among several refuses them all.
 * @throws {NotPublic}
 */
export async function checkedAddress(hostname: string, resolve: Resolve): Promise<LookupAddress> {
  const addresses = await resolve(hostname);
  const [first] = addresses;
  if (!first) throw new Error('the name has no address');
  if (!addresses.every(({ address }) => isPublicAddress(address))) {
    throw new NotPublic('the name leads to an address that is not public');
  }
  return first;
}
