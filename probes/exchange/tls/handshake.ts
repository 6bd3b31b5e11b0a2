import type { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { literalAddress } from '../connection/resolve.ts';
import type { Sockets } from '../connection/sockets.ts';
import { fault } from '../http/fault.ts';
import { contextFor, type Trust } from './context.ts';

/** The host of a URL as certificates and servers know it: without brackets and final dot. */
export function serverName({ hostname }: URL): string {
  return literalAddress(hostname) ?? hostname.replace(/\.$/, '');
}

const REFUSED_AFTERWARDS = /^ERR_SSL_.*(HANDSHAKE_FAILURE|BAD_CERTIFICATE)/;

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
    ALPNProtocols: [trust.offers_http_2 ? 'h2' : 'http/1.1'],
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  };
  const secured = sockets.keep(
    connect(options, () => resolve(secured)),
    socket,
  );
  // Node takes the whole chain apart for its own check, which is not wanted: 0.15 ms of CPU.
  Object.assign(secured, { getPeerCertificate: () => ({}) });
  secured.once('error', (error: NodeJS.ErrnoException) => {
    // It has shown its own certificate, and missed ours.
    const is_asked = secured.getPeerX509Certificate() !== undefined;
    const wanted = is_asked && REFUSED_AFTERWARDS.test(error.code ?? '');
    reject(wanted ? fault('CERTIFICATE_WANTED', 'asks for a certificate of ours') : error);
  });
  return promise;
}
