import type { TlsOptions } from 'node:tls';
import { type CertificateWish, type Issued, issue, keyPem, pem, rsaKey } from './authority.ts';

/** The authorities of the table, made once: a root that visitors trust, and one below it. */
let made: { root: Issued; middle: Issued } | undefined;

export function authorities(): { root: Issued; middle: Issued } {
  if (made === undefined) {
    const root = issue({ name: 'Piaokuang TEST root', key: rsaKey(2_048), authority: true });
    const middle = issue(
      { name: 'Piaokuang TEST authority', key: rsaKey(2_048), authority: true },
      root,
    );
    made = { root, middle };
  }
  return made;
}

/** The root that visitors are told to trust, in PEM. */
export const trustedRoot = () => pem(authorities().root);

/** Names by which the servers of the table are called. */
export const OUR_NAMES = ['127.0.0.1', 'localhost', '127.0.0.2', '::1'];

/** A certificate for our names, by the authority below the root. */
export function leaf(wish: CertificateWish = {}, issuer = authorities().middle): Issued {
  return issue({ name: 'Piaokuang TEST server', names: OUR_NAMES, ...wish }, issuer);
}

/** What a server needs to show these certificates. */
export function showing(first: Issued, ...others: readonly Issued[]): TlsOptions {
  return { key: keyPem(first), cert: pem(first, ...others) };
}

/** A server as it should be. */
export const trusted = () => showing(leaf(), authorities().middle);
