/** Why a server that we send to could not be spoken to: what can be told apart and acted on. */
export const SEND_TROUBLES = [
  'no_name',
  'refused',
  'unreachable',
  'silent',
  'broken_off',
  'unknown_ca',
  'wrong_name',
  'expired_certificate',
  'bad_tls',
  'no_starttls',
  'refused_login',
  'no_connection',
] as const;
export type SendTrouble = (typeof SEND_TROUBLES)[number];

/** Of Node, OpenSSL, gRPC and the mail client: anything else is `no_connection`. */
const CODES: Readonly<Record<string, SendTrouble>> = {
  ENOTFOUND: 'no_name',
  EAI_AGAIN: 'no_name',
  EAI_NODATA: 'no_name',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'silent',
  ESOCKETTIMEDOUT: 'silent',
  ECONNRESET: 'broken_off',
  EPIPE: 'broken_off',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong_name',
  CERT_HAS_EXPIRED: 'expired_certificate',
  CERT_NOT_YET_VALID: 'expired_certificate',
  EPROTO: 'bad_tls',
};
const UNKNOWN_AUTHORITY = /^((DEPTH_ZERO_)?SELF_SIGNED_|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF))/;
/** Codes as they stand in a text, where a library gives no other. */
const IN_TEXT = /\b(E[A-Z]{4,}|[A-Z]+(?:_[A-Z]+)*_CERT(?:_[A-Z]+)*|CERT_[A-Z_]+|ERR_[A-Z_]+)\b/;

/** What an error of a socket, of TLS or of a library that wraps them says; of its codes alone. */
export function sendTroubleOf(error: unknown): SendTrouble {
  const { originalCode, code, cause, message = '' } = (error ?? {}) as Wrapped;
  for (const it of [originalCode, code, (cause as Wrapped | undefined)?.code]) {
    const known = typeof it === 'string' ? troubleOfCode(it) : null;
    if (known !== null) return known;
  }
  if (/^\d* ?UNAVAILABLE: Name resolution failed/.test(message)) return 'no_name';
  if (/DEADLINE_EXCEEDED|Timeout/.test(message)) return 'silent';
  if (/self.signed certificate|unable to (get|verify)/.test(message)) return 'unknown_ca';
  if (/does not match certificate's altnames/.test(message)) return 'wrong_name';
  if (/certificate has expired/.test(message)) return 'expired_certificate';
  return troubleOfCode(IN_TEXT.exec(message)?.[1] ?? '') ?? 'no_connection';
}

interface Wrapped {
  originalCode?: unknown;
  code?: unknown;
  cause?: unknown;
  message?: string;
}

function troubleOfCode(code: string): SendTrouble | null {
  if (UNKNOWN_AUTHORITY.test(code)) return 'unknown_ca';
  if (Object.hasOwn(CODES, code)) return CODES[code] ?? null;
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') ? 'bad_tls' : null;
}
