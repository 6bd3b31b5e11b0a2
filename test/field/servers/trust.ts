import type { TlsOptions } from 'node:tls';
import { type CertificateWish, type Issued, issue, keyPem, pem, rsaKey } from './authority.ts';

/** The authorities of the table. */
interface Authorities {
  root: Issued;
  /** Below the root. */
  middle: Issued;
  /** Roots as private authorities have them for too long. */
  weak_root: Issued;
  expired_root: Issued;
}

let made: Authorities | undefined;

/** Made once per process. */
export function authorities(): Authorities {
  if (made === undefined) {
    const root = issue({ name: 'Piaokuang TEST root', key: rsaKey(2_048), authority: true });
    const middle = { name: 'Piaokuang TEST authority', key: rsaKey(2_048), authority: true };
    const weak = { name: 'Weak TEST root', key: rsaKey(1_024), authority: true };
    const expired = { name: 'Expired TEST root', not_after: new Date('2025-01-01T00:00:00Z') };
    made = {
      root,
      middle: issue(middle, root),
      weak_root: issue({ ...weak, digest: 'sha1' }),
      expired_root: issue({ ...expired, authority: true }),
    };
  }
  return made;
}

/** The roots that visitors are told to trust. */
export function trustedRoots(): Issued[] {
  const { root, weak_root, expired_root } = authorities();
  return [root, weak_root, expired_root];
}

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
