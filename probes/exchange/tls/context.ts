import { constants } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { remember } from './remembered.ts';

/**
 * What Chromium 156 offers in its ClientHello, so that a server that it cannot agree with does not
 * agree with us either. The security level only lets keys of 1,024 bits pass, which it reads.
 */
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
  '@SECLEVEL=0',
].join(':');
const SIGNATURES = [
  'ECDSA+SHA256:RSA-PSS+SHA256:RSA+SHA256',
  'ECDSA+SHA384:RSA-PSS+SHA384:RSA+SHA384',
  'RSA-PSS+SHA512:RSA+SHA512',
].join(':');
const GROUPS = 'X25519:P-256:P-384';

/** A client certificate with its chain, and its private key, PEM. */
export interface TlsIdentity {
  certificate: string;
  key: string;
}

/** What a TLS connection trusts, puts up with, and shows of us. */
export interface Trust {
  /** Authorities trusted besides the public ones, PEM. */
  ca: string | null;
  /** Who we are, to servers that ask for it; null: nobody. */
  identity: TlsIdentity | null;
  /** Intermediate certificates that the server leaves out, PEM; trusted only below a root. */
  intermediates: readonly string[];
  /** Connects to servers without secure renegotiation (RFC 5746), as browsers do. */
  is_legacy: boolean;
  /** Offers HTTP/2, to servers that speak nothing else. */
  offers_http_2: boolean;
}

/** Making one costs as much as a handshake, and 30 ms where authorities are added. */
const CONTEXTS = remember<SecureContext>(100);

/** The context for connections of this trust. Throws when `ca` is no PEM. */
export function contextFor({ ca, identity, intermediates, is_legacy }: Trust): SecureContext {
  const key = [is_legacy, ca, identity?.certificate, identity?.key, ...intermediates].join('\n');
  const added = ca === null ? intermediates : [ca, ...intermediates];
  // Whoever names an authority may name one below a root, as curl takes it too. What a server left
  // out is trusted below a root only.
  const allowPartialTrustChain = ca !== null && intermediates.length === 0;
  return (
    CONTEXTS.get(key) ??
    CONTEXTS.set(
      key,
      createSecureContext({
        minVersion: 'TLSv1.2',
        ciphers: CIPHERS,
        sigalgs: SIGNATURES,
        ecdhCurve: GROUPS,
        allowPartialTrustChain,
        ...(identity === null ? {} : { cert: identity.certificate, key: identity.key }),
        ...(is_legacy ? { secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT } : {}),
        ...(added.length === 0 ? {} : { ca: [...getCACertificates('default'), ...added] }),
      }),
    )
  );
}
