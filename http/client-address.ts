import type { IncomingMessage } from 'node:http';

const LOCAL = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/**
 * The network address of the client, to count its requests by. A proxy on this machine is believed
 * about whom it asks for (the last of X-Forwarded-For); anybody else may write there what they
 * like.
 */
export function clientAddress({ socket, headers }: IncomingMessage): string {
  const address = socket.remoteAddress ?? '';
  if (!LOCAL.includes(address)) return address;
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',');
  return forwarded.split(',').at(-1)?.trim() || address;
}
