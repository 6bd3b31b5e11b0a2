import type { X509Certificate } from 'node:crypto';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { type DerPart, derParts } from './der.ts';
import { remember } from './remembered.ts';

/** What browsers look at in one certificate besides its names and signature. */
export interface CertificateFacts {
  valid_from: EpochMs;
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
      valid_from: certificate.validFromDate.getTime(),
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

/** 2.5.29.15 (RFC 5280, 4.2.1.3). */
const KEY_USAGE = '0603551d0f';

/** Of the extension only: the same bytes in a name or a key say nothing. */
function keyUsage(raw: Buffer): number | null {
  const extension = extensionsOf(raw).find(
    (parts) => parts[0]?.whole.toString('hex') === KEY_USAGE,
  );
  // A bit string, whose first byte counts the bits that are not used.
  const bits = extension?.at(-1)?.parts()[0];
  return bits?.tag === BIT_STRING ? (bits.content[1] ?? null) : null;
}

const BIT_STRING = 0x03;
const EXTENSIONS = 0xa3;

/** The parts of each extension: identifier, whether it is critical (or not said), content. */
function extensionsOf(raw: Buffer): DerPart[][] {
  const signed = derParts(raw)[0]?.parts()[0];
  const extensions = signed?.parts().find(({ tag }) => tag === EXTENSIONS);
  const list = extensions?.parts()[0]?.parts() ?? [];
  return list.map((extension) => extension.parts());
}
