import type { Signer } from './ports.ts';
import type { EpochMs } from './vocabulary.ts';

/** Actions that a signed link permits. */
export type LinkPurpose = 'confirm' | 'manage' | 'unsubscribe' | 'acknowledge';

/** The claims of a signed link. */
export interface LinkClaim {
  purpose: LinkPurpose;
  /** Id of the subscriber or alert. */
  subject: string;
  /** The subscriber's nonce; empty for alerts. */
  nonce: string;
  /** null: valid as long as the nonce is. */
  expires_at: EpochMs | null;
}

/** The token of a signed link: URL-safe, signed, not encrypted. */
export function linkToken(claim: LinkClaim, signer: Signer): string {
  const text = [claim.purpose, claim.subject, claim.nonce, claim.expires_at ?? ''].join('.');
  return `${text}.${signer.sign(text)}`;
}

/**
 * The claim of a valid token for this purpose, or why it is invalid. The caller compares the nonce.
 */
export function readLinkToken(
  token: string,
  { purpose, signer, now }: { purpose: LinkPurpose; signer: Signer; now: EpochMs },
): LinkClaim | 'forged' | 'expired' {
  const [claimed_purpose, subject, nonce, expires, signature, ...rest] = token.split('.');
  if (claimed_purpose !== purpose || !subject) return 'forged';
  if (nonce === undefined || expires === undefined) return 'forged';
  if (signature === undefined || rest.length > 0) return 'forged';
  if (!signer.verify([claimed_purpose, subject, nonce, expires].join('.'), signature))
    return 'forged';
  const expires_at = expires === '' ? null : Number(expires);
  if (expires_at !== null && now > expires_at) return 'expired';
  return { purpose, subject, nonce, expires_at };
}
