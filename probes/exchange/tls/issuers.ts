import type { X509Certificate } from 'node:crypto';
import { certificatesIn } from './bundle.ts';
import { isSelfIssued, isSignedByRoot } from './chain.ts';
import { remember } from './remembered.ts';

/** The file at an address of an authority, or null when there is none. */
export type FetchFile = (url: URL) => Promise<Buffer | null>;

/** So many certificates may be missing one above the other. */
const MOST_LEVELS = 3;
/** A certificate names one address, seldom a second. */
const MOST_ADDRESSES = 2;

/** Files of authorities by address: they are the same for years. */
const FILES = remember<Buffer>(100);

/**
 * The certificates missing between this chain and a trusted root, PEM, by the addresses that they
 * name themselves (AIA, RFC 5280, 4.2.2.1); empty when they lead to no root. That they are right is
 * left to OpenSSL: roots are never taken from there.
 */
export async function missingIssuers(
  chain: readonly X509Certificate[],
  ca: string | null,
  fetchFile: FetchFile,
): Promise<string[]> {
  const found: string[] = [];
  let top = chain.at(-1);
  for (let level = 0; level < MOST_LEVELS && top !== undefined; level += 1) {
    const issuer = await issuerOf(top, fetchFile);
    if (issuer === undefined || isSelfIssued(issuer)) return [];
    found.push(issuer.toString());
    if (isSignedByRoot(issuer, ca)) return found;
    top = issuer;
  }
  return [];
}

async function issuerOf(
  certificate: X509Certificate,
  fetchFile: FetchFile,
): Promise<X509Certificate | undefined> {
  for (const url of addressesIn(certificate)) {
    const known = FILES.get(url.href);
    const file = known ?? (await fetchFile(url));
    if (file === null) continue;
    const issuer = certificatesIn(file).find(
      (other) => certificate.checkIssued(other) && certificate.verify(other.publicKey),
    );
    if (issuer !== undefined) FILES.set(url.href, file);
    // The authority may have a new key since.
    else if (known !== undefined) FILES.delete(url.href);
    if (issuer !== undefined) return issuer;
  }
  return undefined;
}

function addressesIn({ infoAccess }: X509Certificate): URL[] {
  return [...(infoAccess ?? '').matchAll(/^CA Issuers - URI:"?(http:[^"\s]+)/gm)]
    .flatMap(([, text = '']) => URL.parse(text) ?? [])
    .slice(0, MOST_ADDRESSES);
}
