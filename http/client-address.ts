import type { IncomingMessage } from 'node:http';

const LOCAL = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/**
 * The client address for rate limiting. Only a proxy on this machine is trusted (the last entry of
 * X-Forwarded-For), because clients can forge the header.
 */
export function clientAddress({ socket, headers }: IncomingMessage): string {
  const address = socket.remoteAddress ?? '';
  if (!LOCAL.includes(address)) return address;
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',');
  return forwarded.split(',').at(-1)?.trim() || address;
}
