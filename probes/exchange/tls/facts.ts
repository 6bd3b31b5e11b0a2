import type { X509Certificate } from 'node:crypto';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { remember } from './remembered.ts';

/** What browsers look at in one certificate besides its names and signature. */
export interface CertificateFacts {
  expires_at: EpochMs;
  /** Signed by an algorithm that browsers take. */
  is_well_signed: boolean;
  /** Length of an RSA key; null for others. */
  rsa_bits: number | null;
  /** The bits of the key usage extension, most significant first; null without it. */
  key_usage: number | null;
}

const FACTS = remember<CertificateFacts>(1_000);

/**
 * What Chromium verifies signatures with (bssl::SignatureAlgorithm); not SHA-1, MD5, Ed25519, SM2.
 */
const SIGNED_BY = /^(sha(256|384|512)WithRSAEncryption|rsassaPss|ecdsa-with-SHA(256|384|512))$/i;

export function factsOf(certificate: X509Certificate): CertificateFacts {
  const key = certificate.fingerprint256;
  return (
    FACTS.get(key) ??
    FACTS.set(key, {
      expires_at: certificate.validToDate.getTime(),
      is_well_signed: SIGNED_BY.test(certificate.signatureAlgorithm ?? ''),
      rsa_bits: rsaBits(certificate),
      key_usage: keyUsage(certificate.raw),
    })
  );
}

function rsaBits({ publicKey }: X509Certificate): number | null {
  return publicKey.asymmetricKeyDetails?.modulusLength ?? null;
}

/** The extension 2.5.29.15, critical or not, in DER (RFC 5280, 4.2.1.3), as hexadecimal digits. */
const KEY_USAGE = /0603551d0f(?:0101ff)?040[45]030[23]..(..)/;

function keyUsage(raw: Buffer): number | null {
  const [, bits] = KEY_USAGE.exec(raw.toString('hex')) ?? [];
  return bits === undefined ? null : Number.parseInt(bits, 16);
}
