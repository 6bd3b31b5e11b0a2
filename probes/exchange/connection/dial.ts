import type { Socket } from 'node:net';
import { isPublicAddress } from '../../../model/network-address.ts';
import { fault } from '../http/fault.ts';
import { isNoHost } from './no-host.ts';
import { connectFirst } from './race.ts';
import { addressesOf, literalAddress } from './resolve.ts';
import type { Sockets } from './sockets.ts';
import { openTunnel } from './tunnel.ts';
import { isUnsafePort } from './unsafe-ports.ts';

/** How the hosts of one exchange are reached. */
export interface Way {
  sockets: Sockets;
  /** The HTTP proxy of the line; null: directly. */
  proxy: URL | null;
  /** Private addresses are refused: somebody else than the configuration chose the host. */
  public_only: boolean;
  /** The name is resolved, or is an address. */
  onResolved(): void;
  /** We are connecting to the proxy itself, whose silence is ours. */
  at_proxy: boolean;
}

/**
 * Connects to the host of a URL. Rejects with an error of getaddrinfo or of the kernel, or with a
 * fault of the proxy; with `ADDRESS_NOT_PUBLIC` when only private addresses are left, and with
 * `BROWSER_REFUSES` for a port that browsers do not ask.
 */
export async function dial(url: URL, way: Way): Promise<Socket> {
  const port = portOf(url);
  if (isUnsafePort(port)) throw fault('BROWSER_REFUSES', `port ${port}`);
  if (way.proxy !== null) return await dialProxy(url, way.proxy, way);
  const addresses = allowed(ofHosts(await addressesOf(url.hostname)), way.public_only);
  way.onResolved();
  return await connectFirst(addresses, port, way.sockets);
}

async function dialProxy(url: URL, proxy: URL, way: Way): Promise<Socket> {
  // The proxy resolves names; of them only it knows the addresses.
  if (way.public_only && isPrivateName(url)) refuse();
  way.onResolved();
  way.at_proxy = true;
  const socket = await connectProxy(proxy, way.sockets);
  way.at_proxy = false;
  await openTunnel(socket, proxy, url);
  return socket;
}

async function connectProxy(proxy: URL, sockets: Sockets): Promise<Socket> {
  try {
    return await connectFirst(await addressesOf(proxy.hostname), portOf(proxy), sockets);
  } catch (error) {
    const { code = 'no answer' } = error as NodeJS.ErrnoException;
    throw fault('PROXY_FAILED', `the proxy: ${code}`);
  }
}

/** Without those that no host has; whoever gave out only such is not to be reached. */
function ofHosts(addresses: readonly string[]): readonly string[] {
  const left = addresses.filter((address) => !isNoHost(address));
  if (left.length > 0) return left;
  throw Object.assign(new Error('no address of a host'), { code: 'EHOSTUNREACH' });
}

function allowed(addresses: readonly string[], public_only: boolean): readonly string[] {
  if (!public_only) return addresses;
  const left = addresses.filter(isPublicAddress);
  if (left.length === 0) refuse();
  return left;
}

function refuse(): never {
  throw fault('ADDRESS_NOT_PUBLIC', 'a private address');
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
