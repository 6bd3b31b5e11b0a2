import { isIPv6 } from 'node:net';
import type { Contact } from '../../../model/proof.ts';
import { leadsToPublic } from './addresses.ts';

/**
 * Where a host is, as far as one proves the way to another: a server in our own network says
 * nothing about the way to the public, and IPv4 nothing about IPv6; nor IPv6 of what was asked for
 * by IPv4 alone.
 */
export function provesWayTo(other: Contact, to: Contact): boolean {
  if (isPublic(to) && !isPublic(other)) return false;
  if (to.family === 4 && isOnlyIpv6(other)) return false;
  return !isOnlyIpv6(to) || isOnlyIpv6(other);
}

/**
 * Whether an answer of the one says that the line as such carries to where the other is: the way by
 * IPv6 may be cut for itself.
 */
export function sharesLineWith(other: Contact, to: Contact): boolean {
  return !isPublic(to) || isPublic(other);
}

/** Hosts to which the same ways lead: what proves the way to one proves it to the others. */
export function wayOf(to: Contact): string {
  return `${isPublic(to)} ${isOnlyIpv6(to)} ${to.family === 4}`;
}

/** A host whose address is not known counts as public, unless its name has no dot. */
function isPublic({ host, address }: Contact): boolean {
  return address === null ? host.includes('.') : leadsToPublic(address);
}

/** By the address that was reached, or tried last. */
export function isOnlyIpv6({ address }: Contact): boolean {
  return address !== null && isIPv6(address);
}
