import { X509Certificate } from 'node:crypto';
import { getCACertificates, type TLSSocket } from 'node:tls';
import { factsOf } from './facts.ts';
import { remember } from './remembered.ts';

/** Limit of the number of certificates examined. */
const MOST_SHOWN = 10;

/** The certificates that the server showed, its own first; empty when it showed none. */
export function shownBy(socket: TLSSocket): X509Certificate[] {
  const shown: X509Certificate[] = [];
  let next: X509Certificate | undefined = socket.getPeerX509Certificate();
  while (next !== undefined && shown.length < MOST_SHOWN) {
    shown.push(next);
    next = next.issuerCertificate;
  }
  return shown;
}

/**
 * From the server's own certificate towards the root as far as those shown reach, the root
 * included if it is shown: what else a server shows has nothing to do with it. Of several of the
 * same name one that browsers take.
 */
export function chainOf(shown: readonly X509Certificate[], now: number): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let next: X509Certificate | undefined = shown[0];
  while (next !== undefined && !chain.includes(next)) {
    const current: X509Certificate = next;
    chain.push(current);
    if (isSelfIssued(current)) break;
    const issuers = shown.filter((other) => other !== current && current.checkIssued(other));
    next = issuers.find((issuer) => isSelfIssued(issuer) || isTaken(issuer, now)) ?? issuers[0];
  }
  return chain;
}

function isTaken(certificate: X509Certificate, now: number): boolean {
  const { expires_at, is_well_signed } = factsOf(certificate);
  return is_well_signed && expires_at > now;
}

/** Whether it bears the name by which it is signed, as roots do. */
export function isSelfIssued({ subject, issuer }: X509Certificate): boolean {
  return subject === issuer;
}

const ROOTS = remember<X509Certificate[]>(20);

/** Whether one of the trusted roots has signed it. Reads all of them once, which takes 20 ms. */
export function isSignedByRoot(certificate: X509Certificate, ca: string | null): boolean {
  const key = ca ?? '';
  const roots = ROOTS.get(key) ?? ROOTS.set(key, rootsBesides(key));
  return roots.some((root) => certificate.checkIssued(root) && certificate.verify(root.publicKey));
}

function rootsBesides(ca: string): X509Certificate[] {
  const added = ca.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return [...getCACertificates('default'), ...added].map((pem) => new X509Certificate(pem));
}
