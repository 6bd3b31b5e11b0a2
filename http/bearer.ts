/** Longer tokens are never valid. */
const BEARER = /^Bearer +([\x21-\x7e]{1,500})$/i;

/** The token of an Authorization header (RFC 6750 §2.1); null when it carries none. */
export function bearerToken(authorization: string | undefined): string | null {
  return BEARER.exec(authorization ?? '')?.[1] ?? null;
}
