import { isIPv6 } from 'node:net';
import type { Contact } from '../../../model/proof.ts';
import { registrableDomain } from '../../exchange/registrable-domain.ts';
import { groupsOf, isStandIn, translated } from './addresses.ts';

/** More owners than this prove no more. */
const MOST_OWNERS = 20;

/** Whose a host is: hosts of one owner, or in one network, tend to fail together. */
export interface Owner {
  /** Registrable domain of the name. */
  domain: string;
  /** Of IPv4 the first 16 bits, of IPv6 the first 32, what providers get; null: not known. */
  network: string | null;
}

/** Whose the host of a contact is. */
export function ownerOf({ host, address }: Contact): Owner {
  return { domain: registrableDomain(host), network: address === null ? null : networkOf(address) };
}

/** Of an address that stands for a name nothing is known; of a translated one, what it means. */
function networkOf(given: string): string | null {
  if (isStandIn(given)) return null;
  const address = translated(given);
  if (!isIPv6(address)) return address.split('.').slice(0, 2).join('.');
  const [first = 0, second = 0] = groupsOf(address);
  return `${first.toString(16)}:${second.toString(16)}`;
}

/** Hosts that share a domain or a network, with each other or with a third, count once. */
export function countOwners(owners: readonly Owner[]): number {
  const groups: { domains: Set<string>; networks: Set<string> }[] = [];
  for (const { domain, network } of owners) {
    const isIts = (it: (typeof groups)[number]) =>
      it.domains.has(domain) || (network !== null && it.networks.has(network));
    const joined = groups.filter(isIts);
    const first = joined[0] ?? { domains: new Set(), networks: new Set() };
    if (joined.length === 0) groups.push(first);
    first.domains.add(domain);
    if (network !== null) first.networks.add(network);
    for (const other of joined.slice(1)) {
      for (const it of other.domains) first.domains.add(it);
      for (const it of other.networks) first.networks.add(it);
      groups.splice(groups.indexOf(other), 1);
    }
    if (groups.length >= MOST_OWNERS) break;
  }
  return groups.length;
}
