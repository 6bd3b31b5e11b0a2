import type { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { literalAddress } from '../connection/resolve.ts';
import type { Sockets } from '../connection/sockets.ts';
import { contextFor, type Trust } from './context.ts';

/** The host of a URL as certificates and servers know it: without brackets and final dot. */
export function serverName({ hostname }: URL): string {
  return literalAddress(hostname) ?? hostname.replace(/\.$/, '');
}

/**
 * Shakes hands over this connection. Whether the certificate is trusted is not decided here: the
 * socket says what OpenSSL thinks of it. Rejects with OpenSSL's or the kernel's error.
 */
export function shakeHands(
  socket: Socket,
  url: URL,
  trust: Trust,
  sockets: Sockets,
): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const name = serverName(url);
  const options = {
    socket,
    secureContext: contextFor(trust),
    ...(literalAddress(name) === null ? { servername: name } : {}),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  };
  const secured = sockets.keep(
    connect(options, () => resolve(secured)),
    socket,
  );
  secured.once('error', reject);
  return promise;
}
