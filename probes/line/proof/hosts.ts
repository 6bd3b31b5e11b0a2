import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Configuration, System } from '../../../model/configuration.ts';
import { isPublicAddress } from '../../../model/network-address.ts';
import type { Contact } from '../../../model/proof.ts';
import { literalAddress } from '../../exchange/connection/resolve.ts';
import { registrableDomain } from '../../exchange/registrable-domain.ts';

/** How the hosts of a line are told apart. */
export interface Hosts {
  /** The name of the host that decided a run of a check of this system. */
  nameOf(system: string, contact: Contact): string;
  /** The name of the host of its address, which is asked first; null: no such system. */
  askedOf(system: string): string | null;
  /** This machine itself, which needs no line. */
  isLocal(contact: Contact): boolean;
}

/** The ranges of this machine. */
export const LOOPBACK: readonly string[] = ['127.0.0.0/8', '::1/128'];

export interface HostsParts {
  configuration: Pick<Configuration, 'systems' | 'lines'>;
  /** Ranges that are this machine. */
  loopback: readonly string[];
}

/**
 * A host is told by its name. Simulators share one; they are told apart by the path of their
 * address.
 */
export function tellHosts({ configuration, loopback }: HostsParts): Hosts {
  const systems = new Map(configuration.systems.map((system) => [system.id, system]));
  // A proxy leads to its own loopback, not to ours.
  const is_direct = configuration.lines.every(({ proxy }) => proxy === null);
  const ours = rangesOf(loopback);
  function nameOf(system: string, host: string): string {
    return `${host}${pathOfSimulator(systems.get(system), host)}`;
  }
  return {
    nameOf: (system, { host }) => nameOf(system, host),
    askedOf(system) {
      const url = systems.get(system)?.url;
      return url === undefined ? null : nameOf(system, hostOf(url));
    },
    isLocal: ({ address }) => is_direct && address !== null && isWithin(ours, address),
  };
}

/** The host name or address of a URL, as contacts have it. */
function hostOf(url: string): string {
  const { hostname } = new URL(url);
  return literalAddress(hostname) ?? hostname;
}

function pathOfSimulator(system: System | undefined, host: string): string {
  if (system?.environment !== 'simulator') return '';
  const { hostname, pathname } = new URL(system.url);
  const is_its = (literalAddress(hostname) ?? hostname) === host;
  return is_its && pathname !== '/' ? pathname : '';
}

function rangesOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', length = ''] = range.split('/');
    list.addSubnet(address, Number(length), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

function isWithin(list: BlockList, address: string): boolean {
  return isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Whose a host is: hosts of one owner, or in one network, tend to fail together. */
export interface Owner {
  /** Registrable domain of the name. */
  domain: string;
  /** Of IPv4 the first 16 bits, of IPv6 the first 32, what providers get; null: not known. */
  network: string | null;
}

export function ownerOf({ host, address }: Contact): Owner {
  return { domain: registrableDomain(host), network: address === null ? null : networkOf(address) };
}

function networkOf(address: string): string {
  if (!isIPv6(address)) return address.split('.').slice(0, 2).join('.');
  const groups = new URL(`http://[${address.replace(/%.*/, '')}]/`).hostname.slice(1).split(':');
  return `${groups[0]}:${groups[1]}`;
}

/**
 * Where a host is, as far as one proves the way to another: a server in our own network says
 * nothing about the way to the public, and IPv4 nothing about IPv6.
 */
export function provesWayTo(other: Contact, to: Contact): boolean {
  if (isPublic(to) && !isPublic(other)) return false;
  return !isOnlyIpv6(to) || isOnlyIpv6(other);
}

/** Hosts to which the same ways lead: what proves the way to one proves it to the others. */
export function wayOf(to: Contact): string {
  return `${isPublic(to)} ${isOnlyIpv6(to)}`;
}

/** A host whose address is not known counts as public, unless its name has no dot. */
function isPublic({ host, address }: Contact): boolean {
  return address === null ? host.includes('.') : isPublicAddress(address);
}

function isOnlyIpv6({ address }: Contact): boolean {
  return address !== null && isIPv6(address);
}
