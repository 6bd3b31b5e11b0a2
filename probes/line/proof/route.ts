import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

/** The discard service: nothing is sent to it. */
const ANY_PORT = 9;

/**
 * Whether this machine has a route to an address at all, as the kernel says when a datagram socket
 * is told its peer: it looks the route up, and sends nothing. Never rejects.
 */
export function hasRoute(address: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  const settle = (has_route: boolean) => {
    socket.removeAllListeners('connect');
    socket.close();
    resolve(has_route);
  };
  socket.once('connect', () => settle(true));
  socket.on('error', ({ code }: NodeJS.ErrnoException) => settle(!NO_ROUTE.has(code ?? '')));
  try {
    socket.connect(ANY_PORT, address);
  } catch {
    settle(true);
  }
  return promise;
}

const NO_ROUTE = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'ENONET']);
