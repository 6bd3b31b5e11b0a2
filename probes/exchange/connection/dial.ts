import type { Socket } from 'node:net';
import { isPublicAddress } from '../../../model/network-address.ts';
import { fault } from '../http/fault.ts';
import type { AddressFamily } from '../names/ask-servers.ts';
import type { FoundAddresses } from '../names/both-families.ts';
import type { Names } from '../names/names.ts';
import { isNoHost } from './no-host.ts';
import { connectFirst } from './race.ts';
import { addressesOf, literalAddress } from './resolve.ts';
import type { Sockets } from './sockets.ts';
import { openTunnel } from './tunnel.ts';
import { isUnsafePort } from './unsafe-ports.ts';

/** How the hosts of one exchange are reached. */
export interface Way {
  sockets: Sockets;
  names: Names;
  /** The HTTP proxy of the line; null: directly. */
  proxy: URL | null;
  /** Addresses of this family only; null: of both. */
  family: AddressFamily | null;
  /** Where the name of the host may lead; null: anywhere. */
  expected: ExpectedAddresses | null;
  /** Private addresses are refused: somebody else than the configuration chose the host. */
  public_only: boolean;
  /** The name is resolved, or is an address; none are known where a proxy resolves it. */
  onResolved(addresses: readonly string[]): void;
  /** We are connecting to the proxy itself, whose silence is ours. */
  at_proxy: boolean;
}

/** What a check expects of the addresses of one name. */
export interface ExpectedAddresses {
  hostname: string;
  /** Also where nothing is expected of addresses of its family. */
  isExpected(address: string): boolean;
}

/**
 * Connects to the host of a URL. Rejects with a name fault, an error of the kernel, or a fault of
 * the proxy; with `FAMILY_MISSING` or `NAME_ELSEWHERE` where its addresses are not as asked for,
 * with `ADDRESS_NOT_PUBLIC` when only private addresses are left, and with `BROWSER_REFUSES` for a
 * port that browsers do not ask.
 */
export async function dial(url: URL, way: Way): Promise<Socket> {
  const port = portOf(url);
  if (isUnsafePort(port)) throw fault('BROWSER_REFUSES', `port ${port}`);
  if (way.proxy !== null) return await dialProxy(url, way.proxy, way);
  const found = await addressesOf(url.hostname, way.names, way.sockets.onEnd, way.family);
  if (way.expected?.hostname === url.hostname) await requireExpected(found, way.expected);
  const isAllowed = (it: string) => !isNoHost(it) && (!way.public_only || isPublicAddress(it));
  const later = found.later.then((others) => others.filter(isAllowed));
  const first = found.first.filter(isAllowed);
  const addresses = first.length > 0 ? first : await later;
  if (addresses.length === 0) {
    way.onResolved(found.first);
    throw notAllowed(found.first);
  }
  way.onResolved(addresses);
  return await connectFirst(addresses, port, way.sockets, first.length > 0 ? later : null);
}

/** Nothing is sent to where the name must not lead: whoever is there may be anybody. */
async function requireExpected(
  { first, later }: FoundAddresses,
  { isExpected }: ExpectedAddresses,
): Promise<void> {
  const other = [...first, ...(await later)].find((it) => !isExpected(it));
  if (other !== undefined) throw fault('NAME_ELSEWHERE', `resolves to ${other}`);
}

/** Whoever gave out only addresses that no host has is not to be reached. */
function notAllowed(addresses: readonly string[]): Error {
  return addresses.every(isNoHost)
    ? Object.assign(new Error('no address of a host'), { code: 'EHOSTUNREACH' })
    : refused();
}

async function dialProxy(url: URL, proxy: URL, way: Way): Promise<Socket> {
  // The proxy resolves names; of them only it knows the addresses.
  if (way.public_only && isPrivateName(url)) throw refused();
  way.onResolved([]);
  way.at_proxy = true;
  const socket = await connectProxy(proxy, way);
  way.at_proxy = false;
  await openTunnel(socket, proxy, url);
  return socket;
}

async function connectProxy(proxy: URL, { names, sockets }: Way): Promise<Socket> {
  try {
    const { first, later } = await addressesOf(proxy.hostname, names, sockets.onEnd);
    return await connectFirst(first, portOf(proxy), sockets, later);
  } catch (error) {
    const { code = 'no answer' } = error as NodeJS.ErrnoException;
    throw fault('PROXY_FAILED', `the proxy: ${code}`);
  }
}

function refused(): Error {
  return fault('ADDRESS_NOT_PUBLIC', 'a private address');
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** Whether the address reached, or the name asked of a proxy, is of a private network. */
export function isPrivate(url: URL, socket: Socket, proxy: URL | null): boolean {
  if (proxy === null) return !isPublicAddress(socket.remoteAddress ?? '');
  return isPrivateName(url);
}

/** A private address, or a name that only a private network knows: `erp`, `a.localhost`. */
function isPrivateName({ hostname }: URL): boolean {
  const literal = literalAddress(hostname);
  if (literal !== null) return !isPublicAddress(literal);
  return !hostname.includes('.') || PRIVATE_NAME.test(hostname);
}

/** Of special-use domains (RFC 6761, 6762, 8375, and ICANN's `internal`). */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i;
