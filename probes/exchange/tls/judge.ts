import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { EpochMs, ResultNote } from '../../../model/vocabulary.ts';
import { literalAddress } from '../connection/resolve.ts';
import { fault } from '../http/fault.ts';
import { chainOf, isSelfIssued, isSignedByRoot, shownBy } from './chain.ts';
import type { Trust } from './context.ts';
import { type CertificateFacts, factsOf } from './facts.ts';

/** What a browser thinks of the certificates of a connection that it does not refuse. */
export interface JudgedChain {
  /** OpenSSL found its way to a root. */
  reaches_root: boolean;
  /** From the server's own towards the root; as far as shown, where that does not reach one. */
  chain: X509Certificate[];
  /** The server left out a certificate of the chain. */
  is_incomplete: boolean;
  notes: ResultNote[];
  /** The certificate of the chain that expires first. */
  first_to_expire: CertificateFacts;
}

interface JudgedBy {
  name: string;
  trust: Trust;
  now: EpochMs;
}

/** OpenSSL found no way to a root. */
const NO_WAY = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** Chromium refuses shorter RSA keys, and reads these (bssl::SimplePathBuilderDelegate). */
const LEAST_RSA_BITS = 1_024;
/** What authorities may sign today (CA/Browser Forum, Baseline Requirements, 6.1.5). */
const STRONG_RSA_BITS = 2_048;

/**
 * Judges as Chromium does what OpenSSL leaves to us or is milder about. Throws
 * `CERTIFICATE_INVALID`, or `BROWSER_REFUSES` for weak cryptography.
 */
export function judge(socket: TLSSocket, { name, trust, now }: JudgedBy): JudgedChain {
  const { ca, intermediates } = trust;
  const error = String(socket.authorizationError ?? '');
  const reaches_root = !NO_WAY.has(error);
  const shown = shownBy(socket);
  const others = reaches_root ? intermediates.map((pem) => new X509Certificate(pem)) : [];
  const chain = chainOf([...shown, ...others], now);
  const [own] = chain;
  if (own === undefined) throw fault('CERTIFICATE_INVALID', 'no certificate');
  if (reaches_root && error !== '') throw fault('CERTIFICATE_INVALID', error);
  refuseOtherName(own, name);
  const below_root = reaches_root ? belowRoot(chain, ca) : chain;
  refuseWeakSignatures(below_root);
  const bits = below_root.flatMap((certificate) => factsOf(certificate).rsa_bits ?? []);
  if (bits.some((length) => length < LEAST_RSA_BITS)) {
    throw fault('BROWSER_REFUSES', `a key of ${Math.min(...bits)} bits`);
  }
  refuseOtherUse(own, socket);
  return {
    reaches_root,
    chain,
    is_incomplete: chain.some((certificate) => others.includes(certificate)),
    notes: bits.some((length) => length < STRONG_RSA_BITS) ? ['weak_key'] : [],
    first_to_expire: chain
      .map(factsOf)
      .reduce((first, it) => (it.expires_at < first.expires_at ? it : first)),
  };
}

/** By its alternative names only, as browsers do (RFC 6125, section 6.4.4). */
function refuseOtherName(own: X509Certificate, name: string): void {
  const found =
    literalAddress(name) === null
      ? own.checkHost(name, { subject: 'never', partialWildcards: false })
      : own.checkIP(name);
  if (found === undefined) throw fault('CERTIFICATE_INVALID', 'HOSTNAME_MISMATCH');
}

/** Without the root, whose own signature means nothing, and what is above it. */
function belowRoot(chain: readonly X509Certificate[], ca: string | null): X509Certificate[] {
  const below = chain.filter((certificate, n) => n === 0 || !isSelfIssued(certificate));
  const weak = below.findIndex((certificate) => !factsOf(certificate).is_well_signed);
  const before = below[weak - 1];
  // A root may be shown in an older form, signed by another root.
  return before !== undefined && isSignedByRoot(before, ca) ? below.slice(0, weak) : below;
}

function refuseWeakSignatures(chain: readonly X509Certificate[]): void {
  const weak = chain.find((certificate) => !factsOf(certificate).is_well_signed);
  if (weak !== undefined) {
    throw fault('BROWSER_REFUSES', `signed by ${weak.signatureAlgorithm ?? 'unknown'}`);
  }
}

const DIGITAL_SIGNATURE = 0x80;
const KEY_ENCIPHERMENT = 0x20;

/** ERR_SSL_KEY_USAGE_INCOMPATIBLE: the key is used for what its certificate does not allow. */
function refuseOtherUse(own: X509Certificate, socket: TLSSocket): void {
  const { key_usage } = factsOf(own);
  const signs = /^(ECDHE-|TLS_)/.test(socket.getCipher().name);
  const needed = signs ? DIGITAL_SIGNATURE : KEY_ENCIPHERMENT;
  if (key_usage !== null && (key_usage & needed) === 0) {
    throw fault('BROWSER_REFUSES', 'a key not meant for this use');
  }
}
