import { BlockList, isIP, isIPv6 } from 'node:net';
import { isPublicAddress } from '../../../model/network-address.ts';

/** Ranges of addresses, as `127.0.0.0/8`. */
export function rangesOf(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [first = '', length = ''] = range.split('/');
    list.addSubnet(first, Number(length), isIPv6(first) ? 'ipv6' : 'ipv4');
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * Addresses at which no host of anybody else can be (RFC 6890): this network, links, documentation,
 * groups, and discarded ones. Name servers that block a name give them out.
 */
export const isNobodys = rangesOf([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/128',
  '100::/64',
  '2001:db8::/32',
  'fe80::/10',
  'ff00::/8',
]);

/**
 * Addresses that a proxy on this machine or a router gives out for names of any owner, in the order
 * in which they are asked for: those of Clash, Surge, sing-box and their like.
 */
export const isStandIn = rangesOf(['198.18.0.0/15', 'fc00::/18']);

/** RFC 6052 and 4291: IPv6 addresses with an address of IPv4 in their last 32 bits. */
const isEmbedding = rangesOf(['64:ff9b::/96', '64:ff9b:1::/48', '::ffff:0:0/96']);

/** The address of IPv4 to which a translator leads, else the address itself. */
export function translated(address: string): string {
  if (!isIPv6(address) || !isEmbedding(address)) return address;
  const groups = groupsOf(address).slice(-2);
  const bytes = groups.flatMap((group) => [group >> 8, group & 255]);
  return bytes.join('.');
}

/** The eight groups of an IPv6 address, its zone left out. */
export function groupsOf(address: string): number[] {
  const { hostname } = new URL(`http://[${address.replace(/%.*/, '')}]/`);
  const [left = '', right = ''] = hostname.slice(1, -1).split('::');
  const numbers = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const zeros = Array(8 - numbers(left).length - numbers(right).length).fill(0);
  return [...numbers(left), ...zeros, ...numbers(right)];
}

/** Whether an address leads to the public, through a translator too. */
export function leadsToPublic(address: string): boolean {
  return isPublicAddress(translated(address));
}
