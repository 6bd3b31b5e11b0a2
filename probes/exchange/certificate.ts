import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { EpochMs } from '../../model/vocabulary.ts';

/** Limit of the chain length examined. */
const MAX_CHAIN = 10;

/** The earliest expiry in the chain presented by the server; null when it presented none. */
export function earliestExpiry(socket: TLSSocket): EpochMs | null {
  let earliest: EpochMs | null = null;
  let certificate: X509Certificate | undefined = socket.getPeerX509Certificate();
  for (let i = 0; certificate !== undefined && i < MAX_CHAIN; i += 1) {
    const expires_at = certificate.validToDate.getTime();
    if (earliest === null || expires_at < earliest) earliest = expires_at;
    certificate = certificate.issuerCertificate;
  }
  return earliest;
}
