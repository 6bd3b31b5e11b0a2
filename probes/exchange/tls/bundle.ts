import { X509Certificate } from 'node:crypto';
import { derParts } from './der.ts';

/**
 * The certificates in a file of an authority: one in DER, some in PEM, or a PKCS #7 bundle
 * (RFC 5280, 4.2.2.1); empty when it is none of these.
 */
export function certificatesIn(file: Buffer): X509Certificate[] {
  const text = file.toString('latin1');
  const pems = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  const ders = pems ?? [file, ...bundled(file)];
  return ders.slice(0, MOST).flatMap(parsed);
}

const MOST = 20;

function parsed(der: Buffer | string): X509Certificate[] {
  try {
    return [new X509Certificate(der)];
  } catch {
    return [];
  }
}

/** 1.2.840.113549.1.7.2, SignedData (RFC 5652, section 5.1). */
const SIGNED_DATA = '06092a864886f70d010702';

/** The certificates of a SignedData: its part [0], after version, algorithms and content. */
function bundled(file: Buffer): Buffer[] {
  const [type, content] = derParts(file)[0]?.parts() ?? [];
  if (type?.whole.toString('hex') !== SIGNED_DATA) return [];
  const signed = content?.parts()[0]?.parts() ?? [];
  const certificates = signed.find(({ tag }) => tag === 0xa0);
  return certificates?.parts().map(({ whole }) => whole) ?? [];
}
