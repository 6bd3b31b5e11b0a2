import { X509Certificate } from 'node:crypto';

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
/** What a setting with certificates expects. */
export const PEM_EXPECTED =
  'expected certificates in PEM (-----BEGIN CERTIFICATE-----); a DER file becomes one by ' +
  'openssl x509 -inform der -in FILE -out FILE.pem';

/** Whether these are the bytes of a certificate in binary form, as Windows exports by default. */
export function isDer(bytes: Buffer): boolean {
  return bytes.length > 2 && bytes.readUInt16BE(0) === 0x3082;
}

/** The problem of a text with certificates in PEM; null when each of them can be read. */
export function certificatesProblem(text: string): string | null {
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0) return PEM_EXPECTED;
  const bad = blocks.findIndex((block) => !isCertificate(block));
  return bad === -1 ? null : `certificate ${bad + 1} of ${blocks.length} cannot be read`;
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
